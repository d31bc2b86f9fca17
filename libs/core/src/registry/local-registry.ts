import { type FSWatcher, watch } from 'node:fs';
import { DubboError } from '../invocation/dubbo-error.js';
import type { Logger } from '../invocation/logger.js';
import { coalesced } from './coalesced.js';
import { defaultLeaseDirectory, type Lease, LeaseDirectory } from './lease-directory.js';
import { lifeOf, maxHeartbeatAgeMs, thisProcess } from './process-identity.js';
import type { Registry, RegistryContext, RegistryFactory, RegistrySnapshot, Subscription } from './registry.js';
import { formatServiceUrl, type ServiceRecord } from './service-record.js';
import { SnapshotListeners } from './snapshot-listeners.js';

export interface LocalRegistryOptions {
  /** Where the leases are, created if missing, private to one user. Default: `nestjs-dubbo-<uid>` in the system's temporary directory. */
  readonly dir?: string;
}

/**
 * The registry that needs no server: processes of one user on one machine find each other by a directory of lease files. What a
 * process registered disappears with it, also if it was killed: within a second on Linux, or when its pid is free again;
 * on macOS and Windows within 15 s at worst. Throws a `DubboError` of code `registry` if the directory is not private.
 */
export function local(options: LocalRegistryOptions = {}): RegistryFactory {
  return (context) => new LocalRegistry(new LeaseDirectory(options.dir ?? defaultLeaseDirectory()), context);
}

const heartbeatMs = 5_000;
/** Deaths raise no event in a directory, and watching one may fail; so it is read again anyway. */
const rereadMs = 1_000;

class LocalRegistry implements Registry {
  readonly address: string;
  readonly #directory: LeaseDirectory;
  readonly #logger: Logger;
  readonly #holder = thisProcess();
  /** Names of our leases, by URL. */
  readonly #own = new Map<string, string>();
  readonly #writing = new Set<Promise<void>>();
  /** All leases as last read, by name. The content of a name never changes. */
  #leases = new Map<string, Lease>();
  readonly #complained = new Set<string>();
  readonly #listeners: SnapshotListeners;
  readonly #read = coalesced(() => this.#readAll());
  readonly #timers: NodeJS.Timeout[];
  #watcher: FSWatcher | undefined;
  #closed: Promise<void> | undefined;

