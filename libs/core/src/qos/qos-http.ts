import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Connection } from '../exchange/connection.js';
import type { Logger } from '../invocation/logger.js';
import type { Command, Session } from './command.js';
import { qosCommands } from './qos-commands/index.js';
import type { ServerView } from './server-view.js';
import { runCommand } from './text-session.js';

const MAX_HEADER_BYTES = 8 * 1024;
const IDLE_MS = 10_000;

/**
 * QoS commands by HTTP (source: org.apache.dubbo HttpProcessHandler): `GET /offline/com.acme.*` or
 * `GET /offline?pattern=…`. One request a connection.
 */
export class QosHttp {
  readonly #http: Server;
  readonly #server: ServerView;
  readonly #logger: Logger;

  constructor(server: ServerView, logger: Logger) {
    this.#server = server;
    this.#logger = logger;
    this.#http = createServer(
      { maxHeaderSize: MAX_HEADER_BYTES, keepAlive: false },
      (request, response) => void this.#answer(request, response),
    );
    this.#http.timeout = IDLE_MS;
  }

  /** Serves a connection that somebody else has accepted and owns. */
  serve(socket: Socket): void {
    this.#http.emit('connection', socket);
  }

  close(): void {
    this.#http.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.resume();
    const { method = '', url = '/' } = request;
    if (fromBrowser(request)) return send(response, 403, 'QoS takes no requests of web pages');
    const target = parseTarget(url);
    const command = qosCommands.find(({ name }) => name === target?.name);
    if (!command || !target || !['GET', 'HEAD', 'POST'].includes(method)) return send(response, 404, '');
    const session = new HttpSession(this.#server);
    const text = await runCommand(command, target.args, session, this.#logger);
    send(response, session.httpStatus, text);
  }
}

interface Target {
  readonly name: string;
  readonly args: string;
}

/** The first segment is the command, the rest and the query's values its arguments. */
function parseTarget(url: string): Target | undefined {
  try {
    const { pathname, searchParams } = new URL(url, 'http://qos');
    const [name = '', ...rest] = pathname.split('/').slice(1).map(decodeURIComponent);
    return { name, args: [...rest, ...searchParams.values()].join(' ').trim() };
  } catch {
    return undefined;
  }
}

/** A page in a browser of this machine could else take services offline. */
function fromBrowser({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site'];
  return headers.origin !== undefined || (site !== undefined && site !== 'none' && site !== 'same-origin');
}

function send(response: ServerResponse, status: number, text: string): void {
  const body = Buffer.from(text);
  response.sendDate = false;
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': body.length,
    connection: 'close',
  });
  response.end(body);
}

/** Lasts for one request. */
class HttpSession implements Session {
  readonly server: ServerView;
  readonly commands: readonly Command[] = qosCommands;
  readonly connection: Connection | undefined = undefined;
  readonly closed = false;
  service: string | undefined;
  httpStatus = 200;

  constructor(server: ServerView) {
    this.server = server;
  }

  /** The answer is all that is shown. */
  show(): void {}

  /** It ends with its answer anyway. */
  end(): void {}
}
