import {
  coalesced,
  parseServiceUrl,
  rateLimited,
  type Logger,
  type ServiceRecord,
  type SnapshotListeners,
} from '@nestjs-dubbo/core';
import { categoryPath, type SubscribedCategory, subscribedCategories } from './layout.js';
import { decodeNodeName } from './node-name.js';
import { OperationError, type Operations } from './operations.js';
import { Retry } from './retry.js';

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

type Categories = Readonly<Record<SubscribedCategory, Category>>;

/**
 * The interfaces we follow. Each of their categories is read and watched after each connection and each change; what was read
 * before stays known while ZooKeeper is away. Work goes with what changed: only new names are parsed.
 */
export class Subscriptions {
  readonly #byInterface = new Map<string, Categories>();
  readonly #byPath = new Map<string, Category>();
  readonly #root: string;
  readonly #listeners: SnapshotListeners;
  readonly #warn: (key: string, message: string) => void;
  #operations: Operations | undefined;

  constructor(root: string, logger: Logger, listeners: SnapshotListeners) {
    this.#root = root;
    this.#listeners = listeners;
    this.#warn = rateLimited((message) => logger.warn(message), 60_000);
  }

  /** Follows an interface, if it does not yet. */
  follow(serviceInterface: string): void {
    if (this.#byInterface.has(serviceInterface)) return;
    const made = subscribedCategories.map(
      (category) => [category, this.#category(serviceInterface, category)] as const,
    );
    const categories = Object.fromEntries(made) as Categories;
    this.#byInterface.set(serviceInterface, categories);
    for (const category of Object.values(categories)) {
      this.#byPath.set(category.path, category);
      void category.read();
    }
  }

  /** Forgets an interface. Its watches fire once more, and are not renewed: ZooKeeper cannot be told. */
  unfollow(serviceInterface: string): void {
    const categories = this.#byInterface.get(serviceInterface);
    if (!categories) return;
    this.#byInterface.delete(serviceInterface);
    for (const category of Object.values(categories)) {
      category.retry.stop();
      this.#byPath.delete(category.path);
    }
  }

  connected(operations: Operations): void {
    this.#operations = operations;
    for (const category of this.#byPath.values()) void category.read();
  }

  suspended(): void {
    this.#operations = undefined;
    for (const category of this.#byPath.values()) {
      category.fresh = false;
      category.retry.reset();
    }
    this.#listeners.stale();
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
    const { providers, configurators, routers } = this.#byInterface.get(serviceInterface)!;
    if (!providers.fresh || !configurators.fresh || !routers.fresh) return;
    this.#listeners.publish(serviceInterface, {
      providers: providers.records,
      configurators: configurators.records,
      routers: routers.records,
    });
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
