import type { Logger } from '../invocation/logger.js';
import type { RegistrySnapshot, Subscription } from './registry.js';
import type { ServiceRecord } from './service-record.js';

/** The lists of a snapshot. */
export type RegistryLists = Omit<RegistrySnapshot, 'state'>;

interface Topic {
  readonly listeners: Set<(snapshot: RegistrySnapshot) => void>;
  snapshot: RegistrySnapshot | undefined;
}

/**
 * Who listens to which interface, for any registry: keeps the last snapshot of each, tells listeners only of changes, and keeps
 * a list that did not change the same array.
 */
export class SnapshotListeners {
  readonly #topics = new Map<string, Topic>();
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  get empty(): boolean {
    return this.#topics.size === 0;
  }

  /** The interfaces somebody listens to. */
  interfaces(): string[] {
    return [...this.#topics.keys()];
  }

  has(serviceInterface: string): boolean {
    return this.#topics.has(serviceInterface);
  }

  /** Tells the listener what is known, if anything, but not within this call. */
  add(serviceInterface: string, listener: (snapshot: RegistrySnapshot) => void): Subscription {
    let topic = this.#topics.get(serviceInterface);
    if (!topic) this.#topics.set(serviceInterface, (topic = { listeners: new Set(), snapshot: undefined }));
    // An own function for each: one listener may subscribe twice.
    const { listeners } = topic;
    let told: RegistrySnapshot | undefined;
    const tell = (snapshot: RegistrySnapshot) => {
      if (!listeners.has(tell) || told === snapshot) return;
      told = snapshot;
      try {
        listener(snapshot);
      } catch (error) {
        this.#logger.error(`A listener to ${serviceInterface} threw`, error);
      }
    };
    listeners.add(tell);
    queueMicrotask(() => {
      if (topic.snapshot) tell(topic.snapshot);
    });
    return {
      close: () => {
        listeners.delete(tell);
        if (listeners.size === 0 && this.#topics.get(serviceInterface) === topic) this.#topics.delete(serviceInterface);
      },
    };
  }

  /** The lists as the registry has them now, or as it once had them (`stale`). */
  publish(serviceInterface: string, lists: RegistryLists, state: 'live' | 'stale' = 'live'): void {
    const topic = this.#topics.get(serviceInterface);
    if (!topic) return;
    const last = topic.snapshot;
    const providers = unchanged(last?.providers, lists.providers);
    const configurators = unchanged(last?.configurators, lists.configurators);
    const routers = unchanged(last?.routers, lists.routers);
    const same =
      last?.state === state &&
      providers === last.providers &&
      configurators === last.configurators &&
      routers === last.routers;
    if (!same) this.#tell(topic, { providers, configurators, routers, state });
  }

  /** The registry is away: what was known stays, marked. */
  stale(): void {
    for (const topic of this.#topics.values()) {
      if (topic.snapshot?.state === 'live') this.#tell(topic, { ...topic.snapshot, state: 'stale' });
    }
  }

  /** Ends all subscriptions. */
  clear(): void {
    for (const topic of this.#topics.values()) topic.listeners.clear();
    this.#topics.clear();
  }

  #tell(topic: Topic, snapshot: RegistrySnapshot): void {
    topic.snapshot = Object.freeze(snapshot);
    for (const tell of topic.listeners) tell(snapshot);
  }
}

/** The old list if the new one holds the very same records, in whatever order. */
function unchanged(
  old: readonly ServiceRecord[] | undefined,
  fresh: readonly ServiceRecord[],
): readonly ServiceRecord[] {
  if (old === fresh) return old;
  if (!old || old.length !== fresh.length) return Object.freeze([...fresh]);
  const known = new Set(old);
  return fresh.every((record) => known.has(record)) ? old : Object.freeze([...fresh]);
}
