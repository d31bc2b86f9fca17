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
    close: () => candidates.forEach((candidate) => candidate.close()),
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
  #byUrl = new Map<string, Candidate>();
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
    this.#byUrl.clear();
    for (const check of this.#waiting) check();
  }

  #update(registry: Registry, snapshot: RegistrySnapshot): void {
    this.#snapshots.set(registry, snapshot);
    const before = this.#byUrl;
    const byUrl = new Map<string, Candidate>();
    for (const { providers } of this.#snapshots.values()) {
      for (const record of providers) this.#admit(record, before, byUrl);
    }
    this.#byUrl = byUrl;
    this.#candidates = [...byUrl.values()];
    // New candidates were made first, so a provider that registered anew keeps the connection both share.
    for (const [url, candidate] of before) if (!byUrl.has(url)) candidate.close();
    for (const check of this.#waiting) check();
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
      const timer = setTimeout(done, timeoutMs);
      this.#waiting.add(check);
    });
  }

  #admit(record: ServiceRecord, before: Map<string, Candidate>, byUrl: Map<string, Candidate>): void {
    if (mismatch(this.#service, record) !== undefined) return;
    const url = formatServiceUrl(record);
    if (byUrl.has(url)) return;
    try {
      byUrl.set(url, before.get(url) ?? this.#make(record));
    } catch (error) {
      this.#logger.warn(`Left out provider ${record.host}:${record.port}: ${String(error)}`);
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
