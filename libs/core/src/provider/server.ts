import { setTimeout as delay } from 'node:timers/promises';
import { reachableHost, reachablePort } from '../config/address.js';
import type { ServerOptions, ServiceOptions } from '../config/options.js';
import { DEFAULT_PAYLOAD, DEFAULT_PORT } from '../config/precedence.js';
import { providerRecord } from '../config/records.js';
import type { Contract } from '../contract/contract.js';
import { Deadlines } from '../exchange/deadlines.js';
import { heartbeatOf } from '../exchange/heartbeat.js';
import { listen, type Listener } from '../exchange/listen.js';
import { limitingWarnings, silent, type Logger } from '../invocation/logger.js';
import type { ServiceId } from '../invocation/method.js';
import { local } from '../registry/local-registry.js';
import type { ServiceRecord } from '../registry/service-record.js';
import type { Handler } from './call-context.js';
import { Dispatcher } from './dispatcher.js';
import { ExportTable } from './export-table.js';
import { exportInvoker } from './export-invoker.js';
import { Registrations } from './registrations.js';

/** How long a closing server waits for calls it serves, in milliseconds. */
const DRAIN_MS = 10_000;
/** How long clients have to notice that this server is going, in milliseconds. */
const QUIET_MS = 200;
const DRAIN_STEP_MS = 10;

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
  /** Binds the port, then registers every service. Rejects if the port is taken. */
  listen(): Promise<void>;
  /** Unregisters, tells clients to send no more, serves what has come, then closes. Idempotent. */
  close(): Promise<void>;
}

/** Makes a server; nothing is opened before {@link Server.listen}. */
export function createServer(options: ServerOptions): Server {
  return new DubboServer(options);
}

class DubboServer implements Server {
  readonly #options: ServerOptions;
  readonly #logger: Logger;
  readonly #exports = new ExportTable();
  readonly #dispatcher: Dispatcher;
  readonly #records: (() => ServiceRecord)[] = [];
  readonly #registrations: Registrations;
  readonly #payload: number;
  #listener: Listener | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: ServerOptions) {
    this.#options = options;
    this.#logger = limitingWarnings(options.logger ?? silent);
    this.#registrations = new Registrations(this.#logger);
    this.#payload = options.protocol?.payload ?? DEFAULT_PAYLOAD;
    this.#dispatcher = new Dispatcher({
      exports: this.#exports,
      payload: this.#payload,
      exposeStack: options.provider?.exposeStack ?? true,
      logger: this.#logger,
    });
  }

  get host(): string {
    return this.#bound().host;
  }

  get port(): number {
    return this.#bound().port;
  }

  export(contract: Contract, handlers: ReadonlyMap<string, Handler>, service: ServiceOptions = {}): void {
    const { provider = {}, application } = this.#options;
    const id: ServiceId = {
      interface: contract.interface,
      group: service.group ?? provider.group ?? '',
      version: service.version ?? provider.version ?? '',
    };
    const invoke = exportInvoker({ contract, handlers, service, provider, logger: this.#logger });
    this.#exports.add({ id, contract, invoke });
    if (service.register === false) return;
    const startedAt = Date.now();
    const record = (): ServiceRecord => {
      const { protocol } = this.#options;
      const host = reachableHost(protocol?.registerHost ?? protocol?.host);
      const port = protocol?.registerPort ?? reachablePort(this.port);
      return providerRecord({ application, contract, id, service, provider, host, port, startedAt });
    };
    this.#records.push(record);
    if (this.#listener) void this.#registrations.add([record()]);
  }

  async listen(): Promise<void> {
    if (this.#listener || this.#closing) throw new Error('This server listens already, or was closed; make a new one');
    const { protocol = {}, registries = [local()], application } = this.#options;
    const address = { port: protocol.port ?? DEFAULT_PORT, ...(protocol.host ? { host: protocol.host } : {}) };
    this.#listener = await listen(address, {
      maxBytes: this.#payload,
      deadlines: new Deadlines(),
      logger: this.#logger,
      heartbeat: heartbeatOf(protocol.heartbeat, protocol.heartbeatTimeout),
      accepts: protocol.accepts,
      tls: protocol.tls,
      handler: this.#dispatcher,
      onClose: (connection) => this.#dispatcher.disconnected(connection),
    });
    this.#logger.info(
      `Dubbo listens on ${this.host}:${this.port} and provides ${this.#exports.keys().join(', ') || 'nothing yet'}`,
    );
    const context = { application: application.name, logger: this.#logger };
    this.#registrations.open(registries.map((open) => open(context)));
    await this.#registrations.add(this.#records.map((record) => record()));
  }

  close(): Promise<void> {
    return (this.#closing ??= this.#close());
  }

  async #close(): Promise<void> {
    const listener = this.#listener;
    await this.#registrations.unregister();
    if (listener) {
      listener.refuse();
      for (const connection of listener.connections) connection.sendReadonly();
      await this.#drained(listener);
      await listener.close();
    }
    await this.#registrations.close();
  }

  /** Waits until every client has gone, or nothing has come for a while and nothing is being served. */
  async #drained({ connections }: Listener): Promise<void> {
    const startedAt = performance.now();
    const elapsed = (): number => performance.now() - startedAt;
    const quiet = (): boolean => elapsed() >= QUIET_MS && this.#dispatcher.isQuiet(QUIET_MS);
    while (connections.size > 0 && !quiet() && elapsed() < DRAIN_MS) await delay(DRAIN_STEP_MS);
  }

  #bound(): Listener {
    if (!this.#listener) throw new Error('The address is known after listen()');
    return this.#listener;
  }
}
