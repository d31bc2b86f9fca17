import type { Address } from './dial.js';
import { Endpoint } from './endpoint.js';
import type { LinkOptions } from './link.js';
import { formatAddress } from './wording.js';

export interface EndpointPoolOptions extends LinkOptions {
  /** Connections to each address that all references share. Default 1. */
  readonly shareConnections?: number;
}

/** How long a released endpoint waits for its pending calls, in milliseconds. */
const DRAIN_MS = 10_000;

/**
 * The endpoints in use: one per address, shared by all references and counted, and private ones where a reference asks
 * for connections of its own. The last release gives the connections up.
 */
export class EndpointPool {
  readonly #options: EndpointPoolOptions;
  readonly #shared = new Map<string, Endpoint>();
  readonly #users = new Map<Endpoint, number>();
  readonly #closing = new Set<Promise<void>>();

  constructor(options: EndpointPoolOptions) {
    this.#options = options;
  }

  /**
   * @param connections how many private ones; 0: the shared ones
   * @param heartbeat of the connections, if they are new. Default: as of the pool
   */
  acquire(target: Address, connections = 0, heartbeat = this.#options.heartbeat): Endpoint {
    const options = { ...this.#options, heartbeat };
    const endpoint = connections > 0 ? new Endpoint(target, connections, options) : this.#share(target, options);
    this.#users.set(endpoint, (this.#users.get(endpoint) ?? 0) + 1);
    return endpoint;
  }

  /** To be called once for each {@link acquire}. */
  release(endpoint: Endpoint): void {
    const users = this.#users.get(endpoint);
    if (users === undefined) return;
    if (users > 1) {
      this.#users.set(endpoint, users - 1);
      return;
    }
    this.#users.delete(endpoint);
    if (this.#shared.get(endpoint.address) === endpoint) this.#shared.delete(endpoint.address);
    const closing = endpoint.release(DRAIN_MS);
    this.#closing.add(closing);
    void closing.finally(() => this.#closing.delete(closing));
  }

  /** Closes every endpoint, waiting at most `timeoutMs` for pending calls. */
  async close(timeoutMs: number): Promise<void> {
    const endpoints = [...this.#users.keys()];
    this.#users.clear();
    this.#shared.clear();
    await Promise.all([...endpoints.map((endpoint) => endpoint.close(timeoutMs)), ...this.#closing]);
  }

  #share(target: Address, options: EndpointPoolOptions): Endpoint {
    const key = formatAddress(target.host, target.port);
    let endpoint = this.#shared.get(key);
    if (!endpoint) {
      endpoint = new Endpoint(target, options.shareConnections ?? 1, options);
      this.#shared.set(key, endpoint);
    }
    return endpoint;
  }
}
