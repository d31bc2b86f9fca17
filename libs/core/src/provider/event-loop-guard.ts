import { monitorEventLoopDelay, type IntervalHistogram } from 'node:perf_hooks';

/** How often the delay is measured, in milliseconds. A measurement includes the wait itself. */
const RESOLUTION_MS = 10;
/** How long a measurement counts. */
const WINDOW_MS = 500;

/**
 * Watches how late the event loop is: for the last half second on average, since one pause for garbage is no overload.
 * It owns a timer, which does not keep the process alive, until {@link close}.
 */
export class EventLoopGuard {
  readonly limitMs: number;
  readonly #histogram: IntervalHistogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  readonly #timer: NodeJS.Timeout;
  #delayMs = 0;

  constructor(limitMs: number) {
    this.limitMs = limitMs;
    this.#histogram.enable();
    this.#timer = setInterval(() => this.#measure(), WINDOW_MS);
    this.#timer.unref();
  }

  /** Milliseconds by which the event loop was late on average. */
  get delayMs(): number {
    return this.#delayMs;
  }

  /** The event loop is later than the limit. */
  get late(): boolean {
    return this.#delayMs > this.limitMs;
  }

  /** Idempotent. */
  close(): void {
    this.#histogram.disable();
    clearInterval(this.#timer);
    this.#delayMs = 0;
  }

  #measure(): void {
    const { count, mean } = this.#histogram;
    this.#delayMs = count === 0 ? 0 : Math.max(0, mean / 1e6 - RESOLUTION_MS);
    this.#histogram.reset();
  }
}
