import { LONGEST_TIMER_MS } from '../invocation/longest-timer.js';
import type { Logger } from '../invocation/logger.js';
import { serviceKey, type ServiceId } from '../invocation/method.js';
import type { Registry, RegistrySnapshot, Subscription } from '../registry/registry.js';
import { formatServiceUrl, type ServiceRecord } from '../registry/service-record.js';
import type { Candidate, CandidateFactory } from './candidate.js';
import { mismatch } from './matching.js';

/** The providers of one reference at this moment. */
export interface Directory {
  /** Never changed in place: a call may keep the list it began with. */
  readonly candidates: readonly Candidate[];
  /** Where the list comes from, as messages name it. */
  readonly source: string;
  /** What was looked for, what the source shows, and why each provider was left out. For messages. */
  explain(): string;
  /** False while the source has not answered yet: an empty list then says nothing. */
  readonly known: boolean;
  /** Resolves when the source has answered, or `timeoutMs` have passed. */
  looked(timeoutMs: number): Promise<void>;
  /** Resolves when there is a candidate, or `timeoutMs` have passed. */
  settled(timeoutMs: number): Promise<void>;
  close(): void;
}

/** The providers named by a `url`: always the same ones. */
export function fixedDirectory(records: readonly ServiceRecord[], make: CandidateFactory): Directory {
  const candidates = records.map(make);
  const source = `url ${candidates.map(({ address }) => address).join(';')}`;
  return {
    candidates,
    source,
    known: true,
    explain: () => `Looked only at ${source}.`,
    looked: () => Promise.resolve(),
    settled: () => Promise.resolve(),
    close: () => candidates.splice(0).forEach((candidate) => candidate.close()),
  };
}

/** The providers that registries show, kept up to date by difference: who stays keeps its connection. */
export class RegistryDirectory implements Directory {
  readonly source: string;
  readonly #service: ServiceId;
  readonly #make: CandidateFactory;
  readonly #logger: Logger;
  readonly #subscriptions: Subscription[];
  readonly #snapshots = new Map<Registry, RegistrySnapshot>();
  readonly #registries: readonly Registry[];
  #byProvider = new Map<string, Candidate>();
  #candidates: readonly Candidate[] = [];
  #closed = false;
  readonly #waiting = new Set<() => void>();

  constructor(service: ServiceId, registries: readonly Registry[], make: CandidateFactory, logger: Logger) {
    this.#service = service;
    this.#make = make;
    this.#logger = logger;
    this.#registries = registries;
    this.source = registries.map(({ address }) => address).join(', ');
    this.#subscriptions = registries.map((registry) =>
      registry.subscribe(service.interface, (snapshot) => this.#update(registry, snapshot)),
    );
  }

  get candidates(): readonly Candidate[] {
    return this.#candidates;
  }

  explain(): string {
    const lines = this.#registries.map((registry) => this.#explainRegistry(registry));
    return `Looked for ${serviceKey(this.#service)}. ${lines.join(' ')}`;
  }

  get known(): boolean {
    if (this.#candidates.length > 0) return true;
    return this.#registries.every(
      (registry) => (this.#snapshots.get(registry)?.state ?? 'connecting') !== 'connecting',
    );
  }

  looked(timeoutMs: number): Promise<void> {
    return this.#until(() => this.known, timeoutMs);
  }

  settled(timeoutMs: number): Promise<void> {
    return this.#until(() => this.#candidates.length > 0, timeoutMs);
  }

  close(): void {
    this.#closed = true;
    for (const subscription of this.#subscriptions) subscription.close();
    for (const candidate of this.#candidates) candidate.close();
    this.#candidates = [];
    this.#byProvider.clear();
    for (const check of this.#waiting) check();
  }

  #update(registry: Registry, snapshot: RegistrySnapshot): void {
    this.#snapshots.set(registry, snapshot);
    const before = this.#byProvider;
    const after = new Map<string, Candidate>();
    for (const [key, record] of this.#wanted()) {
      const known = before.get(key);
      const candidate = known && isSame(known.record, record) ? known : this.#tryMake(record);
      if (candidate) after.set(key, candidate);
    }
    this.#byProvider = after;
    this.#candidates = [...after.values()];
    // New candidates were made first, so a provider that registered anew keeps the connection both share.
    for (const [key, candidate] of before) if (after.get(key) !== candidate) candidate.close();
    for (const check of this.#waiting) check();
  }

  /**
   * The records that match, one for each provider: a restarted one may show twice until its old session has ended, and
   * several registries may show the same. The youngest counts.
   */
  #wanted(): Map<string, ServiceRecord> {
    const wanted = new Map<string, ServiceRecord>();
    for (const { providers } of this.#snapshots.values()) {
      for (const record of providers) {
        if (mismatch(this.#service, record) !== undefined) continue;
        const key = `${record.host}:${record.port}/${record.path}?${record.group ?? ''}:${record.version ?? ''}`;
        const other = wanted.get(key);
        if (!other || startOf(record) > startOf(other)) wanted.set(key, record);
      }
    }
    return wanted;
  }

  /** Resolves when `condition` holds after an update, when the directory is closed, or after `timeoutMs`. */
  #until(condition: () => boolean, timeoutMs: number): Promise<void> {
    if (condition() || this.#closed) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(check);
        resolve();
      };
      const check = (): void => {
        if (condition() || this.#closed) done();
      };
      const timer = setTimeout(done, Math.min(timeoutMs, LONGEST_TIMER_MS));
      this.#waiting.add(check);
    });
  }

  #tryMake(record: ServiceRecord): Candidate | undefined {
    try {
      return this.#make(record);
    } catch (error) {
      this.#logger.warn(`Left out provider ${record.host}:${record.port}: ${String(error)}`);
      return undefined;
    }
  }

  #explainRegistry(registry: Registry): string {
    const snapshot = this.#snapshots.get(registry);
    if (!snapshot || snapshot.state === 'connecting') return `${registry.address} has not answered yet.`;
    const where =
      snapshot.state === 'stale' ? `${registry.address} is away; it last showed` : `${registry.address} shows`;
    if (snapshot.providers.length === 0) return `${where} no provider of ${this.#service.interface}.`;
    const reasons = snapshot.providers.map((record) => {
      const reason = mismatch(this.#service, record) ?? 'it matches';
      return `${record.protocol}://${record.host}:${record.port}: ${reason}`;
    });
    return `${where} ${snapshot.providers.length} of ${this.#service.interface}: ${reasons.join('; ')}.`;
  }
}

function startOf({ parameters }: ServiceRecord): number {
  return Number(parameters['timestamp']) || 0;
}

/** Registries keep the record of a node that did not change; another registry's copy of it is told by its text. */
function isSame(a: ServiceRecord, b: ServiceRecord): boolean {
  return a === b || formatServiceUrl(a) === formatServiceUrl(b);
}
