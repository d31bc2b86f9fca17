import { DEFAULT_CALLBACKS } from '../callback/callback-limit.js';
import type { ExportedCallbacks } from '../callback/exported-callbacks.js';
import { clusters, loadBalances } from '../cluster/built-in.js';
import type { Candidate } from '../cluster/candidate.js';
import { fixedDirectory, RegistryDirectory, type Directory } from '../cluster/directory.js';
import { withMock } from '../cluster/mock.js';
import type {
  ConsumerOptions,
  Mock,
  ReferenceMethodOptions,
  ReferenceOptions,
  CallOptions,
} from '../config/options.js';
import {
  DEFAULT_CONNECT_TIMEOUT_MS,
  DEFAULT_RETRIES,
  effective,
  effectiveFlag,
  effectiveNumber,
  timeoutOf,
  type CallSources,
} from '../config/precedence.js';
import type { Contract } from '../contract/contract.js';
import type { EndpointPool } from '../exchange/endpoint-pool.js';
import { DubboError } from '../invocation/dubbo-error.js';
import { eitherSignal } from '../invocation/either-signal.js';
import { compose, type Invoker, type Result } from '../invocation/invocation.js';
import type { Logger } from '../invocation/logger.js';
import { serviceKey, type Method, type ServiceId } from '../invocation/method.js';
import type { Registry } from '../registry/registry.js';
import type { ServiceRecord } from '../registry/service-record.js';
import { directProviders } from './direct-url.js';
import { remoteInvoker } from './remote-invoker.js';

/** What a reference shares with the others of its client. */
export interface ReferenceEnvironment {
  readonly application: string;
  readonly consumer: ConsumerOptions;
  readonly registries: () => readonly Registry[];
  readonly endpoints: EndpointPool;
  readonly callbacks: ExportedCallbacks;
  readonly logger: Logger;
  readonly compat: 'java' | undefined;
}

/** One consumed service with its options: finds providers on first use and calls them. */
export class Reference {
  readonly contract: Contract;
  readonly service: ServiceId;
  readonly options: ReferenceOptions;
  readonly #environment: ReferenceEnvironment;
  readonly #invoke: Invoker;
  #directory: Directory | undefined;
  #closed = false;

