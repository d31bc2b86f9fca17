import type { Connection } from '../exchange/connection.js';
import { FLAG_TWOWAY, type Frame } from '../wire/header.js';
import type { AdmissionLimits } from './admission-limits.js';
import { ArrivalQueue } from './arrival-queue.js';
import { EventLoopGuard } from './event-loop-guard.js';

/** A request that waits for its turn, still as bytes. */
interface Waiting {
  readonly frame: Frame;
  readonly connection: Connection;
  readonly arrivedAt: number;
}

/**
 * Begins a call. `arrivedAt` is in milliseconds since the epoch; `waited` says that it comes out of the queue. Whoever
 * begins one calls {@link Admission.leave} once when it has ended.
 */
export type Begin = (frame: Frame, connection: Connection, arrivedAt: number, waited: boolean) => void;

/** Answers a call that is not begun; {@link Admission.exhausted} says why. */
export type Refuse = (frame: Frame, connection: Connection) => void;

/**
 * Decides by a request's header alone whether its call begins now, waits, or is refused: what a dispatcher and its thread
 * pool are in Java. A call is refused when a turn of the event loop has passed and no room was made: of many that come in
 * one packet those whose handlers are done at once make room for the next. Calls that wait begin in turns of their own,
 * so that ending calls never keep the event loop from its sockets.
 */
export class Admission {
  readonly #limits: AdmissionLimits;
  readonly #begin: Begin;
  readonly #refuse: Refuse;
  readonly #queue = new ArrivalQueue<Waiting>();
  #guard: EventLoopGuard | undefined;
  #turn: NodeJS.Immediate | undefined;
  #running = 0;
  #largest = 0;
  #completed = 0;

  constructor(limits: AdmissionLimits, begin: Begin, refuse: Refuse) {
    this.#limits = limits;
    this.#begin = begin;
    this.#refuse = refuse;
  }

  /** Calls that have begun and not ended. */
  get running(): number {
    return this.#running;
  }

  get waiting(): number {
    return this.#queue.size;
  }

  /** Watches the event loop from now on, where a limit is set; ends with {@link close}. */
  open(): void {
    const { eventLoopDelayMs } = this.#limits;
    if (eventLoopDelayMs < Infinity) this.#guard ??= new EventLoopGuard(eventLoopDelayMs);
  }

  /** Begins the call, now or when its turn comes, or refuses it. */
  admit(frame: Frame, connection: Connection): void {
    if (this.#guard?.late) {
      this.#refuse(frame, connection);
    } else if (this.#running < this.#limits.threads && this.#queue.size === 0) {
      this.#enter(frame, connection, Date.now(), false);
    } else {
      this.#queue.push({ frame, connection, arrivedAt: Date.now() });
      this.#takeTurn();
    }
  }

  /** A call that was begun has ended. */
  leave(): void {
    this.#running--;
    this.#completed++;
    if (this.#queue.size > 0) this.#takeTurn();
  }

  /** Nobody waits for the calls of this connection any more. One-way calls were never waited for: they stay. */
  disconnected(connection: Connection): void {
    if (this.#queue.size === 0) return;
    this.#queue.drop((waiting) => waiting.connection === connection && (waiting.frame.flags & FLAG_TWOWAY) !== 0);
  }

  /** Why there is no room, in the words of Dubbo's AbortPolicyWithReport where calls are too many. */
  exhausted(address: string): string {
    if (this.#guard?.late) {
      const { delayMs, limitMs } = this.#guard;
      return `Event loop is EXHAUSTED! It is late by ${Math.round(delayMs)} ms (max: ${limitMs} ms), in dubbo://${address}!`;
    }
    const { threads } = this.#limits;
    const running = this.#running;
    const tasks = this.#completed + running + this.#queue.size;
    return (
      `Thread pool is EXHAUSTED! Thread Name: DubboServerHandler-${address}, Pool Size: ${running} (active: ${running}, ` +
      `core: ${threads}, max: ${threads}, largest: ${this.#largest}), Task: ${tasks} (completed: ${this.#completed}), ` +
      `Executor status:(isShutdown:false, isTerminated:false, isTerminating:false), in dubbo://${address}!`
    );
  }

  /** Drops what waits. Idempotent. */
  close(): void {
    this.#queue.clear();
    this.#guard?.close();
    this.#guard = undefined;
    clearImmediate(this.#turn);
    this.#turn = undefined;
  }

  #enter(frame: Frame, connection: Connection, arrivedAt: number, waited: boolean): void {
    this.#running++;
    if (this.#running > this.#largest) this.#largest = this.#running;
    this.#begin(frame, connection, arrivedAt, waited);
  }

  #takeTurn(): void {
    this.#turn ??= setImmediate(() => {
      this.#turn = undefined;
      const free = this.#limits.threads - this.#running;
      if (free <= 0) {
        for (const { frame, connection } of this.#queue.beyond(this.#limits.queues)) this.#refuse(frame, connection);
        return;
      }
      for (let i = 0; i < free; i++) {
        const next = this.#queue.shift();
        if (!next) return;
        this.#enter(next.frame, next.connection, next.arrivedAt, true);
      }
      // What these leave room for shows when their handlers had a chance to end.
      if (this.#queue.size > 0) this.#takeTurn();
    });
  }
}
