const firstDelayMs = 200;
const maxDelayMs = 10_000;

/** Calls again after a failure: 200 ms later, doubled with each one up to 10 s, a random half of it off. */
export class Retry {
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly again: () => void) {}

  later(): void {
    clearTimeout(this.#timer);
    const delayMs = Math.min(maxDelayMs, firstDelayMs * 2 ** this.#failures++) * (0.5 + Math.random() / 2);
    this.#timer = setTimeout(this.again, delayMs);
  }

  /** It went well; the next failure is the first. */
  reset(): void {
    this.#failures = 0;
    this.stop();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
