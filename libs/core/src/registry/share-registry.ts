import type { Registry, RegistryContext, RegistryFactory, Subscription } from './registry.js';
import type { ServiceRecord } from './service-record.js';

/**
 * Lets a server and a client of one application use one session: the registry is opened by the first and closed by the
 * last of them. Each takes back what it registered itself when it closes.
 */
export function shareRegistry(open: RegistryFactory): RegistryFactory {
  let registry: Registry | undefined;
  let users = 0;

  return (context: RegistryContext): Registry => {
    registry ??= open(context);
    users++;
    return new Share(registry, () => {
      if (--users > 0) return Promise.resolve();
      const last = registry!;
      registry = undefined;
      return last.close();
    });
  };
}

class Share implements Registry {
  readonly address: string;
  readonly #registry: Registry;
  readonly #release: () => Promise<void>;
  readonly #records = new Set<ServiceRecord>();
  readonly #subscriptions = new Set<Subscription>();
  #closed: Promise<void> | undefined;

  constructor(registry: Registry, release: () => Promise<void>) {
    this.address = registry.address;
    this.#registry = registry;
    this.#release = release;
  }

  register(record: ServiceRecord): Promise<void> {
    this.#records.add(record);
    return this.#registry.register(record);
  }

  unregister(record: ServiceRecord): Promise<void> {
    this.#records.delete(record);
    return this.#registry.unregister(record);
  }

  subscribe(...args: Parameters<Registry['subscribe']>): Subscription {
    const subscription = this.#registry.subscribe(...args);
    this.#subscriptions.add(subscription);
    return {
      close: () => {
        this.#subscriptions.delete(subscription);
        subscription.close();
      },
    };
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  async #close(): Promise<void> {
    for (const subscription of this.#subscriptions) subscription.close();
    await Promise.allSettled([...this.#records].map(async (record) => this.#registry.unregister(record)));
    await this.#release();
  }
}
