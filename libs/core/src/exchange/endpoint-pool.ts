import type { Address } from './dial.js';
import { formatAddress } from './wording.js';
import { Endpoint, type EndpointOptions } from './endpoint.js';

/** How long a released endpoint waits for its pending calls, in milliseconds. */
const DRAIN_MS = 10_000;

/** The endpoints in use, one per address, shared and counted: the last release closes the connection. */
export class EndpointPool {
  readonly #options: EndpointOptions;
  readonly #endpoints = new Map<string, { readonly endpoint: Endpoint; users: number }>();
  readonly #closing = new Set<Promise<void>>();

  constructor(options: EndpointOptions) {
    this.#options = options;
  }

  acquire(target: Address): Endpoint {
    const key = formatAddress(target.host, target.port);
    let entry = this.#endpoints.get(key);
    if (!entry) {
      entry = { endpoint: new Endpoint(target, this.#options), users: 0 };
      this.#endpoints.set(key, entry);
    }
    entry.users++;
    return entry.endpoint;
  }

  /** To be called once for each {@link acquire}. */
  release(endpoint: Endpoint): void {
    const entry = this.#endpoints.get(endpoint.address);
    if (!entry || entry.endpoint !== endpoint || --entry.users > 0) return;
    this.#endpoints.delete(endpoint.address);
    const closing = endpoint.close(DRAIN_MS);
    this.#closing.add(closing);
    void closing.finally(() => this.#closing.delete(closing));
  }

  /** Closes every endpoint, waiting at most `timeoutMs` for pending calls. */
  async close(timeoutMs: number): Promise<void> {
    const endpoints = [...this.#endpoints.values()];
    this.#endpoints.clear();
    await Promise.all([...endpoints.map(({ endpoint }) => endpoint.close(timeoutMs)), ...this.#closing]);
  }
}
