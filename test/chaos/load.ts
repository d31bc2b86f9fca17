import { DubboError } from '@nestjs-dubbo/core';
import type { InteropService } from './contract.js';

/** What became of the calls so far. */
export interface LoadReport {
  readonly callsPerSecond: number;
  readonly sent: number;
  readonly ok: number;
  readonly pending: number;
  /** By the code of their error; `wrong` are answers to another call. */
  readonly failed: Readonly<Record<string, number>>;
  /** The first message of each code. */
  readonly messages: Readonly<Record<string, string>>;
  /** How long after its deadline the latest call settled, in milliseconds; negative if all were in time. */
  readonly latestMs: number;
}

const TICK_MS = 5;
/** What a stall of this process delays is made up for up to this much, in milliseconds of load. */
const CATCH_UP_MS = 100;

/** Calls at a steady rate, whatever becomes of the calls before: callers do not wait for each other. */
export class Load {
  readonly #callees: readonly InteropService[];
  readonly #perSecond: number;
  readonly #timeoutMs: number;
  readonly #failed: Record<string, number> = {};
  readonly #messages: Record<string, string> = {};
  #timer: NodeJS.Timeout | undefined;
  #owed = 0;
  #tickedAt = 0;
  #activeMs = 0;
  #sent = 0;
  #ok = 0;
  #pending = 0;
  #latestMs = -Infinity;
  #idle: (() => void) | undefined;

  constructor(callees: readonly InteropService[], perSecond: number, timeoutMs: number) {
    this.#callees = callees;
    this.#perSecond = perSecond;
    this.#timeoutMs = timeoutMs;
  }

  get report(): LoadReport {
    return {
      callsPerSecond: Math.round((this.#sent / Math.max(1, this.#activeMs)) * 1_000),
      sent: this.#sent,
      ok: this.#ok,
      pending: this.#pending,
      failed: this.#failed,
      messages: this.#messages,
      latestMs: Math.round(this.#latestMs),
    };
  }

  start(): void {
    if (this.#timer) return;
    this.#tickedAt = performance.now();
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  /** Sends no more; resolves when every call has settled. */
  async rest(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    if (this.#pending > 0) await new Promise<void>((resolve) => (this.#idle = resolve));
  }

  #tick(): void {
    const now = performance.now();
    const passedMs = now - this.#tickedAt;
    this.#tickedAt = now;
    this.#activeMs += passedMs;
    this.#owed += (Math.min(passedMs, CATCH_UP_MS) * this.#perSecond) / 1_000;
    for (; this.#owed >= 1; this.#owed--) void this.#call(this.#sent++);
  }

  async #call(number: number): Promise<void> {
    const deadline = performance.now() + this.#timeoutMs;
    this.#pending++;
    try {
      const answer = await this.#callees[number % this.#callees.length]!.nextInt(number);
      if (answer === number + 1) this.#ok++;
      else this.#fail('wrong', `${number} was answered with ${answer}`);
    } catch (error) {
      this.#fail(error instanceof DubboError ? error.code : 'unexpected', String(error));
    }
    this.#latestMs = Math.max(this.#latestMs, performance.now() - deadline);
    if (--this.#pending === 0) this.#idle?.();
  }

  #fail(code: string, message: string): void {
    this.#failed[code] = (this.#failed[code] ?? 0) + 1;
    this.#messages[code] ??= message.slice(0, 1_000);
  }
}
