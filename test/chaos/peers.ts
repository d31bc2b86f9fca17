import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ProcessGroup, spawnGroup } from '../support/processes.js';
import { ask } from './control.js';
import { CALLS_PER_SECOND } from './form.js';
import type { LoadReport } from './load.js';
import type { Vitals } from './vitals.js';

export interface ProviderArguments {
  /** `zookeeper://…`, or the directory of a local registry; none: found by its port alone. */
  readonly registry?: string | undefined;
  /** 0: any. */
  readonly port: number;
}

export interface ConsumerArguments {
  /** As of the provider, where there is no `url`. */
  readonly registry?: string | undefined;
  readonly url?: string | undefined;
  readonly callsPerSecond: number;
  readonly timeoutMs: number;
  /** How many clients share the load. */
  readonly clients: number;
}

export interface EnemyArguments {
  readonly port: number;
  readonly frames: number;
  readonly seed: number;
}

export interface EnemyReport {
  readonly sent: number;
  readonly connections: number;
  readonly answeredBytes: number;
}

/** A provider in a process of its own. */
export interface ProviderProcess {
  readonly port: number;
  vitals(): Promise<Vitals>;
  /** Calls that its handlers saw, and lines that it would have logged. */
  seen(): Promise<{ readonly calls: number; readonly logged: number }>;
  /** Begins a graceful shutdown. */
  terminate(): void;
  /** Its exit code. */
  readonly ended: Promise<number>;
  /** A graceful shutdown to its end; throws if the process did not end by itself. */
  shutDown(): Promise<void>;
  /** Ends it at once, as the loss of the machine would. Idempotent. */
  kill(): Promise<void>;
}

/** A consumer with its load in a process of its own. */
export interface ConsumerProcess {
  /** Resolves when a call of each client was answered. */
  call(): Promise<void>;
  /** Begins a load. */
  go(): Promise<void>;
  /** What became of its calls so far. */
  report(): Promise<LoadReport>;
  vitals(): Promise<Vitals>;
  /** Ends the load; resolves when every call has settled. */
  rest(): Promise<LoadReport>;
  /** Ends the load and closes the clients; throws if the process does not end by itself then. */
  close(): Promise<LoadReport>;
  kill(): Promise<void>;
}

/** Starts a provider by core alone, or as a Nest application, which has a registry. */
export async function startProvider(
  given: ProviderArguments,
  program: 'provider' | 'nest-provider' = 'provider',
): Promise<ProviderProcess> {
  const { group, ready, control } = await startProgram(program, given);
  return {
    port: Number(ready['port']),
    ended: group.ended,
    vitals: () => ask(control, 'vitals'),
    seen: () => ask(control, 'seen'),
    terminate: () => group.signal('SIGTERM'),
    kill: () => group.kill(),
    async shutDown() {
      group.signal('SIGTERM');
      // Nest ends itself by the signal that it was sent.
      await endedBy(group, program, 20_000, program === 'provider' ? 0 : 128 + 15);
    },
  };
}

export async function startConsumer(
  given: Partial<ConsumerArguments> & Pick<ConsumerArguments, 'timeoutMs'>,
): Promise<ConsumerProcess> {
  const { group, control } = await startProgram('consumer', {
    callsPerSecond: CALLS_PER_SECOND,
    clients: 1,
    ...given,
  });
  return {
    call: () => ask(control, 'call'),
    go: () => ask(control, 'go'),
    report: () => ask(control, 'report'),
    vitals: () => ask(control, 'vitals'),
    rest: () => ask(control, 'rest'),
    kill: () => group.kill(),
    async close() {
      const report = await ask<LoadReport>(control, 'close');
      await endedBy(group, 'consumer', 5_000);
      return report;
    },
  };
}

/** Sends hostile frames from a process of its own; resolves when all are sent and their connections closed. */
export async function attack(given: EnemyArguments): Promise<EnemyReport> {
  const { group, control } = await startProgram('enemy', given);
  try {
    return await ask(control, 'attack');
  } finally {
    await group.kill();
  }
}

/** Runs a program of ours with the TypeScript sources as they are, until it is ready. */
async function startProgram(
  name: string,
  given: object,
): Promise<{ group: ProcessGroup; ready: Record<string, unknown>; control: number }> {
  const hooks = pathToFileURL(join(import.meta.dirname, '../support/typescript.mjs')).href;
  const program = join(import.meta.dirname, 'programs', `${name}.ts`);
  const options = ['--expose-gc', '--no-warnings', '--import', hooks];
  const group = await spawnGroup(process.execPath, [...options, program, JSON.stringify(given)]);
  try {
    const [line] = await group.waitFor(/^\{"event":"ready".*\}$/m, 60_000);
    const ready = JSON.parse(line) as Record<string, unknown>;
    return { group, ready, control: Number(ready['control']) };
  } catch (error) {
    await group.kill();
    throw error;
  }
}

async function endedBy(group: ProcessGroup, name: string, timeoutMs: number, expected = 0): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => (timer = setTimeout(resolve, timeoutMs, 'not')));
  const code = await Promise.race([group.ended, late]);
  clearTimeout(timer);
  if (code === expected) return;
  await group.kill();
  throw new Error(`The ${name} should have ended by itself, but it did ${code}; its output:\n${group.output()}`);
}

/** Waits for a condition; throws with what was last seen when it did not hold in time. */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  holds: (seen: T) => boolean,
  timeoutMs: number,
  everyMs = 20,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const seen = await look();
    if (holds(seen)) return seen;
    if (performance.now() > deadline) {
      throw new Error(`Not within ${timeoutMs} ms: ${what}; last seen: ${JSON.stringify(seen)}`);
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
