import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { QosOptions } from '../config/options.js';
import { formatAddress } from '../exchange/wording.js';
import type { Logger } from '../invocation/logger.js';
import { FOREIGN_IP, type Peers } from './peers.js';
import { qosCommands } from './qos-commands/index.js';
import { QosHttp } from './qos-http.js';
import type { ServerView } from './server-view.js';
import { TextSession } from './text-session.js';

const DEFAULT_QOS_PORT = 22222;
const LAST_PORT = 65_535;
/** How many ports after the wanted one are tried. */
const MAX_TRIES = 100;
const MAX_LINE_BYTES = 2048;
/** An operator who says nothing for so long is disconnected. */
const IDLE_MS = 5 * 60_000;

export interface QosPortOptions {
  readonly qos: QosOptions;
  readonly server: ServerView;
  readonly peers: Peers;
  readonly logger: Logger;
}

/** The port for operators and probes: commands as lines and as HTTP, told apart by the first byte. */
export class QosPort {
  readonly #options: QosPortOptions;
  readonly #http: QosHttp;
  readonly #sockets = new Set<Socket>();
  #listener: Server | undefined;
  #opening: Promise<void> | undefined;

  constructor(options: QosPortOptions) {
    this.#options = options;
    this.#http = new QosHttp(options.server, options.logger);
  }

  /** Binds the wanted port or the next that is free. Never rejects: a service must not fail for it, so it is logged. */
  open(): Promise<void> {
    return (this.#opening ??= this.#open());
  }

  /** Closes the port and every connection. Idempotent. */
  async close(): Promise<void> {
    await this.#opening;
    const listener = this.#listener;
    if (!listener) return;
    this.#listener = undefined;
    const closed = new Promise<void>((resolve) => listener.close(() => resolve()));
    for (const socket of this.#sockets) socket.destroy();
    this.#http.close();
    await closed;
  }

  async #open(): Promise<void> {
    const { qos, logger } = this.#options;
    const wanted = qos.port ?? DEFAULT_QOS_PORT;
    const foreign = qos.acceptForeignIp === true || (qos.whitelist?.length ?? 0) > 0;
    const host = qos.host ?? (foreign ? undefined : '127.0.0.1');
    for (let port = wanted; port <= Math.min(wanted + MAX_TRIES, LAST_PORT); port++) {
      try {
        this.#listener = await this.#bind(port, host);
        const { address, port: bound } = this.#listener.address() as AddressInfo;
        const instead = bound === wanted || wanted === 0 ? '' : `; ${wanted} is taken`;
        logger.info(`QoS listens on ${formatAddress(address, bound)}${instead}`);
        return;
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        if (code === 'EADDRINUSE' && wanted !== 0) continue;
        logger.warn(`Fail to start qos server: ${message}`);
        return;
      }
    }
    logger.warn(`Fail to start qos server: no port from ${wanted} on is free`);
  }

  #bind(port: number, host: string | undefined): Promise<Server> {
    const listener = createServer((socket) => this.#accept(socket));
    return new Promise((resolve, reject) => {
      listener.once('error', reject);
      listener.listen({ port, host }, () => {
        listener.removeListener('error', reject);
        listener.on('error', (error) => this.#options.logger.warn(`The QoS port failed: ${error.message}`));
        resolve(listener);
      });
    });
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.setTimeout(IDLE_MS, () => socket.destroy());
    const { peers, logger } = this.#options;
    if (!peers.permits(socket.remoteAddress)) {
      logger.warn(`Refused ${socket.remoteAddress} on the QoS port; see qos.acceptForeignIp and qos.whitelist`);
      socket.end(`\r\n${FOREIGN_IP}\r\n`, () => socket.destroy());
      return;
    }
    socket.once('data', (first: Buffer) => {
      if (isHttp(first)) {
        socket.unshift(first);
        this.#http.serve(socket);
        return;
      }
      const session = this.#openSession(socket);
      socket.on('data', (bytes: Buffer) => session.push(bytes));
      session.push(first);
    });
  }

  #openSession(socket: Socket): TextSession {
    const { server, logger } = this.#options;
    const peer = formatAddress(socket.remoteAddress, socket.remotePort);
    return new TextSession({
      server,
      commands: qosCommands,
      maxLineBytes: MAX_LINE_BYTES,
      unknown: (name) => `${name} :no such command`,
      farewell: 'BYE!\n',
      write: (text) => new Promise((resolve) => socket.write(text, () => resolve())),
      close: () => socket.end(() => socket.destroy()),
      closed: () => !socket.writable,
      peer,
      skipped: (count) => `Skipped ${count} bytes from ${peer} on the QoS port that are no text`,
      logger,
    });
  }
}

/** Commands are lower case, methods of HTTP upper case. */
function isHttp(first: Uint8Array): boolean {
  return first[0]! >= 0x41 && first[0]! <= 0x5a;
}