  constructor(directory: LeaseDirectory, { logger }: RegistryContext) {
    this.#directory = directory;
    this.#logger = logger;
    this.#listeners = new SnapshotListeners(logger);
    this.address = `local:${directory.path}`;
    this.#timers = [
      setInterval(() => void this.#reread(), rereadMs).unref(),
      setInterval(() => void this.#beat(), heartbeatMs).unref(),
    ];
    if (process.env['NODE_ENV'] === 'production') {
      logger.warn(
        `NODE_ENV is production, but the registry is ${this.address}: only processes of this machine find each other. ` +
          "Name a registry, as registry: zookeeper('host:2181').",
      );
    }
  }

  async register(record: ServiceRecord): Promise<void> {
    this.#assertOpen();
    const url = formatServiceUrl(record);
    if (this.#own.has(url)) return;
    const name = this.#directory.newName();
    this.#own.set(url, name);
    try {
      await this.#write(url, name);
    } catch (cause) {
      if (this.#own.get(url) === name) this.#own.delete(url);
      throw new DubboError('registry', `Cannot register ${record.interface} in ${this.address}`, { cause });
    }
    if (this.#own.get(url) !== name) {
      throw new DubboError('registry', `${record.interface} was unregistered before it was visible in ${this.address}`);
    }
    void this.#reread();
  }

  /** Writes a lease; unregistering in between wins. */
  async #write(url: string, name: string): Promise<void> {
    const writing = this.#directory.write(name, { url, holder: this.#holder }).then(async () => {
      if (this.#own.get(url) !== name) await this.#directory.remove(name);
    });
    this.#writing.add(writing);
    try {
      await writing;
    } finally {
      this.#writing.delete(writing);
    }
  }

  async unregister(record: ServiceRecord): Promise<void> {
    const url = formatServiceUrl(record);
    const name = this.#own.get(url);
    if (!name) return;
    this.#own.delete(url);
    await this.#directory.remove(name);
    void this.#reread();
  }

  subscribe(serviceInterface: string, listener: (snapshot: RegistrySnapshot) => void): Subscription {
    this.#assertOpen();
    const subscription = this.#listeners.add(serviceInterface, listener);
    this.#watch();
    void this.#reread();
    return subscription;
  }

  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  async #close(): Promise<void> {
    this.#listeners.clear();
    this.#watcher?.close();
    for (const timer of this.#timers) clearInterval(timer);
    const names = [...this.#own.values()];
    this.#own.clear();
    await Promise.allSettled(this.#writing);
    await Promise.all(names.map((name) => this.#directory.remove(name)));
  }

  #assertOpen(): void {
    if (this.#closed) throw new DubboError('registry', `The registry ${this.address} is closed`);
  }

  #watch(): void {
    if (this.#watcher) return;
    const fallBack = (error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      this.#logger.debug(`Cannot watch ${this.address} (${reason}); reading it every ${rereadMs} ms instead`);
    };
    try {
      // Heartbeats are `change`; a lease that comes or goes is `rename`.
      this.#watcher = watch(this.#directory.path, { persistent: false }, (event) => {
        if (event === 'rename') void this.#reread();
      });
      this.#watcher.on('error', fallBack);
    } catch (error) {
      fallBack(error);
    }
  }

  async #reread(): Promise<void> {
    if (this.#closed || this.#listeners.empty) return;
    try {
      await this.#read();
    } catch (error) {
      this.#complain('', `Cannot read ${this.address}`, error);
      if (!this.#closed) this.#listeners.stale();
    }
  }

  async #readAll(): Promise<void> {
    const leases = new Map<string, Lease>();
    for (const name of await this.#directory.list()) {
      const lease = this.#leases.get(name) ?? (await this.#readOne(name));
      if (!lease) continue;
      if (await this.#lives(name, lease)) leases.set(name, lease);
      else await this.#directory.remove(name);
    }
    this.#leases = leases;
    if (this.#closed) return;
    const records = [...leases.values()].map((lease) => lease.record);
    for (const serviceInterface of this.#listeners.interfaces()) {
      const ofInterface = records.filter((record) => record.interface === serviceInterface);
      const inCategory = (category: string) => ofInterface.filter((record) => record.category === category);
      this.#listeners.publish(serviceInterface, {
        providers: inCategory('providers'),
        configurators: inCategory('configurators'),
        routers: inCategory('routers'),
      });
    }
  }

  async #lives(name: string, { holder }: Lease): Promise<boolean> {
    const life = lifeOf(holder);
    if (life !== 'unknown') return life === 'alive';
    const ageMs = await this.#directory.age(name);
    return ageMs !== undefined && ageMs < maxHeartbeatAgeMs;
  }

  async #readOne(name: string): Promise<Lease | undefined> {
    try {
      return await this.#directory.read(name);
    } catch (error) {
      this.#complain(name, `Skipping ${name} in ${this.address}, which is no lease`, error);
      return undefined;
    }
  }

  /** Once per subject. */
  #complain(subject: string, message: string, error: unknown): void {
    if (this.#complained.has(subject) || this.#complained.size >= 1_000) return;
    this.#complained.add(subject);
    this.#logger.warn(`${message}: ${error instanceof Error ? error.message : String(error)}`);
  }

  /** Shows that we live, and restores what somebody removed. */
  async #beat(): Promise<void> {
    for (const [url, name] of this.#own) {
      try {
        if (await this.#directory.touch(name)) continue;
        if (this.#own.get(url) !== name) continue;
        await this.#write(url, name);
      } catch (error) {
        this.#complain(url, `Cannot keep ${name} registered in ${this.address}`, error);
      }
    }
  }
}
