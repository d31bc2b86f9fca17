import type { Logger } from '../invocation/logger.js';
import { describeRunning } from './running-calls.js';
import type { ServedCall } from './served-call.js';

/** How often refusals are logged; Dubbo writes its jstack every 10 minutes. */
const INTERVAL_MS = 10_000;

/** Logs that calls are refused and what keeps the server busy: one line in 10 s, since refusals come in thousands. */
export class ExhaustionLog {
  readonly #logger: Logger;
  #loggedAt = -Infinity;
  #unlogged = 0;

  /** `logger` should let every line through. */
  constructor(logger: Logger) {
    this.#logger = logger;
  }

  refused(remoteAddress: string, reason: string, running: Iterable<ServedCall>): void {
    const now = performance.now();
    if (now - this.#loggedAt < INTERVAL_MS) {
      this.#unlogged++;
      return;
    }
    const more = this.#unlogged > 0 ? ` (and ${this.#unlogged} more since the last such line)` : '';
    this.#logger.warn(`Refused a call from ${remoteAddress}${more}: ${reason} Running: ${describeRunning(running)}`);
    this.#loggedAt = now;
    this.#unlogged = 0;
  }
}
