import type { Socket } from 'node:net';
import { DubboError } from '../invocation/dubbo-error.js';
import { FrameReader, type FrameSink } from '../wire/frame-reader.js';
import {
  FLAG_EVENT,
  FLAG_REQUEST,
  FLAG_TWOWAY,
  HESSIAN2,
  writeHeader,
  type Frame,
  type Header,
  type RequestId,
} from '../wire/header.js';
import type { ConnectionOptions } from './connection-options.js';
import { eventFrame, heartbeatBody, readEvent, readonlyEvent, replyTo } from './events.js';
import { Farewell } from './farewell.js';
import { Outbox } from './outbox.js';
import { OnewayCall } from './oneway-call.js';
import type { OutgoingCall } from './pending-call.js';
import { PendingTable } from './pending-table.js';
import {
  canceled,
  channelClosed,
  dataTooLarge,
  formatAddress,
  lateResponse,
  skippedBytes,
  type Channel,
} from './wording.js';

/** A peer that does not read lets at most this much wait; further calls fail at once, so that they go elsewhere. */
const MAX_WAITING_BYTES = 16 * 1024 * 1024;
/** A consumer that does not read its answers is not read from while more than this waits for it. */
const PAUSE_BYTES = 1024 * 1024;

/** How long a closed connection may still deliver what was written. */
export const LINGER_MS = 1_000;

/**
 * One TCP connection that speaks Dubbo: many calls at once in both directions, told apart by id. It owns its socket;
 * whoever made it calls {@link close}.
 */
export class Connection implements Channel, FrameSink {
  readonly localAddress: string;
  readonly remoteAddress: string;
  readonly #socket: Socket;
  readonly #options: ConnectionOptions;
  readonly #reader: FrameReader;
  readonly #outbox: Outbox;
  readonly #pending: PendingTable;
  readonly #farewell: Farewell;
  #closed = false;
  #readonly = false;
  /** On the clock of `performance.now()`: when the peer was last heard of. */
  lastReadAt = performance.now();

