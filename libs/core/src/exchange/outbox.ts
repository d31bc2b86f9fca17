import type { Socket } from 'node:net';

/** What a frame on its way out belongs to. */
export interface Outgoing {
  /** The socket was given the frame: from now on the peer may have it. */
  written: boolean;
  /** The socket has passed the frame on. `at` is in milliseconds since the epoch. */
  sent(at: number): void;
  /** The frame will never be passed on. */
  lost(): void;
}

/** Frames on their way out: those of one tick go to the socket together, in the order they came. */
export class Outbox {
  readonly #socket: Socket;
  #frames: Uint8Array[] = [];
  #outgoing: Outgoing[] = [];
  #bytes = 0;
  /** On the clock of `performance.now()`: when the socket was last given something. */
  lastWriteAt = performance.now();

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** Bytes that the network has not taken yet. */
  get waitingBytes(): number {
    return this.#bytes + this.#socket.writableLength;
  }

  add(frame: Uint8Array, outgoing?: Outgoing): void {
    if (this.#frames.length === 0) process.nextTick(this.flush);
    this.#frames.push(frame);
    this.#bytes += frame.length;
    if (outgoing) this.#outgoing.push(outgoing);
  }

  /** Drops what the socket was not given yet. */
  clear(): void {
    for (const each of this.#take().outgoing) each.lost();
  }

  readonly flush = (): void => {
    if (this.#frames.length === 0) return;
    const { frames, outgoing } = this.#take();
    for (const each of outgoing) each.written = true;
    this.lastWriteAt = performance.now();
    const last = frames.pop()!;
    this.#socket.cork();
    for (const frame of frames) this.#socket.write(frame);
    this.#socket.write(last, outgoing.length > 0 ? (error) => announce(outgoing, error) : undefined);
    this.#socket.uncork();
  };

  #take(): { frames: Uint8Array[]; outgoing: Outgoing[] } {
    const taken = { frames: this.#frames, outgoing: this.#outgoing };
    this.#frames = [];
    this.#outgoing = [];
    this.#bytes = 0;
    return taken;
  }
}

function announce(outgoing: readonly Outgoing[], error: Error | null | undefined): void {
  const now = Date.now();
  for (const each of outgoing) {
    if (error) each.lost();
    else each.sent(now);
  }
}
