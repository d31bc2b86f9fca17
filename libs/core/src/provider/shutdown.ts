import { setTimeout as delay } from 'node:timers/promises';
import type { Listener } from '../exchange/listen.js';
import type { Logger } from '../invocation/logger.js';
import { within } from '../invocation/within.js';
import type { Dispatcher } from './dispatcher.js';
import type { Registrations } from './registrations.js';
import { describeRunning } from './running-calls.js';

/** How long nothing must have come and run for clients to have noticed that this server is going, in milliseconds. */
const QUIET_MS = 200;
const STEP_MS = 10;
/** How long a registry may take to forget us; one that is away drops us by itself. */
const UNREGISTER_MS = 3_000;

export interface ShutdownOptions {
  /** For everything together but the closing of sockets, in milliseconds. */
  readonly timeoutMs: number;
  /** Ask clients to send no more. */
  readonly readonlySend: boolean;
}

export interface Departing {
  readonly listener: Listener;
  readonly dispatcher: Dispatcher;
  readonly registrations: Registrations;
  readonly logger: Logger;
}

/**
 * Ends a server so that nobody misses it: it is no longer found, takes no new connections, asks its clients to send no
 * more, serves what still comes until all clients have gone or nothing has come and run for a while, and closes its
 * sockets. Calls that run even then are given up: their signals are aborted.
 */
export async function shutDown(departing: Departing, { timeoutMs, readonlySend }: ShutdownOptions): Promise<void> {
  const { listener, dispatcher, registrations, logger } = departing;
  const { connections } = listener;
  const startedAt = performance.now();
  const elapsedMs = (): number => Math.round(performance.now() - startedAt);
  const leftMs = (): number => timeoutMs - elapsedMs();

  const count = registrations.all.filter(({ wanted }) => wanted).length;
  logger.info(`Dubbo is closing ${listener.host}:${listener.port}: takes back ${count} registrations`);
  const taken = registrations.unregister().then(() => true);
  if (!(await within(taken, { timeoutMs: Math.min(UNREGISTER_MS, leftMs()) }, () => false))) {
    logger.warn('A registry did not confirm in time that this server is unregistered');
  }
  logger.info('Dubbo is closing: refuses new connections');
  listener.refuse();
  if (readonlySend && timeoutMs > 0) {
    logger.info(`Dubbo is closing: tells ${connections.size} clients to send no more`);
    for (const connection of connections) connection.sendReadonly();
  }
  const { unfinished } = dispatcher;
  logger.info(
    `Dubbo is closing: waits up to ${Math.max(0, leftMs())} ms for ${connections.size} clients and ${unfinished} calls`,
  );
  const quietFrom = performance.now() + QUIET_MS;
  const quiet = (): boolean => performance.now() >= quietFrom && dispatcher.isQuiet(QUIET_MS);
  const deserted = (): boolean => connections.size === 0 && !dispatcher.wanted;
  while (!deserted() && !quiet() && leftMs() > 0) await delay(STEP_MS);
  if (dispatcher.unfinished > 0) {
    const running = describeRunning(dispatcher.running);
    logger.warn(
      `Dubbo is closing: gives up ${dispatcher.unfinished} calls after ${elapsedMs()} ms. Running: ${running}`,
    );
  }
  const open = connections.size;
  dispatcher.close();
  await listener.close();
  logger.info(`Dubbo closed after ${elapsedMs()} ms; ${open} clients were still connected`);
}
