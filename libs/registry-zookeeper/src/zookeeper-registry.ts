import {
  DubboError,
  type Registry,
  type RegistryContext,
  type RegistryFactory,
  type RegistrySnapshot,
  type ServiceRecord,
  SnapshotListeners,
  type Subscription,
} from '@nestjs-dubbo/core';
import { Registrations } from './registrations.js';
import { Session } from './session.js';
import { type ZooKeeperOptions, type ZooKeeperSettings, zooKeeperSettings } from './settings.js';
import { SnapshotDirectory } from './snapshot-directory.js';
import { Subscriptions } from './subscriptions.js';

/**
 * A registry in ZooKeeper, as Java's Dubbo reads and writes it (2.6 to 3.3, interface level). It may be away at any time, also at
 * the start: what is registered and followed converges as soon as it is back, with a new session too.
 * Throws a `DubboError` of code `registry` if address or options are wrong.
 *
 * @param address `'h1:2181'`, `'h1:2181,h2:2181/chroot'`, a list of servers, or `'zookeeper://h1:2181?backup=h2:2181'`
 */
export function zookeeper(address: string | readonly string[], options: ZooKeeperOptions = {}): RegistryFactory {
  const settings = zooKeeperSettings(address, options);
  return (context) => new ZooKeeperRegistry(settings, context);
}

class ZooKeeperRegistry implements Registry {
  readonly address: string;
  readonly #listeners: SnapshotListeners;
  readonly #registrations: Registrations;
  readonly #subscriptions: Subscriptions;
  readonly #snapshots: SnapshotDirectory | undefined;
  readonly #session: Session;
  #closed: Promise<void> | undefined;

  constructor(settings: ZooKeeperSettings, { logger }: RegistryContext) {
    const { root, display, snapshotDir } = settings;
    this.address = display;
    this.#listeners = new SnapshotListeners(logger);
    this.#snapshots = snapshotDir ? new SnapshotDirectory(snapshotDir, `${display}${root}`, logger) : undefined;
    this.#registrations = new Registrations(root, display, logger);
    this.#subscriptions = new Subscriptions(root, logger, this.#listeners, this.#snapshots);
    this.#session = new Session(settings, logger, {
      connected: (operations) => {
        this.#registrations.connected(operations);
        this.#subscriptions.connected(operations);
      },
      away: () => {
        this.#registrations.away();
        this.#subscriptions.away();
      },
      changed: (path) => {
        if (!this.#registrations.changed(path)) this.#subscriptions.changed(path);
      },
    });
  }

  async register(record: ServiceRecord): Promise<void> {
    this.#assertOpen();
    await this.#registrations.register(record);
  }

  async unregister(record: ServiceRecord): Promise<void> {
    await this.#registrations.unregister(record);
  }

  subscribe(serviceInterface: string, listener: (snapshot: RegistrySnapshot) => void): Subscription {
    this.#assertOpen();
    const subscription = this.#listeners.add(serviceInterface, listener);
    this.#subscriptions.follow(serviceInterface);
    return {
      close: () => {
        subscription.close();
        if (!this.#listeners.has(serviceInterface)) this.#subscriptions.unfollow(serviceInterface);
      },
    };
  }

  /** What others wrote to stay (`dynamic=false`) stays, also what we wrote so: Java leaves it, too. */
  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  async #close(): Promise<void> {
    this.#listeners.clear();
    this.#subscriptions.close();
    this.#registrations.close();
    await Promise.all([this.#session.close(), this.#snapshots?.flush()]);
  }

  #assertOpen(): void {
    if (this.#closed) throw new DubboError('registry', `The registry ${this.address} is closed`);
  }
}
