import { createServer, type AddressInfo, type Server } from 'node:net';
import { Connection, type ConnectionOptions } from './connection.js';
import type { Address } from './dial.js';
import { keepAlive, type HeartbeatOptions } from './heartbeat.js';

export interface ListenOptions extends ConnectionOptions {
  readonly heartbeat: HeartbeatOptions;
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
  const server = createServer((socket) => {
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
  });
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
        close: () => closeAll(server, connections),
      });
    });
  });
}

async function closeAll(server: Server, connections: ReadonlySet<Connection>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const connection of connections) connection.close();
  await closed;
}
