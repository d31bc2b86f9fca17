import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CheckOutcome } from './checks.js';
import { type ProcessGroup, spawnGroup } from '../support/processes.js';
import { buildJavaPeer, type DubboLine, javaCommand, opensFile } from './java-build.js';

/** The lines that do not work on JDK 17 without `--add-opens`. */
export const linesThatNeedOpens: readonly DubboLine[] = ['2.6', '2.7', '3.2'];

export interface JavaProvider {
  /** The version of Dubbo that runs, as it says itself. */
  readonly dubbo: string;
  /** The JDK's feature release. */
  readonly java: number;
  readonly port: number;
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
  return { dubbo: String(ready['dubbo']), java: Number(ready['java']), port: Number(ready['port']), stop: jvm.stop };
}

/** Runs ConsumerMain against a registry or a `dubbo://` URL to its end. */
export async function runJavaConsumer(line: DubboLine, address: string): Promise<CheckOutcome[]> {
  const jvm = await startJava(line, 'ConsumerMain', [address]);
  try {
    await jvm.event('done');
    return events(jvm.output()).filter(({ event }) => event === 'check') as unknown as CheckOutcome[];
  } finally {
    await jvm.stop();
  }
}

interface Jvm {
  output(): string;
  /** Rejects with the log if the JVM ends before. */
  event(name: string): Promise<Record<string, unknown>>;
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
    ...Object.entries(options.systemProperties ?? {}).map(([key, value]) => `-D${key}=${value}`),
    '-cp',
    classpath,
    `com.acme.interop.${main}`,
    ...args,
  ]);
  return {
    output: () => group.output(),
    async event(name) {
      try {
        await group.waitFor(new RegExp(`^\\{"event":"${name}".*\\}$`, 'm'), 60_000);
      } catch {
        // What the failed wait says is the whole output; the log says why.
        const text = await readFile(log, 'utf8');
        throw new Error(`Dubbo ${line}, ${main}: it ended or hung before "${name}"; its log:\n${tail(text)}`);
      }
      return events(group.output()).find(({ event }) => event === name)!;
    },
    async stop() {
      await end(group);
      await rm(home, { recursive: true, force: true });
    },
  };
}

// Not by SIGTERM: Dubbo's graceful shutdown takes up to 10 s, and nothing here depends on it.
function end(group: ProcessGroup): Promise<void> {
  return group.kill();
}

function events(output: string): Record<string, unknown>[] {
  return output
    .split('\n')
    .filter((line) => line.startsWith('{"event":') && line.endsWith('}'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

function tail(text: string): string {
  return text.length > 4_000 ? `…${text.slice(-4_000)}` : text;
}
