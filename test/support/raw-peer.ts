import { connect, type Socket } from 'node:net';
import { Decoder, Encoder } from '@nestjs-dubbo/hessian';

export interface RawAnswer {
  readonly id: number;
  readonly flags: number;
  readonly status: number;
  readonly body: Buffer;
  /** The body as one hessian string: what an answer of a status other than 20 holds. */
  readonly text: string;
}

export interface RawRequest {
  /** Default: two-way request, hessian2. */
  readonly flags?: number;
  readonly body: Uint8Array;
  /** What the header claims; default the body's own length. */
  readonly length?: number;
}

/** A peer that writes whatever bytes it is told, to see how a provider takes them. */
export class RawPeer {
  readonly answers: RawAnswer[] = [];
  readonly #socket: Socket;
  #received = Buffer.alloc(0);
  #lastId = 0;
  readonly #waiting = new Map<number, (answer: RawAnswer) => void>();

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('error', () => {});
  }

  static connect(port: number, host = '127.0.0.1'): Promise<RawPeer> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, host, () => resolve(new RawPeer(socket)));
      socket.once('error', reject);
    });
  }

  /** Sends a request and returns its id. */
  send({ flags = 0xc2, body, length = body.length }: RawRequest): number {
    const header = Buffer.alloc(16);
    header.set([0xda, 0xbb, flags, 0]);
    header.writeBigInt64BE(BigInt(++this.#lastId), 4);
    header.writeInt32BE(length, 12);
    this.#socket.write(Buffer.concat([header, body]));
    return this.#lastId;
  }

  /** Sends a request and waits for its answer. */
  ask(request: RawRequest): Promise<RawAnswer> {
    const id = this.send(request);
    return new Promise((resolve) => this.#waiting.set(id, resolve));
  }

  write(bytes: Uint8Array): void {
    this.#socket.write(bytes);
  }

  /** Reads nothing until {@link resume}. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    while (this.#received.length >= 16) {
      const end = 16 + this.#received.readInt32BE(12);
      if (this.#received.length < end) return;
      this.#answered(this.#received.subarray(0, end));
      this.#received = this.#received.subarray(end);
    }
  }

  #answered(frame: Buffer): void {
    const body = Buffer.from(frame.subarray(16));
    const id = Number(frame.readBigInt64BE(4));
    const status = frame[3]!;
    const text = status === 20 ? '' : (new Decoder(body).readString() ?? '');
    const answer = { id, flags: frame[2]!, status, body, text };
    this.answers.push(answer);
    this.#waiting.get(id)?.(answer);
  }
}

export interface RawBody {
  readonly path: string;
  readonly method: string;
  readonly descriptor?: string;
  readonly args?: readonly unknown[];
  readonly version?: string;
  readonly dubbo?: string;
  /** Beside the path; a list is written as it is. */
  readonly attachments?: Record<string, unknown> | unknown[];
}

/** A request's body; arguments are written untyped. */
export function requestBody({
  path,
  method,
  descriptor = '',
  args = [],
  version = '0.0.0',
  ...rest
}: RawBody): Uint8Array {
  const encoder = new Encoder();
  for (const text of [rest.dubbo ?? '2.0.2', path, version, method, descriptor]) encoder.writeString(text);
  for (const arg of args) encoder.write(arg);
  if (Array.isArray(rest.attachments)) encoder.write(rest.attachments);
  else encoder.writeMap({ path, ...rest.attachments });
  return encoder.finish();
}
