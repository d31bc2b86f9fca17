import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectSecure } from 'node:tls';
import { DubboError } from '../invocation/dubbo-error.js';
import { Connection } from './connection.js';
import type { ConnectionOptions } from './connection-options.js';
import type { SecurityOptions } from './tls.js';
import { formatAddress } from './wording.js';
import { keepAlive, type HeartbeatOptions } from './heartbeat.js';

export interface Address {
  readonly host: string;
  readonly port: number;
}

export interface DialOptions extends ConnectionOptions {
  readonly connectTimeoutMs: number;
  readonly heartbeat: HeartbeatOptions;
  /** Speak TLS. Default: plain TCP. */
  readonly tls?: SecurityOptions | undefined;
}

/** Opens a connection to a provider. Rejects with a DubboError `network`; nothing was sent then. */
export function dial({ host, port }: Address, options: DialOptions): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const startedAt = Date.now();
    const address = formatAddress(host, port);
    const socket = open({ host, port }, options.tls);
    const timer = setTimeout(() => {
      const elapsed = `client-side timeout ${options.connectTimeoutMs}ms (elapsed: ${Date.now() - startedAt}ms)`;
      fail(`failed to connect to server ${address} ${elapsed}`);
    }, options.connectTimeoutMs);
    const onError = (error: Error) =>
      fail(`failed to connect to server ${address}, error message is:${reason(error)}`, error);

    function fail(detail: string, cause?: unknown): void {
      clearTimeout(timer);
      socket.destroy();
      // The socket may still report; nobody listens any more.
      socket.removeListener('error', onError).on('error', () => {});
      const message = `client(url: dubbo://${address}) ${detail}`;
      reject(new DubboError('network', message, { address, unsent: true, cause }));
    }

    socket.once('error', onError);
    socket.once(options.tls ? 'secureConnect' : 'connect', () => {
      clearTimeout(timer);
      socket.removeListener('error', onError);
      let stop: () => void = () => {};
      const onClose = (closed: Connection): void => {
        stop();
        options.onClose(closed);
      };
      const connection = new Connection(socket, { ...options, onClose });
      stop = keepAlive(connection, 'consumer', options.heartbeat);
      resolve(connection);
    });
  });
}

function open({ host, port }: Address, security: SecurityOptions | undefined): Socket {
  if (!security) return connectPlain({ host, port });
  // An address is no server name (RFC 6066); Node then checks the certificate's addresses.
  const servername = security.servername ?? (isIP(host) ? '' : host);
  return connectSecure({ host, port, ...security, servername });
}

/** A host with several addresses fails with an AggregateError, whose message is empty. */
function reason(error: Error): string {
  return error instanceof AggregateError ? error.errors.map((e: Error) => e.message).join('; ') : error.message;
}
