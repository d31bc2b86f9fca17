import type { Logger } from '../invocation/logger.js';
import type { ServiceRecord } from './service-record.js';

/**
 * What a registry knows of one interface at one moment. Immutable; a list whose content did not change is the same array
 * as in the snapshot before, so a directory may compare by identity.
 */
export interface RegistrySnapshot {
  /** All providers of the interface, also those of other groups and versions: the directory decides, and explains. */
  readonly providers: readonly ServiceRecord[];
  /** Override rules in URL form (`override://`, `absent://`). */
  readonly configurators: readonly ServiceRecord[];
  /** Routing rules in URL form (`condition://`, `route://`). */
  readonly routers: readonly ServiceRecord[];
  /** `connecting`: nothing is known yet. `live`: as the registry has it. `stale`: the last known, the registry is away. */
  readonly state: 'connecting' | 'live' | 'stale';
}

/** One listener's interest in one interface. */
export interface Subscription {
  /** Idempotent; the listener is never called after it. */
  close(): void;
}

/**
 * Where providers are announced and found: the door every registry implements. All methods may be called at any time,
 * while the registry is away too; an implementation converges to what was asked for last.
 */
export interface Registry {
  /** For messages, as `zookeeper://127.0.0.1:2181`; never holds a secret. */
  readonly address: string;
  /**
   * Announces a record under its category. Resolves when others can see it; from then on it is kept registered, over lost
   * sessions too, until `unregister` or `close`. While the registry is away the promise stays pending, and it rejects with
   * a `DubboError` of code `registry` when the record is refused for good or is unregistered before it was visible.
   */
  register(record: ServiceRecord): Promise<void>;
  /** Takes a record back; resolves when it is gone, or when the registry is away and will drop it by itself. */
  unregister(record: ServiceRecord): Promise<void>;
  /** The first snapshot comes as soon as one is known, never within this call; a listener must not throw. */
  subscribe(serviceInterface: string, listener: (snapshot: RegistrySnapshot) => void): Subscription;
  /** Idempotent. Unregisters everything of ours and ends all subscriptions. */
  close(): Promise<void>;
}

/** What a registry may know of the application that opens it. */
export interface RegistryContext {
  readonly application: string;
  readonly logger: Logger;
}

/** What `local()` and `zookeeper('…')` return: opens nothing before it is called, and may be called once per application. */
export type RegistryFactory = (context: RegistryContext) => Registry;

/** What is known before a registry has answered. */
export const connecting: RegistrySnapshot = Object.freeze({
  providers: Object.freeze([]),
  configurators: Object.freeze([]),
  routers: Object.freeze([]),
  state: 'connecting',
});