  constructor(contract: Contract, options: ReferenceOptions, environment: ReferenceEnvironment) {
    this.contract = contract;
    this.options = options;
    this.service = { interface: contract.interface, group: options.group ?? '', version: options.version ?? '' };
    this.#environment = environment;
    const cluster = this.#choose('cluster', clusters, 'failover');
    const balance = this.#choose('loadbalance', loadBalances, 'random')();
    const { consumer, logger, compat } = environment;
    // Reading options.url must not wait for the first call: a wrong one is an error at once.
    if (options.url !== undefined) this.#directory = this.#open();
    // Made with the first call, since it begins to look for providers.
    let chosen: Invoker | undefined;
    const invoker: Invoker = (invocation) => {
      const { directory } = this;
      chosen ??= cluster({
        service: this.service,
        directory,
        balance,
        logger,
        compat,
        retries: (method) => effectiveNumber(this.#sources(method), 'retries', DEFAULT_RETRIES),
        idempotent: (method) => effectiveFlag(this.#sources(method), 'idempotent'),
      });
      if (directory.known) return chosen(invocation);
      const timeoutMs = invocation.timeoutMs ?? timeoutOf(this.#sources(invocation.method));
      return directory.looked(timeoutMs).then(() => chosen!(invocation));
    };
    const filters = [...(consumer.filters ?? []), ...(options.filters ?? [])];
    this.#invoke = withMock(compose(filters, invoker), (method) => this.#mockOf(method), contract, logger);
  }

  /** The providers; the first look begins to search for them. */
  get directory(): Directory {
    return (this.#directory ??= this.#open());
  }

  /** True if {@link Client.ready} must find a provider. */
  get checked(): boolean {
    return this.options.check ?? this.#environment.consumer.check ?? false;
  }

  /**
   * Calls a method. Rejects with a DubboError if it did not come to a result.
   * @throws DubboError `unknown` after {@link close}
   */
  async call(method: Method, args: readonly unknown[], call: CallOptions = {}): Promise<Result> {
    if (this.#closed) {
      const key = serviceKey(this.service);
      throw new DubboError('unknown', `The reference to ${key} is closed. Can not invoke any more.`, { service: key });
    }
    const timeoutMs = call.timeout !== undefined && call.timeout > 0 ? call.timeout : undefined;
    return this.#invoke({
      service: this.service,
      method,
      args,
      attachments: { ...this.options.attachments, ...call.attachments },
      timeoutMs,
      deadline: call.context?.deadline,
      oneway: (call.return ?? this.#methodOption(method, 'return')) === false,
      signal: eitherSignal(call.signal, call.context?.signal),
      context: new Map(),
    });
  }

  close(): void {
    this.#closed = true;
    this.#directory?.close();
  }

  #open(): Directory {
    const make = (record: ServiceRecord): Candidate => this.#candidate(record);
    const { url } = this.options;
    if (url !== undefined) return fixedDirectory(directProviders(url, this.service), make);
    return new RegistryDirectory(this.service, this.#environment.registries(), make, this.#environment.logger);
  }

  #candidate(record: ServiceRecord): Candidate {
    const { endpoints, application, consumer, callbacks, logger } = this.#environment;
    const connections = this.options.connections ?? (Number(record.parameters['connections']) || 0);
    const endpoint = endpoints.acquire(record, connections);
    if (this.options.lazy === false) {
      endpoint
        .open(consumer.connectTimeout ?? DEFAULT_CONNECT_TIMEOUT_MS)
        .catch((error: unknown) => logger.warn(String(error)));
    }
    return {
      address: endpoint.address,
      record,
      get available() {
        return endpoint.available;
      },
      invoke: remoteInvoker({
        service: this.service,
        application,
        record,
        endpoint,
        sources: (method) => ({ ...this.#sources(method), record }),
        method: (method) => ({
          sent: this.#methodOption(method, 'sent') ?? false,
          async: this.#methodOption(method, 'async') ?? false,
        }),
        countdown: consumer.timeoutCountdown ?? false,
        callbacks,
        callbackLimit: this.options.callbacks ?? (Number(record.parameters['callbacks']) || DEFAULT_CALLBACKS),
        logArguments: consumer.logArguments ?? false,
        logger,
      }),
      close: () => endpoints.release(endpoint),
    };
  }

  /** As in Java, the first provider speaks for all where the choice of a provider comes later. */
  #sources(method: Method): CallSources {
    const record = this.#directory?.candidates[0]?.record;
    return { method, reference: this.options, consumer: this.#environment.consumer, record };
  }

  #methodOption<K extends keyof ReferenceMethodOptions>(method: Method, key: K): ReferenceMethodOptions[K] | undefined {
    const { consumer } = this.#environment;
    return this.options.methods?.[method.name]?.[key] ?? this.options[key] ?? consumer[key];
  }

  #mockOf(method: Method): Mock | false | undefined {
    return this.#methodOption(method, 'mock');
  }

  #choose<T>(key: 'cluster' | 'loadbalance', known: Readonly<Record<string, T>>, fallback: string): T {
    const sources = { method: { name: '', javaName: '', descriptor: '' }, record: undefined };
    const { consumer } = this.#environment;
    const name = String(effective({ ...sources, reference: this.options, consumer }, key)?.value ?? fallback);
    const chosen = Object.hasOwn(known, name) ? known[name] : undefined;
    if (chosen === undefined) {
      throw new TypeError(
        `${key} is "${name}" for ${serviceKey(this.service)}; it must be one of ${Object.keys(known).join(', ')}`,
      );
    }
    return chosen;
  }
}
