import { DEFAULT_CALLBACKS } from '../callback/callback-limit.js';
import type { CallbackTerms } from '../callback/received-callback.js';
import { ReceivedCallbacks } from '../callback/received-callbacks.js';
import { reachableHost, reachablePort } from '../config/address.js';
import type { ServerOptions, ServiceOptions } from '../config/options.js';
import { DEFAULT_PAYLOAD, DEFAULT_PORT, DEFAULT_TIMEOUT_MS } from '../config/precedence.js';
import { providerRecord } from '../config/records.js';
import type { Contract } from '../contract/contract.js';
import { Deadlines } from '../exchange/deadlines.js';
import { heartbeatOf } from '../exchange/heartbeat.js';
import { listen, type Listener } from '../exchange/listen.js';
import { limitingWarnings, silent, type Logger } from '../invocation/logger.js';
import type { ServiceId } from '../invocation/method.js';
import { local } from '../registry/local-registry.js';
import type { ServiceRecord } from '../registry/service-record.js';
import { Operations } from '../qos/operations.js';
import type { ServerView } from '../qos/server-view.js';
import { admissionLimits } from './admission-limits.js';
import type { Handler } from './call-context.js';
import { Dispatcher } from './dispatcher.js';
import { ExportTable } from './export-table.js';
import { exportInvoker } from './export-invoker.js';
import { operatedServer } from './operated-server.js';
import { Registrations } from './registrations.js';
import { ServedCall } from './served-call.js';
import { shutDown, type ShutdownOptions } from './shutdown.js';
import { WorkerPool } from './worker-pool.js';

/** Dubbo's default. */
const SHUTDOWN_TIMEOUT_MS = 10_000;

/** Provides services on one port. */
export interface Server {
  /** The bound address; after {@link listen}. */
  readonly host: string;
  readonly port: number;
  /**
   * Provides a service; before or after {@link listen}. `handlers` are by TypeScript method name.
   * @throws Error if the service is exported already or a method of the contract has no handler
   */
  export(contract: Contract, handlers: ReadonlyMap<string, Handler>, options?: ServiceOptions): void;
  /** Binds the port, then registers every service. Rejects if the port is taken, or if the server is closed meanwhile. */
  listen(): Promise<void>;
  /**
   * Unregisters, refuses new connections, tells clients to send no more, serves what still comes, then closes; within
   * `shutdownTimeout`. Idempotent, and may be called at any time.
   */
  close(): Promise<void>;
}

/** Makes a server; nothing is opened before {@link Server.listen}. Throws a TypeError naming an option that is wrong. */
export function createServer(options: ServerOptions): Server {
  return new DubboServer(options);
}

