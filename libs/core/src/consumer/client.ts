import { CallbackRequests } from '../callback/callback-requests.js';
import { ExportedCallbacks } from '../callback/exported-callbacks.js';
import { makeStub } from '../callback/stub.js';
import { reachableHost } from '../config/address.js';
import type { ClientOptions, ReferenceOptions } from '../config/options.js';
import { DEFAULT_CONNECT_TIMEOUT_MS, DEFAULT_PAYLOAD } from '../config/precedence.js';
import { consumerRecord } from '../config/records.js';
import type { Contract } from '../contract/contract.js';
import { Deadlines } from '../exchange/deadlines.js';
import { EndpointPool } from '../exchange/endpoint-pool.js';
import { heartbeatOf } from '../exchange/heartbeat.js';
import { limitingWarnings, silent, type Logger } from '../invocation/logger.js';
import { Key } from '../message/attachments.js';
import { local } from '../registry/local-registry.js';
import type { Registry } from '../registry/registry.js';
import { genericContract, type GenericService } from './generic-service.js';
import { Reference } from './reference.js';

/** How long a closing client waits for pending calls, in milliseconds. */
const DRAIN_MS = 10_000;
const DEFAULT_CHECK_TIMEOUT_MS = 3_000;

/** Consumes services. It owns its connections and registry sessions. */
export interface Client {
  /**
   * A typed face of a service; opens nothing before the first call. The caller keeps it: each call of refer makes a new
   * one, though all share connections.
   * @throws TypeError for options that cannot be used, naming them
   */
  refer<T extends object>(contract: Contract<T>, options?: ReferenceOptions): T;
  /** A face of a service of which only the name is known. */
  generic(serviceInterface: string, options?: ReferenceOptions): GenericService;
  /**
   * Begins to look for the providers of all references, and waits for those of references with `check`.
   * @throws DubboError `no-invoker` with what was looked for and found, after `checkTimeout`: there is no provider, or none
   * takes connections
   */
  ready(): Promise<void>;
  /** Waits for pending calls, then closes everything. Idempotent. */
  close(): Promise<void>;
}

/** Makes a client; nothing is opened before the first call. */
export function createClient(options: ClientOptions): Client {
  return new DubboClient(options);
}

class DubboClient implements Client {
  readonly #options: ClientOptions;
  readonly #logger: Logger;
  readonly #references = new Set<Reference>();
  readonly #endpoints: EndpointPool;
  readonly #callbacks = new ExportedCallbacks();
  readonly #startedAt = Date.now();
  #registries: readonly Registry[] | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#logger = limitingWarnings(options.logger ?? silent);
    const { consumer = {} } = options;
    const payload = consumer.payload ?? DEFAULT_PAYLOAD;
    this.#endpoints = new EndpointPool({
      maxBytes: payload,
      deadlines: new Deadlines(),
      logger: this.#logger,
      handler: new CallbackRequests({ callbacks: this.#callbacks, payload, logger: this.#logger }),
      connectTimeoutMs: consumer.connectTimeout ?? DEFAULT_CONNECT_TIMEOUT_MS,
      heartbeat: heartbeatOf(consumer.heartbeat, consumer.heartbeatTimeout),
      sendReconnect: consumer.sendReconnect ?? true,
      shareConnections: consumer.shareConnections ?? 1,
      tls: consumer.tls,
    });
  }

  refer<T extends object>(contract: Contract<T>, options: ReferenceOptions = {}): T {
    return makeStub<T>(this.#reference(contract, options));
  }

  generic(serviceInterface: string, options: ReferenceOptions = {}): GenericService {
    const attachments = { ...options.attachments, [Key.generic]: 'true' };
    return makeStub(this.#reference(genericContract(serviceInterface), { ...options, attachments }));
  }

  async ready(): Promise<void> {
    const checkTimeout = this.#options.consumer?.checkTimeout ?? DEFAULT_CHECK_TIMEOUT_MS;
    for (const reference of this.#references) reference.look();
    const checked = [...this.#references].filter((reference) => reference.checked);
    await Promise.all(checked.map((reference) => reference.mustBeReachable(checkTimeout)));
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    for (const reference of this.#references) reference.close();
    await this.#endpoints.close(DRAIN_MS);
    await Promise.all((this.#registries ?? []).map((registry) => registry.close()));
  }

  #reference(contract: Contract, options: ReferenceOptions): Reference {
    if (this.#closing) throw new Error('This client is closed');
    const { application, consumer = {}, compat } = this.#options;
    const reference: Reference = new Reference(contract, options, {
      application: application.name,
      consumer,
      registries: () => this.#subscribed(reference),
      endpoints: this.#endpoints,
      callbacks: this.#callbacks,
      logger: this.#logger,
      compat,
    });
    this.#references.add(reference);
    return reference;
  }

  /** The registries for a reference that begins to look for providers; it shows itself to them as a consumer. */
  #subscribed({ contract, service: id }: Reference): readonly Registry[] {
    const { application, registries = [local()] } = this.#options;
    const context = { application: application.name, logger: this.#logger };
    this.#registries ??= registries.map((open) => open(context));
    const record = consumerRecord({
      application,
      contract,
      id,
      host: reachableHost(),
      startedAt: this.#startedAt,
    });
    for (const registry of this.#registries) {
      // Only consoles read it: a failure must not fail a call.
      registry.register(record).catch((error: unknown) => {
        if (!this.#closing)
          this.#logger.warn(`Cannot register as a consumer with ${registry.address}: ${String(error)}`);
      });
    }
    return this.#registries;
  }
}
