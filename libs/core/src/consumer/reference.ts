import { DEFAULT_CALLBACKS } from '../callback/callback-limit.js';
import type { ExportedCallbacks } from '../callback/exported-callbacks.js';
import { clusters, loadBalances } from '../cluster/built-in.js';
import type { Candidate } from '../cluster/candidate.js';
import type { Cluster } from '../cluster/cluster.js';
import { fixedDirectory, RegistryDirectory, type Directory } from '../cluster/directory.js';
import type { LoadBalance } from '../cluster/load-balance.js';
import { withMock } from '../cluster/mock.js';
import { noProviderAtStart } from '../cluster/no-provider.js';
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
import { canceled } from '../exchange/wording.js';
import { heartbeatOf, type HeartbeatOptions } from '../exchange/heartbeat.js';
import { DubboError } from '../invocation/dubbo-error.js';
import { eitherSignal } from '../invocation/either-signal.js';
import { compose, type Invocation, type Invoker, type Result } from '../invocation/invocation.js';
import type { Logger } from '../invocation/logger.js';
import { serviceKey, type Method, type ServiceId } from '../invocation/method.js';
import { within } from '../invocation/within.js';
import type { Registry } from '../registry/registry.js';
import { parameterOf, type ServiceRecord } from '../registry/service-record.js';
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
    const { consumer, logger } = environment;
    for (const method of contract.methods.values()) this.#strategies(method);
    // Reading options.url must not wait for the first call: a wrong one is an error at once.
    if (options.url !== undefined) this.#directory = this.#open();
    // Made with a method's first call, since that begins to look for providers.
    const invokers = new Map<Method, Invoker>();
    const invoker: Invoker = (invocation) => {
      const { directory } = this;
      let invoke = invokers.get(invocation.method);
      if (!invoke) invokers.set(invocation.method, (invoke = this.#clusterInvoker(invocation.method, directory)));
      if (directory.known) return invoke(invocation);
      return this.#looked(directory, invocation).then(() => invoke(invocation));
    };
    const filters = [...(consumer.filters ?? []), ...(options.filters ?? [])];
    this.#invoke = withMock(compose(filters, invoker), (method) => this.#mockOf(method), contract, logger);
  }

  /** The providers; the first look begins to search for them. */
  get directory(): Directory {
    return (this.#directory ??= this.#open());
  }

  /** Begins to look for providers, if that has not begun. */
  look(): void {
    this.#directory ??= this.#open();
  }

  /** Rejects with a DubboError `no-invoker` if no provider is found and reached within `timeoutMs`. */
  async mustBeReachable(timeoutMs: number): Promise<void> {
    const { directory } = this;
    await directory.settled(timeoutMs);
    try {
      await Promise.any(directory.candidates.map((candidate) => candidate.open(timeoutMs)));
    } catch (error) {
      throw noProviderAtStart(this.service, directory, error as AggregateError);
    }
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
      retries: call.retries,
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

  /** Waits for the first answer of the registries, as long as the call may; what is missing then shows by itself. */
  async #looked(directory: Directory, { method, timeoutMs, deadline = Infinity, signal }: Invocation): Promise<void> {
    const wantedMs = timeoutMs ?? timeoutOf(this.#sources(method));
    const patience = { timeoutMs: Math.min(wantedMs, deadline - Date.now()), signal };
    await within(directory.looked(wantedMs), patience, (why) => {
      if (why === 'aborted') throw canceled(directory.source, signal);
    });
  }

  #candidate(record: ServiceRecord): Candidate {
    const { endpoints, application, consumer, callbacks, logger } = this.#environment;
    const connections = this.options.connections ?? (Number(parameterOf(record, 'connections')) || 0);
    const endpoint = endpoints.acquire(record, connections, heartbeatTo(record, consumer));
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
        callbackLimit: this.options.callbacks ?? (Number(parameterOf(record, 'callbacks')) || DEFAULT_CALLBACKS),
        payload: consumer.payload,
        logArguments: consumer.logArguments ?? false,
        logger,
      }),
      open: (timeoutMs) => endpoint.open(timeoutMs),
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

  #clusterInvoker(method: Method, directory: Directory): Invoker {
    const { logger, compat } = this.#environment;
    const { cluster, balance } = this.#strategies(method);
    return cluster({
      service: this.service,
      directory,
      balance: balance(),
      logger,
      compat,
      retries: (called) => effectiveNumber(this.#sources(called), 'retries', DEFAULT_RETRIES),
      idempotent: (called) => effectiveFlag(this.#sources(called), 'idempotent'),
    });
  }

  /** @throws TypeError for a name that there is not, where the reference or the consumer gives it */
  #strategies(method: Method): { cluster: Cluster; balance: () => LoadBalance } {
    return {
      cluster: this.#choose(method, 'cluster', clusters, 'failover'),
      balance: this.#choose(method, 'loadbalance', loadBalances, 'random'),
    };
  }

  #choose<T>(method: Method, key: 'cluster' | 'loadbalance', known: Readonly<Record<string, T>>, fallback: string): T {
    const own = effective({ ...this.#sources(method), record: undefined }, key);
    const name = String((effective(this.#sources(method), key) ?? own)?.value ?? fallback);
    if (Object.hasOwn(known, name)) return known[name]!;
    const choices = Object.keys(known).join(', ');
    const where = `${serviceKey(this.service)}.${method.name}`;
    if (name === own?.value) throw new TypeError(`${key} is "${name}" for ${where}; it must be one of ${choices}`);
    this.#environment.logger.warn(
      `A provider of ${where} asks for ${key} "${name}"; known are ${choices}. Uses ${fallback}`,
    );
    return known[fallback]!;
  }
}

/** As Java, a consumer that says nothing itself does as the provider expects, who else would take it for dead. */
function heartbeatTo(record: ServiceRecord, consumer: ConsumerOptions): HeartbeatOptions | undefined {
  if (consumer.heartbeat !== undefined || consumer.heartbeatTimeout !== undefined) return undefined;
  const intervalMs = Number(parameterOf(record, 'heartbeat'));
  return intervalMs > 0 ? heartbeatOf(intervalMs) : undefined;
}
