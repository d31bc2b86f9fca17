import type { Socket } from 'node:net';
import type { PendingCall } from './pending-call.js';

/** Frames on their way out: those of one tick go to the socket together, in the order they came. */
export class Outbox {
  readonly #socket: Socket;
  #frames: Uint8Array[] = [];
  #calls: PendingCall[] = [];
  /** On the clock of `performance.now()`: when the socket was last given something. */
  lastWriteAt = performance.now();

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** @param call the pending call that the frame belongs to; it is told when it was written, and when sent */
  add(frame: Uint8Array, call?: PendingCall): void {
    if (this.#frames.length === 0) process.nextTick(this.flush);
    this.#frames.push(frame);
    if (call) this.#calls.push(call);
  }

  /** Forgets what the socket was not given yet. */
  clear(): void {
    this.#frames = [];
    this.#calls = [];
  }

  readonly flush = (): void => {
    if (this.#frames.length === 0) return;
    const frames = this.#frames;
    const calls = this.#calls;
    this.clear();
    for (const call of calls) call.written = true;
    this.lastWriteAt = performance.now();
    const last = frames.pop()!;
    this.#socket.cork();
    for (const frame of frames) this.#socket.write(frame);
    this.#socket.write(last, calls.length > 0 ? () => markSent(calls) : undefined);
    this.#socket.uncork();
  };
}

function markSent(calls: readonly PendingCall[]): void {
  const now = Date.now();
  for (const call of calls) call.sentAt = now;
}
