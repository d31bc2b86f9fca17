import {
  coalesced,
  formatServiceUrl,
  parseServiceUrl,
  rateLimited,
  type Logger,
  type RegistryLists,
  type ServiceRecord,
  type SnapshotListeners,
} from '@nestjs-dubbo/core';
import { categoryPath, type SubscribedCategory, subscribedCategories } from './layout.js';
import { decodeNodeName, encodeNodeName } from './node-name.js';
import { OperationError, type Operations } from './operations.js';
import { Retry } from './retry.js';
import type { SnapshotDirectory } from './snapshot-directory.js';

/** The children of one category of one interface, as last read. */
interface Category {
  readonly path: string;
  /** By node name; undefined: the name is no service URL. */
  byName: ReadonlyMap<string, ServiceRecord | undefined>;
  records: readonly ServiceRecord[];
  /** Read over the present connection. */
  fresh: boolean;
  /** Reads and watches it, if there is a connection; never rejects, never overlaps itself. */
  read(): Promise<void>;
  readonly retry: Retry;
}

interface Topic {
  readonly categories: Readonly<Record<SubscribedCategory, Category>>;
  /** Something was told of it. */
  known: boolean;
  /** What is on disk was looked for. */
  sought: boolean;
}

/**
 * The interfaces we follow. Each of their categories is read and watched after each connection and each change; what was read
 * before stays known while ZooKeeper is away. Work goes with what changed: only new names are parsed.
 */
export class Subscriptions {
  readonly #byInterface = new Map<string, Topic>();
  readonly #byPath = new Map<string, Category>();
  readonly #root: string;
  readonly #listeners: SnapshotListeners;
  readonly #warn: (key: string, message: string) => void;
  readonly #snapshots: SnapshotDirectory | undefined;
  #operations: Operations | undefined;
  /** There is no connection, as far as we know; false while the first attempt is under way. */
  #away = false;

  constructor(root: string, logger: Logger, listeners: SnapshotListeners, snapshots?: SnapshotDirectory) {
    this.#root = root;
    this.#listeners = listeners;
    this.#snapshots = snapshots;
    this.#warn = rateLimited((message) => logger.warn(message), 60_000);
  }

  /** Follows an interface, if it does not yet. */
  follow(serviceInterface: string): void {
    if (this.#byInterface.has(serviceInterface)) return;
    const made = subscribedCategories.map((name) => [name, this.#category(serviceInterface, name)] as const);
    const topic: Topic = { categories: Object.fromEntries(made) as Topic['categories'], known: false, sought: false };
    this.#byInterface.set(serviceInterface, topic);
    for (const [, category] of made) {
      this.#byPath.set(category.path, category);
      void category.read();
    }
    if (this.#away) void this.#restore(serviceInterface, topic);
  }

  /** Forgets an interface. Its watches fire once more, and are not renewed: ZooKeeper cannot be told. */
  unfollow(serviceInterface: string): void {
    const topic = this.#byInterface.get(serviceInterface);
    if (!topic) return;
    this.#byInterface.delete(serviceInterface);
    for (const category of Object.values(topic.categories)) {
      category.retry.stop();
      this.#byPath.delete(category.path);
    }
  }

  connected(operations: Operations): void {
    this.#operations = operations;
    this.#away = false;
    for (const category of this.#byPath.values()) void category.read();
  }

  away(): void {
    this.#operations = undefined;
    this.#away = true;
    for (const category of this.#byPath.values()) {
      category.fresh = false;
      category.retry.reset();
    }
    this.#listeners.stale();
    for (const [serviceInterface, topic] of this.#byInterface) void this.#restore(serviceInterface, topic);
  }

  /** Tells what an earlier process knew, if nothing is known yet and ZooKeeper is away. */
  async #restore(serviceInterface: string, topic: Topic): Promise<void> {
    if (topic.known || topic.sought || !this.#snapshots) return;
    topic.sought = true;
    const lists = await this.#snapshots.read(serviceInterface);
    if (!lists || topic.known || !this.#away || this.#byInterface.get(serviceInterface) !== topic) return;
    topic.known = true;
    for (const name of subscribedCategories) {
      // Under the names they have in ZooKeeper: so they are the same records when it is back.
      const named = lists[name].map((record) => [encodeNodeName(formatServiceUrl(record)), record] as const);
      topic.categories[name].byName = new Map(named);
      topic.categories[name].records = Object.freeze(named.map(([, record]) => record));
    }
    this.#listeners.publish(serviceInterface, listsOf(topic), 'stale');
  }

  /** Something happened to a node: if it is one we follow, it is read. */
  changed(path: string): void {
    void this.#byPath.get(path)?.read();
  }

  close(): void {
    for (const serviceInterface of this.#byInterface.keys()) this.unfollow(serviceInterface);
  }

  #category(serviceInterface: string, name: SubscribedCategory): Category {
    const read = coalesced(() => this.#read(serviceInterface, category));
    const category: Category = {
      path: categoryPath(this.#root, serviceInterface, name),
      byName: new Map(),
      records: Object.freeze([]),
      fresh: false,
      read,
      retry: new Retry(() => void read()),
    };
    return category;
  }

  async #read(serviceInterface: string, category: Category): Promise<void> {
    const operations = this.#operations;
    if (!operations || this.#byPath.get(category.path) !== category) return;
    let names: string[];
    try {
      names = await this.#names(operations, category.path);
    } catch (error) {
      if (error instanceof OperationError && error.failure === 'connection-lost') return;
      this.#warn(category.path, `Cannot follow ${serviceInterface}: ${String(error)}; trying again`);
      category.retry.later();
      return;
    }
    if (operations !== this.#operations || this.#byPath.get(category.path) !== category) return;
    category.retry.reset();
    this.#update(category, names);
    category.fresh = true;
    const topic = this.#byInterface.get(serviceInterface)!;
    if (!Object.values(topic.categories).every(({ fresh }) => fresh)) return;
    topic.known = true;
    this.#listeners.publish(serviceInterface, listsOf(topic));
    this.#snapshots?.keep(serviceInterface, listsOf(topic));
  }

  /** The children of a node, which it creates if it is missing, as Java does; if it may not, it watches for it. */
  async #names(operations: Operations, path: string): Promise<string[]> {
    for (let tries = 0; tries < 5; tries++) {
      const names = await operations.children(path);
      if (names) return names;
      try {
        await operations.create(path, 'persistent');
      } catch (error) {
        if (!(error instanceof OperationError && error.failure === 'refused')) throw error;
        if ((await operations.owner(path)) === undefined) return [];
      }
    }
    throw new OperationError('failed', `Somebody keeps removing ${path}`);
  }

  #update(category: Category, names: readonly string[]): void {
    const known = category.byName;
    if (names.length === known.size && names.every((name) => known.has(name))) return;
    const byName = new Map<string, ServiceRecord | undefined>();
    for (const name of names) byName.set(name, known.has(name) ? known.get(name) : this.#parse(category.path, name));
    category.byName = byName;
    category.records = Object.freeze([...byName.values()].filter((record) => record !== undefined));
  }

  #parse(path: string, name: string): ServiceRecord | undefined {
    try {
      return parseServiceUrl(decodeNodeName(name));
    } catch (error) {
      this.#warn(
        `${path}/${name}`,
        `Skipping a node of ${path} that is no service URL: ${error instanceof Error ? error.message : String(error)}`,
      );
      return undefined;
    }
  }
}

function listsOf({ categories: { providers, configurators, routers } }: Topic): RegistryLists {
  return { providers: providers.records, configurators: configurators.records, routers: routers.records };
}
