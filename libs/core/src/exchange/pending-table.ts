import { randomInt } from 'node:crypto';
import type { RequestId } from '../wire/header.js';
import type { Deadlines } from './deadlines.js';
import { PendingCall, type OutgoingCall } from './pending-call.js';
import type { Channel } from './wording.js';

/** The calls of one connection that wait for their answers, by id. */
export class PendingTable {
  readonly #channel: Channel;
  readonly #deadlines: Deadlines;
  readonly #calls = new Map<number, PendingCall>();
  /** Ids start at random, so that a late answer to an earlier process on this address finds nobody. */
  readonly #idHigh = randomInt(-0x8000_0000, 0x8000_0000);
  #idLow = randomInt(0, 0x8000_0000);
  /** Called whenever the last call has left. */
  onIdle: (() => void) | undefined;

  constructor(channel: Channel, deadlines: Deadlines) {
    this.#channel = channel;
    this.#deadlines = deadlines;
  }

  get size(): number {
    return this.#calls.size;
  }

  /** Gives a call an id and notes it until it settles. */
  add(call: OutgoingCall): PendingCall {
    const pending = new PendingCall(call, this.nextId(), this.#channel, this.#leave);
    this.#calls.set(pending.id.idLow, pending);
    this.#deadlines.add(pending, remainingMs(call));
    return pending;
  }

  /** The call that an answer belongs to, if it still waits. */
  get({ idHigh, idLow }: RequestId): PendingCall | undefined {
    return idHigh === this.#idHigh ? this.#calls.get(idLow) : undefined;
  }

  nextId(): RequestId {
    // A call still pending after four thousand million others keeps its id.
    do this.#idLow = (this.#idLow + 1) >>> 0;
    while (this.#calls.has(this.#idLow));
    return { idHigh: this.#idHigh, idLow: this.#idLow };
  }

  /** Fails every call: the connection is gone. */
  disconnect(): void {
    for (const call of this.#calls.values()) call.disconnect();
    this.onIdle?.();
  }

  readonly #leave = (call: PendingCall): void => {
    this.#calls.delete(call.id.idLow);
    this.#deadlines.remove(call);
    if (this.#calls.size === 0) this.onIdle?.();
  };
}

function remainingMs({ timeoutMs, startedAt }: OutgoingCall): number {
  return startedAt === undefined ? timeoutMs : Math.max(1, startedAt + timeoutMs - Date.now());
}
