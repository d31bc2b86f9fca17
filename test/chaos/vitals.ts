import { queryObjects } from 'node:v8';
import { Connection } from '../../libs/core/src/exchange/connection.js';
import { PendingCall } from '../../libs/core/src/exchange/pending-call.js';

/** What a process holds on to, after its garbage is collected. */
export interface Vitals extends Holdings {
  readonly heapMiB: number;
  readonly rssMiB: number;
}

/** What must return to its number when a fault is over. */
export interface Holdings {
  /** Open sockets that keep the process alive. */
  readonly sockets: number;
  /** Timers that anybody still holds, of all kinds. */
  readonly timers: number;
  readonly connections: number;
  /** Entries of the tables of calls that wait for their answers. */
  readonly pendingCalls: number;
}

const Timer = clearableTimer();

/** Measures this process, which has to run with `--expose-gc`. */
export async function vitals(): Promise<Vitals> {
  // What a collection finalizes frees more with the next.
  for (let i = 0; i < 3; i++) {
    globalThis.gc?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const count = (of: abstract new (...args: never[]) => object): number =>
    queryObjects(of as never, { format: 'count' });
  const { heapUsed, rss } = process.memoryUsage();
  return {
    heapMiB: mebibytes(heapUsed),
    rssMiB: mebibytes(rss),
    sockets: process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length,
    timers: count(Timer),
    connections: count(Connection),
    pendingCalls: count(PendingCall),
  };
}

/** How much the heap of a process may be larger than it was when warm, in MiB: caches fill, and code is compiled. */
export const HEAP_SLACK_MIB = 5;

/** Of the vitals what is counted, for comparison. */
export function holdings({ sockets, timers, connections, pendingCalls }: Vitals): Holdings {
  return { sockets, timers, connections, pendingCalls };
}

function mebibytes(bytes: number): number {
  return Math.round((bytes / 1_048_576) * 10) / 10;
}

/** Node does not name the class of its timers. */
function clearableTimer(): abstract new () => NodeJS.Timeout {
  const timer = setTimeout(() => {}, 0);
  clearTimeout(timer);
  return timer.constructor as abstract new () => NodeJS.Timeout;
}
