import type { ProtocolOptions, QosOptions } from '../config/options.js';
import type { Connection } from '../exchange/connection.js';
import type { Filter, Invocation } from '../invocation/invocation.js';
import type { Logger } from '../invocation/logger.js';
import type { ServiceId } from '../invocation/method.js';
import { CallWatch } from './call-watch.js';
import { Peers } from './peers.js';
import { QosPort } from './qos-port.js';
import type { ServerView } from './server-view.js';
import { telnetCommandsNamed } from './telnet-commands/names.js';
import { Telnet } from './telnet.js';

export interface OperationsOptions {
  readonly telnet: ProtocolOptions['telnet'];
  readonly qos: QosOptions | undefined;
  /** The address of who calls, `host:port`. */
  readonly callerOf: (invocation: Invocation) => string;
  readonly logger: Logger;
}

/** What operators have of a server: telnet on its Dubbo port, and the QoS port. */
export class Operations {
  readonly watch: CallWatch;
  readonly #enabled: ReadonlySet<string>;
  readonly #options: OperationsOptions;
  readonly #peers: Peers;
  #port: QosPort | undefined;

  /** @throws TypeError if an option holds what is not allowed */
  constructor(options: OperationsOptions) {
    this.#options = options;
    this.#enabled = telnetCommandsNamed(options.telnet);
    this.#peers = new Peers(options.qos ?? {});
    this.watch = new CallWatch(options.callerOf);
  }

  /** The filters that commands need around the calls of a service; none if no command looks at calls. */
  filters(id: ServiceId): readonly Filter[] {
    return this.#enabled.has('count') || this.#enabled.has('trace') ? [this.watch.filter(id)] : [];
  }

  /** Takes what comes on the Dubbo port and belongs to no frame. */
  telnet(server: ServerView): (bytes: Uint8Array, connection: Connection) => void {
    const { logger } = this.#options;
    return new Telnet({ server, enabled: this.#enabled, peers: this.#peers, logger }).receive;
  }

  /** Opens the QoS port if it is enabled. */
  async open(server: ServerView): Promise<void> {
    const { qos, logger } = this.#options;
    if (qos?.enable !== true) return;
    this.#port = new QosPort({ qos, server, peers: this.#peers, logger });
    await this.#port.open();
  }

  /** Closes the QoS port. */
  async close(): Promise<void> {
    await this.#port?.close();
  }
}
