import { createServer as createPlainServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createSecureServer } from 'node:tls';
import { Connection, LINGER_MS } from './connection.js';
import type { ConnectionOptions } from './connection-options.js';
import type { Address } from './dial.js';
import type { SecurityOptions } from './tls.js';
import { formatAddress } from './wording.js';
import { keepAlive, type HeartbeatOptions } from './heartbeat.js';

export interface ListenOptions extends ConnectionOptions {
  readonly heartbeat: HeartbeatOptions;
  /** Connections at once; more are closed as they come. Default 0: any number. */
  readonly accepts?: number | undefined;
  /** Speak TLS. Default: plain TCP. */
  readonly tls?: SecurityOptions | undefined;
}

/** A bound port and the connections accepted on it. */
export interface Listener extends Address {
  readonly connections: ReadonlySet<Connection>;
  /** Accepts no more connections; those that are open stay. */
  refuse(): void;
  /** Closes the port and every connection. */
  close(): Promise<void>;
}

/** Binds a port. Rejects with Node's own error (`EADDRINUSE`, `EACCES`) when it cannot. */
export function listen({ host, port }: Partial<Address>, options: ListenOptions): Promise<Listener> {
  const connections = new Set<Connection>();
  const sockets = new Set<Socket>();
  const accept = (socket: Socket): void => {
    if (options.accepts && connections.size >= options.accepts) {
      const remote = formatAddress(socket.remoteAddress, socket.remotePort);
      const limit = `connections greater than max config ${options.accepts}`;
      options.logger.error(`Close channel ${remote}, cause: The server ${host ?? ''}:${port ?? 0} ${limit}`);
      socket.destroy();
      return;
    }
    const connection = new Connection(socket, {
      ...options,
      onClose: (closed) => {
        stop();
        connections.delete(closed);
        options.onClose(closed);
      },
    });
    const stop = keepAlive(connection, 'provider', options.heartbeat);
    connections.add(connection);
  };
  const server = options.tls ? createSecureServer({ ...options.tls }, accept) : createPlainServer(accept);
  // Also those that have not shaken hands yet.
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  // A client that cannot shake hands is not served; nobody else is concerned.
  server.on('tlsClientError', (error: Error) => options.logger.warn(`A TLS client was refused: ${error.message}`));
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port: port ?? 0 }, () => {
      server.removeListener('error', reject);
      server.on('error', (error) =>
        options.logger.error(`The listener on port ${port} failed: ${error.message}`, error),
      );
      const bound = server.address() as AddressInfo;
      resolve({
        host: bound.address,
        port: bound.port,
        connections,
        refuse: () => server.close(),
        close: () => closeAll(server, connections, sockets),
      });
    });
  });
}

async function closeAll(
  server: Server,
  connections: ReadonlySet<Connection>,
  sockets: ReadonlySet<Socket>,
): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const connection of connections) connection.close();
  // A connection needs no longer than it lingers; what is open then never became one.
  const timer = setTimeout(() => {
    for (const socket of sockets) socket.destroy();
  }, LINGER_MS);
  await closed;
  clearTimeout(timer);
}
