import type { Attachments } from '../invocation/attachments.js';
import type { Invocation } from '../invocation/invocation.js';
import { LONGEST_TIMER_MS } from '../invocation/longest-timer.js';
import type { Method, ServiceId } from '../invocation/method.js';
import type { Channel } from '../exchange/wording.js';
import { Key, callerTimeoutMs, textAttachment } from '../message/attachments.js';
import type { CallContext } from './call-context.js';

const key = Symbol('served call');

/**
 * How much later than its deadline a call is taken for abandoned, in milliseconds. Timers of callers are coarse (Java's
 * 30 ms): until theirs has fired they would take the answer, and it should be a result, not that we gave up.
 */
const GRACE_MS = 30;

/** Runs the method of a call in a worker thread. */
export type MethodWorker = (args: readonly unknown[], signal: AbortSignal) => Promise<unknown>;

export interface ServedCallParts {
  readonly service: ServiceId;
  readonly method: Method;
  readonly args: readonly unknown[];
  readonly attachments: Attachments;
  readonly oneway: boolean;
  readonly connection: Channel;
  /** In milliseconds since the epoch; the caller's time runs from here on. */
  readonly arrivedAt: number;
}

/** One call that a provider serves: what filters see of it, and what its handler may know. */
export class ServedCall implements Invocation, CallContext {
  readonly service: ServiceId;
  readonly method: Method;
  readonly args: readonly unknown[];
  readonly attachments: Attachments;
  readonly oneway: boolean;
  readonly timeoutMs: number | undefined;
  readonly deadline: number | undefined;
  readonly responseAttachments: Attachments = {};
  readonly context: Map<unknown, unknown> = new Map([[key, this]]);
  /** In milliseconds since the epoch; a call that waited for its turn came before. */
  readonly startedAt = Date.now();
  #abort: AbortController | undefined;
  #gone = false;
  #timer: NodeJS.Timeout | undefined;
  /** Present while a method with a worker runs. */
  worker: MethodWorker | undefined;
  /** Who called. */
  readonly connection: Channel;

  constructor({ service, method, args, attachments, oneway, connection, arrivedAt }: ServedCallParts) {
    this.service = service;
    this.method = method;
    this.args = args;
    this.attachments = attachments;
    this.oneway = oneway;
    this.connection = connection;
    this.timeoutMs = callerTimeoutMs(attachments);
    this.deadline = this.timeoutMs === undefined ? undefined : arrivedAt + this.timeoutMs;
  }

  /** The call behind an invocation, also one that a filter has copied. */
  static of(invocation: Invocation): ServedCall {
    return invocation.context.get(key) as ServedCall;
  }

  /** What the handler may know, where filters replaced method, arguments or attachments on the way. */
  seenAs({ method, attachments }: Invocation): CallContext {
    if (method === this.method && attachments === this.attachments) return this;
    const signal = (): AbortSignal => this.signal;
    return {
      service: this.service,
      method,
      attachments,
      responseAttachments: this.responseAttachments,
      remoteAddress: this.remoteAddress,
      localAddress: this.localAddress,
      remoteApplication: this.remoteApplication,
      deadline: this.deadline,
      oneway: this.oneway,
      get signal() {
        return signal();
      },
      runInWorker: (args) => this.runInWorker(args),
    };
  }

  get remoteAddress(): string {
    return this.connection.remoteAddress;
  }

  get localAddress(): string {
    return this.connection.localAddress;
  }

  get remoteApplication(): string | undefined {
    return textAttachment(this.attachments, Key.remoteApplication);
  }

  /** Made when first asked for: most handlers never look. */
  get signal(): AbortSignal {
    if (!this.#abort) {
      this.#abort = new AbortController();
      if (this.#gone) this.#abort.abort();
      else if (this.deadline !== undefined && !this.oneway) this.#abortAt(this.deadline);
    }
    return this.#abort.signal;
  }

  runInWorker(args: readonly unknown[]): Promise<unknown> {
    if (this.worker) return this.worker(args, this.signal);
    const method = `${this.service.interface}.${this.method.name}`;
    return Promise.reject(new Error(`${method} has no option worker, so there is no module to run it in a thread`));
  }

  /** Nobody waits for the result: the deadline has passed. Nobody ever waits for a one-way call, so it is never late. */
  get late(): boolean {
    return !this.oneway && this.deadline !== undefined && Date.now() > this.deadline + GRACE_MS;
  }

  /** {@link abandon} was called. */
  get abandoned(): boolean {
    return this.#gone;
  }

  /** Nobody waits for the result any more. */
  abandon(): void {
    this.#gone = true;
    this.#abort?.abort();
    clearTimeout(this.#timer);
  }

  /** The result is known. */
  end(): void {
    clearTimeout(this.#timer);
  }

  #abortAt(deadline: number): void {
    this.#timer = setTimeout(
      () => this.abandon(),
      Math.min(Math.max(0, deadline - Date.now()) + GRACE_MS, LONGEST_TIMER_MS),
    );
    this.#timer.unref();
  }
}
