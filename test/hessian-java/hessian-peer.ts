import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { javaCommand } from '../interop/java-build.js';
import { peerClasspath, type HessianVersion } from './hessian-build.js';

/** What to make of a seed; Graphs.java says what each is. */
export interface GraphOptions {
  readonly sharing?: boolean;
  readonly uneven?: boolean;
  readonly typed?: boolean;
  readonly floats?: boolean;
  readonly few?: boolean;
  readonly fractions?: boolean;
}

// What hessian-lite 3.2 needs on JDK 17 and newer; 4.0 needs nothing.
const opens = ['java.lang', 'java.math', 'java.net', 'java.time', 'java.util', 'java.util.concurrent.atomic'].flatMap(
  (name) => ['--add-opens', `java.base/${name}=ALL-UNNAMED`],
);

/** A JVM with one hessian-lite. Requests may overlap; a failed one rejects with what Java threw, as text. */
export class HessianPeer {
  readonly version: HessianVersion;
  readonly #jvm: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #waiting: { resolve(body: Buffer): void; reject(error: Error): void }[] = [];
  readonly #ended: Promise<void>;
  #unread: Buffer = Buffer.alloc(0);
  #log = '';
  #gone: Error | undefined;

  private constructor(version: HessianVersion, classpath: string) {
    this.version = version;
    // It ends when its stdin closes, and so with this process.
    this.#jvm = spawn(
      javaCommand(),
      [
        ...(version === '3.2.13' ? opens : []),
        '-Xmx128m',
        '-Xss4m',
        '-XX:+UseSerialGC',
        '-XX:TieredStopAtLevel=1',
        '-cp',
        classpath,
        'com.acme.graph.Peer',
      ],
      { stdio: ['pipe', 'pipe', 'pipe'] },
    );
    this.#jvm.stdin.on('error', () => {});
    this.#jvm.stdout.on('data', (chunk: Buffer) => this.#receive(chunk));
    this.#jvm.stderr.setEncoding('utf8').on('data', (text: string) => (this.#log = (this.#log + text).slice(-4_000)));
    this.#ended = new Promise((resolve) => {
      this.#jvm.once('error', (error) => resolve(this.#fail(error.message)));
      this.#jvm.once('close', () => resolve(this.#fail('it ended')));
    });
  }

  static async start(version: HessianVersion): Promise<HessianPeer> {
    return new HessianPeer(version, await peerClasspath(version));
  }

  /** What Java writes after it has read the body. */
  echo(body: Uint8Array): Promise<Buffer> {
    return this.#request('E', body);
  }

  /** What Java reads, as a text that names every class; as a declared Java class if one is named. */
  async describe(body: Uint8Array, expected = ''): Promise<string> {
    return (await this.#request('D', named(expected), body)).toString();
  }

  /** A random graph of about so many containers. */
  generate(
    seed: number,
    size: number,
    { sharing, uneven, typed, floats, few, fractions }: GraphOptions,
  ): Promise<Buffer> {
    const head = Buffer.alloc(13);
    head.writeBigInt64BE(BigInt(seed));
    head.writeInt32BE(size, 8);
    head[12] =
      (sharing ? 1 : 0) | (uneven ? 2 : 0) | (typed ? 4 : 0) | (floats ? 8 : 0) | (few ? 16 : 0) | (fractions ? 32 : 0);
    return this.#request('G', head);
  }

  /**
   * Rejects unless Java reads the same from both bodies; exactly: with the classes of collections and what is shared.
   */
  async requireSame(expected: Uint8Array, actual: Uint8Array, exactly: boolean): Promise<void> {
    const head = Buffer.alloc(5);
    head[0] = exactly ? 1 : 0;
    head.writeInt32BE(expected.length, 1);
    await this.#request('C', head, expected, actual);
  }

  /** What Java writes for a value that Rarities.java names. */
  write(name: string): Promise<Buffer> {
    return this.#request('W', named(name));
  }

  async stop(): Promise<void> {
    this.#jvm.stdin.end();
    await this.#ended;
  }

  #request(letter: string, ...parts: readonly Uint8Array[]): Promise<Buffer> {
    const length = parts.reduce((sum, part) => sum + part.length, 1);
    const head = Buffer.alloc(5);
    head.writeInt32BE(length);
    head.write(letter, 4, 'latin1');
    if (this.#gone) return Promise.reject(this.#gone);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#jvm.stdin.write(Buffer.concat([head, ...parts]));
    });
  }

  #receive(chunk: Buffer): void {
    let bytes = this.#unread.length === 0 ? chunk : Buffer.concat([this.#unread, chunk]);
    while (bytes.length >= 4 && bytes.length >= 4 + bytes.readInt32BE()) {
      const answer = bytes.subarray(4, 4 + bytes.readInt32BE());
      bytes = bytes.subarray(4 + answer.length);
      const { resolve, reject } = this.#waiting.shift()!;
      if (answer[0] === 0) resolve(answer.subarray(1));
      else reject(new Error(`hessian-lite ${this.version}: ${answer.subarray(1).toString()}`));
    }
    this.#unread = bytes;
  }

  #fail(why: string): void {
    this.#gone = new Error(`hessian-lite ${this.version}: ${why}; its log:\n${this.#log}`);
    for (const { reject } of this.#waiting.splice(0)) reject(this.#gone);
  }
}

function named(name: string): Buffer {
  const text = Buffer.from(name);
  return Buffer.concat([Buffer.from([text.length]), text]);
}
