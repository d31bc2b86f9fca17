import type { Connection } from '../exchange/connection.js';
import { hostOf, skippedBytes } from '../exchange/wording.js';
import type { Logger } from '../invocation/logger.js';
import type { Peers } from './peers.js';
import type { ServerView } from './server-view.js';
import { telnetCommands } from './telnet-commands/index.js';
import { TextSession } from './text-session.js';

const MAX_LINE_BYTES = 16 * 1024;

export interface TelnetOptions {
  readonly server: ServerView;
  /** Names of the commands that are answered. */
  readonly enabled: ReadonlySet<string>;
  readonly peers: Peers;
  readonly logger: Logger;
}

/** Answers lines of text on the Dubbo port as Dubbo does (source: org.apache.dubbo TelnetHandlerAdapter). */
export class Telnet {
  readonly #options: TelnetOptions;
  readonly #sessions = new WeakMap<Connection, TextSession>();

  constructor(options: TelnetOptions) {
    this.#options = options;
  }

  /** Takes bytes that belong to no frame. */
  readonly receive = (bytes: Uint8Array, connection: Connection): void => {
    const { peers, logger } = this.#options;
    if (!peers.permits(hostOf(connection.remoteAddress))) {
      logger.warn(`${skippedBytes(bytes.length, connection)}; telnet is not for its address, see qos.whitelist`);
      return;
    }
    let session = this.#sessions.get(connection);
    if (!session) this.#sessions.set(connection, (session = this.#open(connection)));
    session.push(bytes);
  };

  #open(connection: Connection): TextSession {
    const { server, enabled, logger } = this.#options;
    return new TextSession({
      server,
      commands: telnetCommands,
      connection,
      maxLineBytes: MAX_LINE_BYTES,
      refuse: ({ name }) => (enabled.has(name) ? undefined : disabled(name)),
      unknown: (name) => `Unsupported command: ${name}`,
      farewell: '',
      write: (text) => connection.write(Buffer.from(text)),
      close: () => connection.close(),
      closed: () => connection.closed,
      peer: connection.remoteAddress,
      skipped: (count) => skippedBytes(count, connection),
      logger,
    });
  }
}

function disabled(name: string): string {
  return (
    `Command: ${name} disabled for security reasons, ` +
    `please enable support by listing the commands through 'telnet'`
  );
}
