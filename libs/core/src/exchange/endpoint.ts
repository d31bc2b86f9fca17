import type { Frame } from '../wire/header.js';
import type { Address } from './dial.js';
import { Link, type LinkOptions } from './link.js';
import type { OnConnection, OutgoingCall } from './pending-call.js';
import { formatAddress } from './wording.js';

/** A provider's address with the connections to it, used in turn. */
export class Endpoint {
  readonly address: string;
  readonly #links: readonly Link[];
  #last = 0;

  /** @param count how many connections, at least one */
  constructor(target: Address, count: number, options: LinkOptions) {
    this.address = formatAddress(target.host, target.port);
    this.#links = Array.from({ length: count }, () => new Link(target, options));
  }

  /** False only if it is known that a call cannot be served: broken, closed, or the provider is going. */
  get available(): boolean {
    return this.#links.some((link) => link.available);
  }

  /**
   * Sends a two-way request, connecting first where needed within its timeout. Resolves with the response, whatever its
   * status; rejects with a DubboError `timeout` or `network` when there is none.
   */
  request(call: OutgoingCall): Promise<Frame> {
    return this.#next().request(call);
  }

  /**
   * Sends a one-way request, connecting first where needed within `timeoutMs`. With `sent` the promise resolves when the
   * network has taken it and rejects with a DubboError `network` if it has not in time.
   */
  send(frame: Uint8Array, timeoutMs: number, sent: boolean, onConnection?: OnConnection): Promise<void> {
    return this.#next().send(frame, timeoutMs, sent, onConnection);
  }

  /** Connects, without a call to send. Rejects with a DubboError `network` or `timeout`. */
  async open(timeoutMs: number): Promise<void> {
    await Promise.all(this.#links.map((link) => link.open(timeoutMs)));
  }

  /** Gives the connections up once their pending calls are answered; late calls are still served. */
  async release(timeoutMs: number): Promise<void> {
    await Promise.all(this.#links.map((link) => link.release(timeoutMs)));
  }

  /** As {@link release}, but no call is served any more. */
  async close(timeoutMs: number): Promise<void> {
    await Promise.all(this.#links.map((link) => link.close(timeoutMs)));
  }

  #next(): Link {
    const links = this.#links;
    if (links.length === 1) return links[0]!;
    for (let i = 0; i < links.length; i++) {
      const link = links[(this.#last = (this.#last + 1) % links.length)]!;
      if (link.available) return link;
    }
    return links[this.#last]!;
  }
}
