import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckOutcome } from './checks.js';
import { spawnGroup } from '../support/processes.js';
import { buildJavaPeer, type DubboLine, javaCommand, opensFile } from './java-build.js';

/** The lines that do not work on JDK 17 without `--add-opens`. */
export const linesThatNeedOpens: readonly DubboLine[] = ['2.6', '2.7', '3.2'];

export interface JavaProvider {
  /** The version of Dubbo that runs, as it says itself. */
  readonly dubbo: string;
  /** The JDK's feature release. */
  readonly java: number;
  readonly port: number;
  /** Ends it as an operator would: Dubbo shuts down gracefully, within 3 s. */
  shutDown(): Promise<void>;
  /** Ends it as a lost machine would. Idempotent. */
  stop(): Promise<void>;
}

export interface JavaOptions {
  /** Whether `--add-opens` is given. Default: as the line needs it. */
  readonly opens?: boolean;
  readonly systemProperties?: Readonly<Record<string, string>>;
}

/** Starts ProviderMain, registered at `registry` if one is given; resolves when it serves. */
export async function startJavaProvider(
  line: DubboLine,
  registry?: string,
  options?: JavaOptions,
): Promise<JavaProvider> {
  const jvm = await startJava(line, 'ProviderMain', registry === undefined ? [] : [registry], options);
  const ready = await jvm.event('ready');
  return {
    dubbo: String(ready['dubbo']),
    java: Number(ready['java']),
    port: Number(ready['port']),
    shutDown: jvm.shutDown,
    stop: jvm.stop,
  };
}

/** Runs ConsumerMain against a registry or a `dubbo://` URL to its end; `during` begins when it has come to the check named. */
export async function runJavaConsumer(
  line: DubboLine,
  address: string,
  during?: { readonly check: string; run(): Promise<void> },
): Promise<CheckOutcome[]> {
  const jvm = await startJava(line, 'ConsumerMain', [address]);
  try {
    if (during) {
      await jvm.event('check', `,"name":"${during.check}"`);
      await during.run();
    }
    await jvm.event('done');
    return events(jvm.output()).filter(({ event }) => event === 'check') as unknown as CheckOutcome[];
  } finally {
    await jvm.stop();
  }
}

interface Jvm {
  output(): string;
  /** Rejects with the log if the JVM ends before. */
  event(name: string, more?: string): Promise<Record<string, unknown>>;
  shutDown(): Promise<void>;
  stop(): Promise<void>;
}

async function startJava(
  line: DubboLine,
  main: string,
  args: readonly string[],
  options: JavaOptions = {},
): Promise<Jvm> {
  const classpath = await buildJavaPeer(line);
  const opens = options.opens ?? linesThatNeedOpens.includes(line);
  // Dubbo keeps caches below the home directory; ours must neither disturb nor profit from others'.
  const home = await mkdtemp(join(tmpdir(), 'interop-java-'));
  const log = join(home, 'log');
  await mkdir(join(home, 'home'));
  const group = await spawnGroup('sh', [
    '-c',
    'log=$1; shift; exec "$@" 2>"$log"',
    'sh',
    log,
    javaCommand(),
    ...(opens ? [`@${opensFile}`] : []),
    '-Xmx256m',
    '-XX:+UseSerialGC',
    '-XX:TieredStopAtLevel=1',
    `-Duser.home=${join(home, 'home')}`,
    '-Ddubbo.application.logger=jdk',
    '-Ddubbo.service.shutdown.wait=3000',
    ...Object.entries(options.systemProperties ?? {}).map(([key, value]) => `-D${key}=${value}`),
    '-cp',
    classpath,
    `com.acme.interop.${main}`,
    ...args,
  ]);
  return {
    output: () => group.output(),
    async event(name, more = '') {
      try {
        await group.waitFor(new RegExp(`^\\{"event":"${name}"${more}.*\\}$`, 'm'), 60_000);
      } catch {
        // What the failed wait says is the whole output; the log says why.
        const text = await readFile(log, 'utf8');
        throw new Error(`Dubbo ${line}, ${main}: it ended or hung before "${name}"; its log:\n${tail(text)}`);
      }
      return events(group.output()).find(({ event }) => event === name)!;
    },
    async shutDown() {
      await group.stop(15_000);
      await rm(home, { recursive: true, force: true });
    },
    async stop() {
      await group.kill();
      await rm(home, { recursive: true, force: true });
    },
  };
}

function events(output: string): Record<string, unknown>[] {
  return output
    .split('\n')
    .filter((line) => line.startsWith('{"event":') && line.endsWith('}'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** The end of a log, without the stacks, which would push what matters out of it. */
function tail(text: string): string {
  const lines = text.split('\n').filter((line) => !/^\s+at /.test(line));
  const said = lines.join('\n');
  return said.length > 4_000 ? `…${said.slice(-4_000)}` : said;
}
