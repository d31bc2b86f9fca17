import type { Connection } from './connection.js';

export interface HeartbeatOptions {
  /** How long a connection may be quiet before it is asked for a sign of life, in milliseconds. */
  readonly intervalMs: number;
  /** How long nothing may be heard before the connection is taken for dead. At least twice the interval. */
  readonly timeoutMs: number;
}

const DEFAULT_INTERVAL_MS = 60_000;

/** After so many intervals a client's heartbeat is overdue: it looks three times in each. */
const OVERDUE = 1.5;

/**
 * The heartbeat of one end; `intervalMs` defaults to 60 s, `timeoutMs` to three times the interval.
 * @throws RangeError if the timeout is under twice the interval: a single lost heartbeat would cut the connection
 */
export function heartbeatOf(intervalMs = DEFAULT_INTERVAL_MS, timeoutMs = intervalMs * 3): HeartbeatOptions {
  if (!(intervalMs > 0) || timeoutMs < intervalMs * 2) {
    throw new RangeError(
      `heartbeatTimeout < heartbeatInterval * 2: heartbeat is ${intervalMs}, heartbeatTimeout is ${timeoutMs} (milliseconds); ` +
        'the heartbeat must be positive and the timeout at least twice as long',
    );
  }
  return { intervalMs, timeoutMs };
}

/**
 * Keeps a connection alive and finds out when the peer is gone without a word. A consumer asks when it was quiet. A
 * provider leaves that to its clients, as in Dubbo 3, but asks one that is overdue: a 2.6 client sends no heartbeat on a
 * connection before it is used, and counts on its provider's. Returns what ends it.
 */
export function keepAlive(
  connection: Connection,
  side: 'consumer' | 'provider',
  options: HeartbeatOptions,
): () => void {
  const asks = side === 'consumer' ? isQuiet : isOverdue;
  const timer = setInterval(() => {
    const now = performance.now();
    if (now - connection.lastReadAt > options.timeoutMs) connection.destroy();
    else if (asks(connection, now, options.intervalMs)) connection.heartbeat();
  }, options.intervalMs / 3);
  timer.unref();
  return () => clearInterval(timer);
}

/** Either direction counts: a 2.6 provider drops a client that writes nothing, a dead one is noticed by its silence. */
function isQuiet(connection: Connection, now: number, intervalMs: number): boolean {
  return now - connection.lastReadAt > intervalMs || now - connection.lastWriteAt > intervalMs;
}

function isOverdue(connection: Connection, now: number, intervalMs: number): boolean {
  return now - connection.lastReadAt > intervalMs * OVERDUE;
}
