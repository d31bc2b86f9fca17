import { DubboError } from '../invocation/dubbo-error.js';
import type { Frame } from '../wire/header.js';
import type { Connection } from './connection.js';
import { dial, type Address, type DialOptions } from './dial.js';
import type { OutgoingCall } from './pending-call.js';
import { channelClosed, formatAddress } from './wording.js';

export type EndpointOptions = Omit<DialOptions, 'onClose'>;

type State =
  /** Never needed yet, so nothing is known of the provider. */
  | { readonly name: 'idle' }
  | { readonly name: 'dialing'; readonly connection: Promise<Connection> }
  | { readonly name: 'connected'; readonly connection: Connection }
  /** The last attempt failed or the connection broke; `timer` tries again. */
  | { readonly name: 'broken'; readonly timer: NodeJS.Timeout }
  | { readonly name: 'closed' };

const FIRST_RETRY_MS = 100;
const MAX_RETRY_MS = 5_000;

/**
 * A provider's address with the one connection that all references share. It connects on first use, and again by itself
 * after the connection broke.
 */
export class Endpoint {
  readonly address: string;
  readonly #target: Address;
  readonly #options: EndpointOptions;
  #state: State = { name: 'idle' };
  #failures = 0;

  constructor(target: Address, options: EndpointOptions) {
    this.#target = target;
    this.#options = options;
    this.address = formatAddress(target.host, target.port);
  }

  /** False only if it is known that a call cannot be served: broken, closed, or the provider is going. */
  get available(): boolean {
    const state = this.#state;
    return state.name === 'connected' ? state.connection.available : state.name === 'idle' || state.name === 'dialing';
  }

  /** As {@link Connection.request}; connects first where needed, within the call's own timeout. */
  request(call: OutgoingCall): Promise<Frame> {
    const state = this.#state;
    return state.name === 'connected' ? state.connection.request(call) : this.#connectAndRequest(call);
  }

  /** As {@link Connection.send}; connects first where needed. */
  async send(frame: Uint8Array, timeoutMs: number): Promise<void> {
    (await this.#connect(timeoutMs)).send(frame);
  }

  /** Closes the connection once its pending calls are answered, at the latest after `timeoutMs`. */
  async close(timeoutMs: number): Promise<void> {
    const state = this.#state;
    this.#state = { name: 'closed' };
    if (state.name === 'broken') clearTimeout(state.timer);
    else if (state.name === 'connected') await state.connection.finish(timeoutMs);
    else if (state.name === 'dialing') await state.connection.then((c) => c.finish(timeoutMs), ignore);
  }

  async #connectAndRequest(call: OutgoingCall): Promise<Frame> {
    const startedAt = performance.now();
    const connection = await this.#connect(call.timeoutMs);
    const remainingMs = Math.max(1, Math.ceil(call.timeoutMs - (performance.now() - startedAt)));
    return connection.request({ ...call, remainingMs });
  }

  /** Callers that come while it connects share the attempt, but each waits no longer than it may. */
  #connect(timeoutMs: number): Promise<Connection> {
    const state = this.#state;
    switch (state.name) {
      case 'connected':
        return Promise.resolve(state.connection);
      case 'closed':
        return Promise.reject(channelClosed(this.address));
      case 'dialing':
        return within(state.connection, timeoutMs, this.address);
      case 'broken':
        clearTimeout(state.timer);
        return within(this.#dial(), timeoutMs, this.address);
      case 'idle':
        return within(this.#dial(), timeoutMs, this.address);
    }
  }

  #dial(): Promise<Connection> {
    const connection = dial(this.#target, { ...this.#options, onClose: (closed) => this.#onClose(closed) });
    this.#state = { name: 'dialing', connection };
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
    else this.#state = { name: 'connected', connection };
  }

  #onClose(closed: Connection): void {
    if (this.#state.name === 'connected' && this.#state.connection === closed) this.#onBroken();
  }

  #onBroken(): void {
    if (this.#state.name === 'closed') return;
    const delay = Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(this.#failures++, 10));
    // Jitter: the clients of a provider that restarted must not all come back in the same instant.
    const timer = setTimeout(() => void this.#dial().catch(ignore), delay * (0.5 + Math.random() / 2));
    timer.unref();
    this.#state = { name: 'broken', timer };
  }
}

async function within(connection: Promise<Connection>, timeoutMs: number, address: string): Promise<Connection> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const message = `client(url: dubbo://${address}) failed to connect to server ${address} within the call's timeout of ${timeoutMs}ms`;
      reject(new DubboError('timeout', message, { address, unsent: true }));
    }, timeoutMs);
  });
  try {
    return await Promise.race([connection, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

function ignore(): void {}
