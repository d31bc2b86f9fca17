import { connect } from 'node:net';
import { DubboError } from '../invocation/dubbo-error.js';
import { Connection, type ConnectionOptions } from './connection.js';
import { formatAddress } from './wording.js';
import { keepAlive, type HeartbeatOptions } from './heartbeat.js';

export interface Address {
  readonly host: string;
  readonly port: number;
}

export interface DialOptions extends ConnectionOptions {
  readonly connectTimeoutMs: number;
  readonly heartbeat: HeartbeatOptions;
}

/** Opens a connection to a provider. Rejects with a DubboError `network`; nothing was sent then. */
export function dial({ host, port }: Address, options: DialOptions): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const startedAt = Date.now();
    const address = formatAddress(host, port);
    const socket = connect({ host, port });
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
    socket.once('connect', () => {
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

/** A host with several addresses fails with an AggregateError, whose message is empty. */
function reason(error: Error): string {
  return error instanceof AggregateError ? error.errors.map((e: Error) => e.message).join('; ') : error.message;
}