class DubboServer implements Server {
  readonly #options: ServerOptions;
  readonly #logger: Logger;
  readonly #exports = new ExportTable();
  readonly #callbacks = new ReceivedCallbacks();
  readonly #dispatcher: Dispatcher;
  readonly #records: (() => ServiceRecord)[] = [];
  readonly #registrations: Registrations;
  readonly #operations: Operations;
  readonly #view: ServerView;
  #phase: ServerView['phase'] = 'starting';
  readonly #payload: number;
  readonly #shutdown: ShutdownOptions;
  readonly #workers: WorkerPool;
  #binding: Promise<Listener> | undefined;
  #listener: Listener | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: ServerOptions) {
    this.#options = options;
    this.#logger = limitingWarnings(options.logger ?? silent);
    this.#registrations = new Registrations(this.#logger);
    this.#operations = new Operations({
      telnet: options.protocol?.telnet,
      qos: options.qos,
      callerOf: (invocation) => ServedCall.of(invocation).remoteAddress,
      logger: this.#logger,
    });
    this.#view = operatedServer({
      exports: this.#exports,
      registrations: this.#registrations,
      listener: () => this.#bound(),
      phase: () => this.#phase,
      watch: this.#operations.watch,
    });
    this.#payload = options.protocol?.payload ?? DEFAULT_PAYLOAD;
    const { provider = {} } = options;
    this.#shutdown = {
      timeoutMs: provider.shutdownTimeout ?? SHUTDOWN_TIMEOUT_MS,
      readonlySend: provider.readonlySend ?? true,
    };
    this.#workers = new WorkerPool(this.#logger);
    this.#dispatcher = new Dispatcher({
      exports: this.#exports,
      limits: admissionLimits(provider),
      payload: this.#payload,
      exposeStack: provider.exposeStack ?? true,
      logger: options.logger ?? silent,
    });
  }

  get host(): string {
    return this.#bound().host;
  }

  get port(): number {
    return this.#bound().port;
  }

  export(contract: Contract, handlers: ReadonlyMap<string, Handler>, service: ServiceOptions = {}): void {
    const { provider: given = {}, application } = this.#options;
    const id: ServiceId = {
      interface: contract.interface,
      group: service.group ?? given.group ?? '',
      version: service.version ?? given.version ?? '',
    };
    const provider = { ...given, filters: [...this.#operations.filters(id), ...(given.filters ?? [])] };
    const invoke = exportInvoker({
      contract,
      handlers,
      service,
      provider,
      workers: this.#workers,
      maxBytes: this.#payload > 0 ? this.#payload : undefined,
      logger: this.#logger,
    });
    this.#exports.add({ id, contract, invoke, bindCallbacks: this.#callbacks.binder(this.#terms(id, service)) });
    if (service.register === false) return;
    const startedAt = Date.now();
    const record = (): ServiceRecord => {
      const { protocol } = this.#options;
      const host = reachableHost(protocol?.registerHost ?? protocol?.host);
      const port = protocol?.registerPort ?? reachablePort(this.port);
      const { payload, heartbeat } = protocol ?? {};
      const where = { host, port, payload, heartbeat };
      return providerRecord({ application, contract, id, service, provider, startedAt, ...where });
    };
    this.#records.push(record);
    if (this.#listener) void this.#registrations.add([record()]);
  }

  async listen(): Promise<void> {
    if (this.#binding || this.#closing) throw new Error('This server listens already, or was closed; make a new one');
    const { registries = [local()], application } = this.#options;
    this.#binding = this.#bind();
    try {
      this.#listener = await this.#binding;
    } catch (error) {
      this.#binding = undefined;
      throw error;
    }
    this.#mustBeOpen();
    try {
      const context = { application: application.name, logger: this.#logger };
      for (const open of registries) this.#registrations.open(open(context));
    } catch (error) {
      // A server that cannot announce itself does not listen.
      await this.close();
      throw error;
    }
    await this.#operations.open(this.#view);
    this.#mustBeOpen();
    this.#dispatcher.open();
    this.#logger.info(
      `Dubbo listens on ${this.host}:${this.port} and provides ${this.#exports.keys().join(', ') || 'nothing yet'}`,
    );
    await this.#registrations.add(this.#records.map((record) => record()));
    if (!this.#closing) this.#phase = 'started';
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #bind(): Promise<Listener> {
    await this.#workers.open();
    const { protocol = {} } = this.#options;
    const address = { port: protocol.port ?? DEFAULT_PORT, ...(protocol.host ? { host: protocol.host } : {}) };
    return listen(address, {
      maxBytes: this.#payload,
      deadlines: new Deadlines(),
      logger: this.#logger,
      heartbeat: heartbeatOf(protocol.heartbeat, protocol.heartbeatTimeout),
      accepts: protocol.accepts,
      tls: protocol.tls,
      handler: this.#dispatcher,
      onClose: (connection) => this.#dispatcher.disconnected(connection),
      onGarbage: this.#operations.telnet(this.#view),
    });
  }

  async #close(): Promise<void> {
    this.#phase = 'closing';
    // A listen() that has begun binds its port first: it is ours to close then.
    const listener = await this.#binding?.catch(() => undefined);
    if (listener) {
      const { logger = silent } = this.#options;
      const departing = { listener, dispatcher: this.#dispatcher, registrations: this.#registrations, logger };
      await shutDown(departing, this.#shutdown);
    }
    await this.#workers.close();
    await this.#registrations.close();
    await this.#operations.close();
  }

  #mustBeOpen(): void {
    if (this.#closing) throw new Error('This server was closed while it was starting');
  }

  #terms({ group = '' }: ServiceId, service: ServiceOptions): CallbackTerms {
    const { provider = {}, application } = this.#options;
    const timeout = service.timeout ?? provider.timeout ?? 0;
    return {
      application: application.name,
      group,
      limit: service.callbacks ?? provider.callbacks ?? DEFAULT_CALLBACKS,
      timeoutMs: timeout > 0 ? timeout : DEFAULT_TIMEOUT_MS,
      payload: this.#payload,
    };
  }

  #bound(): Listener {
    if (!this.#listener) throw new Error('The address is known after listen()');
    return this.#listener;
  }
}
