import type { Logger } from '../invocation/logger.js';
import { serviceKey } from '../invocation/method.js';
import { within } from '../invocation/within.js';
import type { Registry } from '../registry/registry.js';
import type { ServiceRecord } from '../registry/service-record.js';

/** How long {@link Registrations.add} waits for registries that do not answer, in milliseconds. */
const REGISTER_WAIT_MS = 3_000;

/** One service in one registry. */
export interface Registration {
  readonly registry: Registry;
  readonly record: ServiceRecord;
  /** False while an operator has taken it back. */
  readonly wanted: boolean;
  /** Others can see it. */
  readonly visible: boolean;
}

/** The services of a server in its registries: announced, taken back and announced again. */
export class Registrations {
  readonly #logger: Logger;
  readonly #all: Changing[] = [];
  readonly #registries: Registry[] = [];
  #closing = false;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  get all(): readonly Registration[] {
    return this.#all;
  }

  /** The registry becomes ours to close. */
  open(registry: Registry): void {
    this.#registries.push(registry);
  }

  /** Announces in every registry; in the background where one is away: a provider must start all the same. */
  async add(records: readonly ServiceRecord[]): Promise<void> {
    const added = records.flatMap((record) =>
      this.#registries.map((registry) => ({ registry, record, wanted: false, visible: false })),
    );
    this.#all.push(...added);
    await this.online(new Set(added));
  }

  /** Announces those of `chosen` that are not. */
  async online(chosen: ReadonlySet<Registration>): Promise<void> {
    const away = this.#all.filter((each) => chosen.has(each) && !each.wanted);
    const done = Promise.all(away.map((each) => this.#register(each)));
    await within(done, { timeoutMs: REGISTER_WAIT_MS }, () => []);
  }

  /** Takes back those of `chosen` that are announced. */
  async offline(chosen: ReadonlySet<Registration>): Promise<void> {
    const announced = this.#all.filter((each) => chosen.has(each) && each.wanted);
    await Promise.all(announced.map((each) => this.#unregister(each)));
  }

  /** Takes back everything for good. */
  async unregister(): Promise<void> {
    this.#closing = true;
    await this.offline(new Set(this.#all));
  }

  /** Closes the registries. */
  async close(): Promise<void> {
    this.#closing = true;
    // One that fails must not keep the others, or the port, open.
    const closed = await Promise.allSettled(this.#registries.map(async (registry) => registry.close()));
    for (const end of closed) {
      if (end.status === 'rejected') this.#logger.warn(`A registry could not be closed: ${String(end.reason)}`);
    }
  }

  async #register(each: Changing): Promise<void> {
    const { registry, record } = each;
    each.wanted = true;
    try {
      await registry.register(record);
      each.visible = each.wanted;
    } catch (error) {
      if (this.#closing || !each.wanted) return;
      this.#logger.error(`Cannot register ${serviceKey(record)} with ${registry.address}: ${String(error)}`, error);
    }
  }

  async #unregister(each: Changing): Promise<void> {
    each.wanted = false;
    each.visible = false;
    // A registry that is away drops it by itself.
    try {
      await each.registry.unregister(each.record);
    } catch (error) {
      this.#logger.debug(`Cannot unregister with ${each.registry.address}: ${String(error)}`);
    }
  }
}

interface Changing extends Registration {
  wanted: boolean;
  visible: boolean;
}