  constructor(socket: Socket, options: ConnectionOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#reader = new FrameReader(this, options.maxBytes);
    this.#outbox = new Outbox(socket);
    this.#pending = new PendingTable(this, options.deadlines);
    this.#farewell = new Farewell(this.#pending, () => this.close());
    this.localAddress = formatAddress(socket.localAddress, socket.localPort);
    this.remoteAddress = formatAddress(socket.remoteAddress, socket.remotePort);
    socket.setNoDelay(true);
    socket.on('data', (chunk: Uint8Array) => {
      this.lastReadAt = performance.now();
      this.#reader.push(chunk);
    });
    socket.on('error', (error) => options.logger.debug(`Connection to ${this.remoteAddress} failed: ${error.message}`));
    socket.on('end', () => this.#onEnded());
    socket.on('close', () => this.#onClosed());
    if (socket.destroyed) queueMicrotask(() => this.#onClosed());
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** New calls may be sent: connected, neither the peer nor we are about to close. */
  get available(): boolean {
    return !this.#closed && !this.#readonly && !this.#farewell.begun;
  }

  /** On the clock of `performance.now()`: when the peer was last written to. */
  get lastWriteAt(): number {
    return this.#outbox.lastWriteAt;
  }

  get pendingCalls(): number {
    return this.#pending.size;
  }

  /**
   * Sends a two-way request. Resolves with the response, whatever its status; rejects with a DubboError `timeout` or
   * `network` when there is none.
   */
  request(call: OutgoingCall): Promise<Frame> {
    if (this.#closed) return Promise.reject(channelClosed(this.remoteAddress));
    if (call.signal?.aborted) return Promise.reject(canceled(this.remoteAddress, call.signal));
    if (this.#outbox.waitingBytes > MAX_WAITING_BYTES) return Promise.reject(this.#congested());
    const pending = this.#pending.add(call);
    const { idHigh, idLow } = pending.id;
    writeHeader(call.frame, FLAG_REQUEST | FLAG_TWOWAY | HESSIAN2, 0, idHigh, idLow);
    this.#outbox.add(call.frame, pending);
    return pending.promise;
  }

  /**
   * Sends a request that is not answered. With `sentWithinMs` the promise resolves when the network has taken it, and
   * rejects with a DubboError `network` when it has not in time; else it resolves at once. Rejects if the connection is
   * closed.
   */
  async send(frame: Uint8Array, sentWithinMs?: number): Promise<void> {
    if (this.#closed) throw channelClosed(this.remoteAddress);
    if (this.#outbox.waitingBytes > MAX_WAITING_BYTES) throw this.#congested();
    const { idHigh, idLow } = this.#pending.nextId();
    writeHeader(frame, FLAG_REQUEST | HESSIAN2, 0, idHigh, idLow);
    if (sentWithinMs === undefined) {
      this.#outbox.add(frame);
      return;
    }
    const call = new OnewayCall(this.#options.deadlines, this.remoteAddress, sentWithinMs);
    this.#outbox.add(frame, call);
    await call.promise;
  }

  /** Answers a request. Dropped silently if the peer is gone: nobody is there to miss it. */
  respond(frame: Uint8Array, status: number, { idHigh, idLow }: RequestId): void {
    if (this.#closed) return;
    writeHeader(frame, HESSIAN2, status, idHigh, idLow);
    this.#outbox.add(frame);
    this.#pauseWhileCongested();
  }

  /** Writes bytes that are no frame. Resolves when the network has taken them, or when they are lost. */
  write(bytes: Uint8Array): Promise<void> {
    if (this.#closed) return Promise.resolve();
    return new Promise((resolve) => this.#outbox.add(bytes, { written: false, sent: () => resolve(), lost: resolve }));
  }

  /** Asks the peer for a sign of life; its answer counts as read. */
  heartbeat(): void {
    this.#sendEvent(heartbeatBody, FLAG_TWOWAY);
  }

  /** Tells the peer to send no new calls here. */
  sendReadonly(): void {
    this.#sendEvent(readonlyEvent, 0);
  }

  /** Ends the connection; pending calls fail at once. Harmless if it is closed. */
  close(): void {
    if (this.#closed) return;
    this.#outbox.flush();
    // What is written is still delivered, but a peer that does not read cannot hold the socket open.
    const timer = setTimeout(() => this.#socket.destroy(), LINGER_MS);
    this.#socket.once('close', () => clearTimeout(timer));
    this.#socket.end(() => this.#socket.destroy());
    this.#onClosed();
  }

  /** Closes once the pending calls are answered, at the latest after `timeoutMs`; asked again, after the longer of both. */
  finish(timeoutMs: number): Promise<void> {
    return this.#farewell.within(timeoutMs);
  }

  /** Ends the connection without delivering what is queued: the peer is taken for dead. */
  destroy(): void {
    this.#socket.destroy();
    this.#onClosed();
  }

  frame(frame: Frame): void {
    if (frame.flags & FLAG_EVENT) this.#onEvent(frame);
    else if (frame.flags & FLAG_REQUEST) this.#options.handler.request(frame, this);
    else this.#onResponse(frame);
  }

  oversize(header: Header, length: number): void {
    if (header.flags & FLAG_REQUEST) {
      this.#options.handler.oversize(header, length, this);
      return;
    }
    const call = this.#pending.get(header);
    if (call)
      call.fail(
        new DubboError('network', dataTooLarge(length, this.#options.maxBytes, this), { address: this.remoteAddress }),
      );
    else this.#options.logger.warn(lateResponse(header, this));
  }

  garbage(bytes: Uint8Array): void {
    const { onGarbage, logger } = this.#options;
    if (onGarbage) onGarbage(bytes, this);
    else logger.warn(skippedBytes(bytes.length, this));
  }

  #onResponse(frame: Frame): void {
    const call = this.#pending.get(frame);
    if (call) call.succeed(frame);
    else this.#options.logger.warn(lateResponse(frame, this));
  }

  #onEvent(frame: Frame): void {
    const event = readEvent(frame.body);
    if (event === 'readonly') this.#readonly = true;
    else if (event === 'writeable') this.#readonly = false;
    const reply = replyTo(event, frame);
    if (reply && !this.#closed) this.#outbox.add(reply);
  }

  #sendEvent(body: Uint8Array, twoway: number): void {
    if (this.#closed) return;
    const frame = eventFrame(body);
    const { idHigh, idLow } = this.#pending.nextId();
    writeHeader(frame, FLAG_REQUEST | FLAG_EVENT | twoway | HESSIAN2, 0, idHigh, idLow);
    this.#outbox.add(frame);
  }

  /** Only for answers: if both ends waited for the other to read, they would wait for ever. */
  #pauseWhileCongested(): void {
    if (this.#socket.isPaused() || this.#outbox.waitingBytes <= PAUSE_BYTES) return;
    this.#socket.pause();
    this.#outbox.flush();
    this.#socket.once('drain', () => this.#socket.resume());
  }

  #congested(): DubboError {
    const message = `message can not send, because ${this.remoteAddress} does not read: ${this.#outbox.waitingBytes} bytes wait for it`;
    return new DubboError('network', message, { address: this.remoteAddress, unsent: true });
  }

  /** The peer says no more, so nothing will be answered. From here on Node refuses to write: what is queued stays unsent. */
  #onEnded(): void {
    this.#outbox.clear();
    this.close();
  }

  #onClosed(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#outbox.clear();
    this.#pending.disconnect();
    this.#options.onClose(this);
  }
}
