import { DubboError } from '../invocation/dubbo-error.js';
import { formatId, type Frame, type RequestId } from '../wire/header.js';
import type { Connection } from './connection.js';
import { Deadline } from './deadlines.js';
import type { Outgoing } from './outbox.js';
import { formatTime, type Channel } from './wording.js';

export interface OutgoingCall {
  /** The frame, its first 16 bytes left free for the header. */
  readonly frame: Uint8Array;
  /** What the caller granted, as messages print it. */
  readonly timeoutMs: number;
  /** When the call began, in milliseconds since the epoch, if connecting took some of its time. Default: now. */
  readonly startedAt?: number;
  /** The call as messages print it, made only when one is. */
  readonly describe: () => string;
  readonly signal?: AbortSignal | undefined;
  readonly onConnection?: OnConnection | undefined;
}

/** Told which connection a call takes, before it is sent there. What it throws fails the call. */
export type OnConnection = (connection: Connection) => void;

/** A request that waits for its response. */
export class PendingCall extends Deadline implements Outgoing {
  readonly promise: Promise<Frame>;
  readonly #resolve: (response: Frame) => void;
  readonly #reject: (error: DubboError) => void;
  readonly #call: OutgoingCall;
  readonly id: RequestId;
  readonly #channel: Channel;
  readonly #leave: (call: PendingCall) => void;
  readonly #startedAt: number;
  #sentAt: number | undefined;
  /** A call that fails before it is written cannot have run. */
  written = false;

  /** @param leave takes the call out of the table and the timer; called once, before it settles. */
  constructor(call: OutgoingCall, id: RequestId, channel: Channel, leave: (call: PendingCall) => void) {
    super();
    let settle!: [(response: Frame) => void, (error: DubboError) => void];
    this.promise = new Promise((resolve, reject) => (settle = [resolve, reject]));
    [this.#resolve, this.#reject] = settle;
    this.#call = call;
    this.#startedAt = call.startedAt ?? Date.now();
    this.id = id;
    this.#channel = channel;
    this.#leave = leave;
    call.signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  sent(at: number): void {
    this.#sentAt = at;
  }

  /** The connection is gone then, and fails its calls itself. */
  lost(): void {}

  succeed(response: Frame): void {
    this.#done();
    this.#resolve(response);
  }

  fail(error: DubboError): void {
    this.#done();
    this.#reject(error);
  }

  override expire(): void {
    this.fail(new DubboError('timeout', this.#timeoutText(), this.#place()));
  }

  /** The connection is gone; wording of Dubbo's DefaultFuture.closeChannel. */
  disconnect(): void {
    const channel = `${this.#channel.localAddress} -> ${this.#channel.remoteAddress}`;
    const message = `Channel ${channel} is inactive. Directly return the unFinished request : ${this.#request()}`;
    this.fail(new DubboError('network', message, this.#place()));
  }

  readonly #onAbort = (): void => {
    const cause: unknown = this.#call.signal?.reason;
    this.fail(new DubboError('network', 'request future has been canceled.', { ...this.#place(), cause }));
  };

  #done(): void {
    this.#call.signal?.removeEventListener('abort', this.#onAbort);
    this.#leave(this);
  }

  #place(): { address: string; unsent: boolean } {
    return { address: this.#channel.remoteAddress, unsent: !this.written };
  }

  /** Wording of Dubbo 3.3's DefaultFuture.getTimeoutMessage. */
  #timeoutText(): string {
    const now = Date.now();
    const { timeoutMs } = this.#call;
    const sent = this.#sentAt !== undefined && this.#sentAt - this.#startedAt < timeoutMs;
    const head = sent ? 'Waiting server-side response timeout' : 'Sending request timeout in client-side';
    const elapsed =
      this.#sentAt === undefined
        ? `elapsed: ${now - this.#startedAt}`
        : `client elapsed: ${this.#sentAt - this.#startedAt} ms, server elapsed: ${now - this.#sentAt}`;
    return (
      `${head} by scan timer. start time: ${formatTime(this.#startedAt)}, end time: ${formatTime(now)}, ${elapsed} ms, ` +
      `timeout: ${timeoutMs} ms, request: ${this.#request()}, ` +
      `channel: /${this.#channel.localAddress} -> /${this.#channel.remoteAddress}`
    );
  }

  #request(): string {
    const id = formatId(this.id);
    return `Request [id=${id}, version=2.0.2, twoWay=true, event=false, broken=false, mPayload=0, data=${this.#call.describe()}]`;
  }
}
