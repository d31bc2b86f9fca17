import { setImmediate as nextTurn } from 'node:timers/promises';
import { DubboError } from '../invocation/dubbo-error.js';
import { within, type Patience } from '../invocation/within.js';
import type { Frame } from '../wire/header.js';
import type { Connection } from './connection.js';
import { dial, type Address, type DialOptions } from './dial.js';
import type { OnConnection, OutgoingCall } from './pending-call.js';
import { canceled, channelClosed, formatAddress } from './wording.js';

export interface LinkOptions extends Omit<DialOptions, 'onClose'> {
  /** False: a broken link waits for its next attempt, and calls fail meanwhile (`send.reconnect` in Dubbo). */
  readonly sendReconnect: boolean;
}

type State =
  /** Never needed yet, so nothing is known of the provider. */
  | { readonly name: 'idle' }
  /** `again`: it was broken before, so that nothing good is known of the provider. */
  | { readonly name: 'dialing'; readonly connection: Promise<Connection>; readonly again: boolean }
  | { readonly name: 'connected'; readonly connection: Connection }
  /** The last attempt failed or the connection broke; `timer` tries again. */
  | { readonly name: 'broken'; readonly timer: NodeJS.Timeout }
  | { readonly name: 'closed' };

const FIRST_RETRY_MS = 100;
const MAX_RETRY_MS = 5_000;

/** One connection to a provider, made on first use and made anew, by itself, after it broke. */
export class Link {
  readonly address: string;
  readonly #target: Address;
  readonly #options: LinkOptions;
  #state: State = { name: 'idle' };
  #failures = 0;
  /** Nobody counts on the link any more: it does not come back by itself, and ends when its calls are answered. */
  #released = false;

  constructor(target: Address, options: LinkOptions) {
    this.#target = target;
    this.#options = options;
    this.address = formatAddress(target.host, target.port);
  }

  /** False only if it is known that a call cannot be served: broken, closed, or the provider is going. */
  get available(): boolean {
    const state = this.#state;
    if (state.name === 'connected') return state.connection.available;
    return state.name === 'idle' || (state.name === 'dialing' && !state.again);
  }

  /** Connects, without a call to send. */
  async open(timeoutMs: number): Promise<void> {
    await this.#connect({ timeoutMs });
  }

  /** As {@link Connection.request}; connects first where needed, within the call's own timeout. */
  request(call: OutgoingCall): Promise<Frame> {
    const state = this.#state;
    if (state.name !== 'connected' || call.onConnection) return this.#connectAndRequest(call);
    return state.connection.request(call);
  }

  /** As {@link Connection.send}; connects first where needed, within `timeoutMs`. */
  async send(frame: Uint8Array, timeoutMs: number, sent: boolean, onConnection?: OnConnection): Promise<void> {
    const startedAt = performance.now();
    const connection = await this.#connect({ timeoutMs });
    onConnection?.(connection);
    const remainingMs = Math.max(1, timeoutMs - (performance.now() - startedAt));
    const written = connection.send(frame, sent ? remainingMs : undefined);
    if (this.#released) void connection.finish(remainingMs);
    await written;
  }

  /**
   * Gives the connection up once its pending calls are answered, at the latest after `timeoutMs`. A call that comes late
   * all the same is still served, over a connection that ends with it.
   */
  async release(timeoutMs: number): Promise<void> {
    this.#released = true;
    const state = this.#state;
    if (state.name === 'broken') clearTimeout(state.timer);
    if (state.name === 'broken' || state.name === 'connected') this.#state = { name: 'idle' };
    if (state.name === 'connected') await state.connection.finish(timeoutMs);
    else if (state.name === 'dialing') await finishDialed(state.connection, timeoutMs);
  }

  /** As {@link release}, but no call is served any more. */
  async close(timeoutMs: number): Promise<void> {
    const state = this.#state;
    this.#state = { name: 'closed' };
    if (state.name === 'broken') clearTimeout(state.timer);
    else if (state.name === 'connected') await state.connection.finish(timeoutMs);
    else if (state.name === 'dialing') await finishDialed(state.connection, timeoutMs);
  }

  async #connectAndRequest(call: OutgoingCall): Promise<Frame> {
    const startedAt = Date.now();
    const connection = await this.#connect(call);
    call.onConnection?.(connection);
    const response = connection.request({ ...call, startedAt });
    if (this.#released) void connection.finish(call.timeoutMs);
    return response;
  }

  /** Callers that come while it connects share the attempt, but each waits no longer than it may. */
  #connect(patience: Patience): Promise<Connection> {
    const state = this.#state;
    switch (state.name) {
      case 'connected':
        return Promise.resolve(state.connection);
      case 'closed':
        return Promise.reject(channelClosed(this.address));
      case 'dialing':
        return this.#awaited(state.connection, patience);
      case 'broken':
        if (!this.#options.sendReconnect) return Promise.reject(channelClosed(this.address));
        clearTimeout(state.timer);
        return this.#awaited(this.#dial(true), patience);
      case 'idle':
        return this.#awaited(this.#dial(false), patience);
    }
  }

  #awaited(connection: Promise<Connection>, patience: Patience): Promise<Connection> {
    return within(connection, patience, (why) => {
      if (why === 'aborted') throw canceled(this.address, patience.signal);
      const limit = `within the call's timeout of ${patience.timeoutMs}ms`;
      const message = `client(url: dubbo://${this.address}) failed to connect to server ${this.address} ${limit}`;
      throw new DubboError('timeout', message, { address: this.address, unsent: true });
    });
  }

  #dial(again: boolean): Promise<Connection> {
    const connection = dial(this.#target, { ...this.#options, onClose: (closed) => this.#onClose(closed) });
    this.#state = { name: 'dialing', connection, again };
    connection.then(
      (made) => this.#onConnected(made),
      () => this.#onBroken(),
    );
    return connection;
  }

  #onConnected(connection: Connection): void {
    // close() came while dialing; it closes this connection itself.
    if (this.#state.name === 'closed') return;
    this.#failures = 0;
    if (connection.closed) this.#onBroken();
    else this.#state = this.#released ? { name: 'idle' } : { name: 'connected', connection };
  }

  #onClose(closed: Connection): void {
    if (this.#state.name === 'connected' && this.#state.connection === closed) this.#onBroken();
  }

  #onBroken(): void {
    if (this.#state.name === 'closed') return;
    if (this.#released) {
      this.#state = { name: 'idle' };
      return;
    }
    const delay = Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(this.#failures++, 10));
    // Jitter: the clients of a provider that restarted must not all come back in the same instant.
    const timer = setTimeout(() => void this.#dial(true).catch(ignore), delay * (0.5 + Math.random() / 2));
    timer.unref();
    this.#state = { name: 'broken', timer };
  }
}

/** Calls that waited for the connection begin first: what is pending then still counts. */
async function finishDialed(dialed: Promise<Connection>, timeoutMs: number): Promise<void> {
  const connection = await dialed.catch(ignore);
  if (!connection) return;
  await nextTurn();
  await connection.finish(timeoutMs);
}

function ignore(): undefined {
  return undefined;
}
