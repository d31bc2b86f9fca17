import { connect, createServer, type Socket } from 'node:net';

/** A network that can fail between a client and a server. */
export interface TcpProxy {
  /** Where clients connect: `127.0.0.1:port`. */
  readonly address: string;
  /** Connections of clients that are open now, and that ever were. */
  readonly open: number;
  readonly accepted: number;
  /** Everything passes again: what was held, and new connections. */
  pass(): void;
  /** Connections stay and are accepted, but nothing passes, in neither direction: a partition. */
  hold(): void;
  /** Drops all connections, and new ones at once. */
  refuse(): void;
  /** Lets so many more bytes pass to the clients, then drops all connections; new ones pass. */
  dropAfter(bytes: number): void;
  close(): Promise<void>;
}

/** Starts a proxy on a free port before a server given as `host:port`. */
export async function startTcpProxy(target: string): Promise<TcpProxy> {
  const [host, port] = target.split(':');
  const pairs = new Set<{ client: Socket; server: Socket }>();
  let mode: 'pass' | 'hold' | 'refuse' = 'pass';
  let accepted = 0;
  let budget = Infinity;
  const held: (() => void)[] = [];

  const dropAll = () => {
    for (const { client, server } of pairs) {
      client.destroy();
      server.destroy();
    }
  };
  const forward = (from: Socket, to: Socket, limited: boolean) => {
    const pass = (chunk: Buffer) => {
      if (!limited || chunk.length < budget) {
        if (limited) budget -= chunk.length;
        to.write(chunk);
        return;
      }
      const last = chunk.subarray(0, budget);
      budget = Infinity;
      to.end(last, dropAll);
    };
    from.on('data', (chunk: Buffer) => {
      if (mode === 'hold') held.push(() => pass(chunk));
      else pass(chunk);
    });
  };
  const listener = createServer((client) => {
    accepted++;
    client.on('error', () => {});
    if (mode === 'refuse') {
      client.destroy();
      return;
    }
    const server = connect(Number(port), host);
    const pair = { client, server };
    pairs.add(pair);
    server.on('error', () => {});
    client.once('close', () => {
      pairs.delete(pair);
      server.destroy();
    });
    server.once('close', () => client.destroy());
    forward(client, server, false);
    forward(server, client, true);
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port: own } = listener.address() as { port: number };

  return {
    address: `127.0.0.1:${own}`,
    get open() {
      return pairs.size;
    },
    get accepted() {
      return accepted;
    },
    pass() {
      mode = 'pass';
      for (const release of held.splice(0)) release();
    },
    hold() {
      mode = 'hold';
    },
    refuse() {
      mode = 'refuse';
      held.length = 0;
      dropAll();
    },
    dropAfter(bytes) {
      budget = bytes;
    },
    close() {
      mode = 'refuse';
      dropAll();
      return new Promise((resolve) => listener.close(() => resolve()));
    },
  };
}
