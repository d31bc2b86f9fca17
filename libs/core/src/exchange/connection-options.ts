import type { Logger } from '../invocation/logger.js';
import type { Frame, Header } from '../wire/header.js';
import type { Connection } from './connection.js';
import type { Deadlines } from './deadlines.js';

/** What the owner of a connection does with requests; a consumer's connection gets them too (argument callbacks). */
export interface RequestHandler {
  /** A request of the peer, two-way or not; heartbeats and events do not come here. */
  request(frame: Frame, connection: Connection): void;
  /** A request whose body is over the limit; its body was skipped. */
  oversize(header: Header, length: number, connection: Connection): void;
}

export interface ConnectionOptions {
  /** Largest body read, in bytes; 0 or less means no limit. */
  readonly maxBytes: number;
  readonly deadlines: Deadlines;
  readonly logger: Logger;
  readonly handler: RequestHandler;
  /** Called once, when the socket is closed for whatever reason. */
  readonly onClose: (connection: Connection) => void;
  /** Takes bytes that belong to no frame, piece by piece as they arrive. Without it they are logged. */
  readonly onGarbage?: ((bytes: Uint8Array, connection: Connection) => void) | undefined;
}
