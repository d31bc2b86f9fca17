import { LONGEST_TIMER_MS } from '../invocation/longest-timer.js';
import type { PendingTable } from './pending-table.js';

/** Closes a connection once its pending calls are answered, or when they have had their time. */
export class Farewell {
  readonly #pending: PendingTable;
  readonly #close: () => void;
  #by = 0;
  #done: Promise<void> | undefined;

  constructor(pending: PendingTable, close: () => void) {
    this.#pending = pending;
    this.#close = close;
  }

  /** The connection is about to close. */
  get begun(): boolean {
    return this.#done !== undefined;
  }

  /** Resolves when the connection is closed, at the latest after `timeoutMs`; asked again, after the longer of both. */
  within(timeoutMs: number): Promise<void> {
    this.#by = Math.max(this.#by, performance.now() + timeoutMs);
    return (this.#done ??= new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#close();
        resolve();
      };
      const look = (): void => {
        const leftMs = this.#by - performance.now();
        if (leftMs <= 0) done();
        else timer = setTimeout(look, Math.min(leftMs, LONGEST_TIMER_MS));
      };
      let timer = setTimeout(look, Math.min(timeoutMs, LONGEST_TIMER_MS));
      this.#pending.onIdle = done;
      if (this.#pending.size === 0) done();
    }));
  }
}
