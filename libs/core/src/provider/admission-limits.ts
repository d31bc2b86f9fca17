import type { AdmissionOptions } from '../config/options.js';

/** How many calls a server takes. */
export interface AdmissionLimits {
  /** Calls that run at once; Infinity: any number. */
  readonly threads: number;
  /** Calls that wait beside them; Infinity: any number. */
  readonly queues: number;
  /** Milliseconds by which the event loop may be late on average; Infinity: any. */
  readonly eventLoopDelayMs: number;
}

/** Dubbo's default. */
const DEFAULT_THREADS = 200;

type Pool = (threads: number | undefined, queues: number) => Pick<AdmissionLimits, 'threads' | 'queues'>;

const fixed: Pool = (threads = DEFAULT_THREADS, queues) => ({ threads, queues });

/** What is left of Dubbo's pools where a thread costs nothing: their numbers (source: org.apache.dubbo ThreadPool). */
const pools: Readonly<Record<string, Pool>> = {
  fixed,
  limited: fixed,
  cached: (threads = Infinity, queues) => ({ threads, queues }),
  // Its queue holds one call at least.
  eager: (threads = Infinity, queues) => ({ threads, queues: queues > 0 && queues < Infinity ? queues : 1 }),
};

const dispatchers: readonly string[] = ['all', 'message', 'execution', 'connection', 'direct'];

/** What the options come to. Throws a TypeError naming the option, what is allowed and why. */
export function admissionLimits(options: AdmissionOptions): AdmissionLimits {
  const { threadpool = 'fixed', dispatcher = 'all', threads, queues = 0, eventLoopDelay } = options;
  const pool = Object.hasOwn(pools, threadpool) ? pools[threadpool] : undefined;
  if (!pool) throw new TypeError(unknownName('threadpool', threadpool, Object.keys(pools)));
  if (!dispatchers.includes(dispatcher)) throw new TypeError(unknownName('dispatcher', dispatcher, dispatchers));
  if (threads !== undefined) mustBePositive('threads', threads);
  if (eventLoopDelay !== undefined) mustBePositive('eventLoopDelay', eventLoopDelay);
  if (!Number.isInteger(queues)) throw new TypeError(`provider.queues is ${queues}; allowed: an integer`);
  const eventLoopDelayMs = eventLoopDelay ?? Infinity;
  if (dispatcher !== 'direct') return { ...pool(threads, queues < 0 ? Infinity : queues), eventLoopDelayMs };
  for (const name of ['threadpool', 'threads', 'queues'] as const) {
    if (options[name] === undefined) continue;
    throw new TypeError(`provider.${name} has no effect with dispatcher 'direct', which uses no pool; leave one out`);
  }
  return { threads: Infinity, queues: 0, eventLoopDelayMs };
}

function mustBePositive(name: string, value: number): void {
  if (Number.isInteger(value) && value > 0) return;
  throw new TypeError(`provider.${name} is ${value}; allowed: an integer from 1`);
}

function unknownName(option: string, given: string, known: readonly string[]): string {
  return (
    `provider.${option} is ${JSON.stringify(given)}; allowed: ${known.map((name) => `'${name}'`).join(', ')}. ` +
    'All calls share one event loop here, so that a name says no more than how many run at once and how many wait; ' +
    'a name with another meaning would promise threads that do not exist'
  );
}
