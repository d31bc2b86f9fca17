import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** A network that can fail between a client and a server. */
export interface TcpProxy {
  /** Where clients connect: `127.0.0.1:port`. */
  readonly address: string;
  /** Connections of clients that are open now, and that ever were. */
  readonly open: number;
  readonly accepted: number;
  /** How often bytes that came together were passed on in two parts. */
  readonly splits: number;
  /** Everything passes again: what was held, and new connections. */
  pass(): void;
  /** Connections stay and are accepted, but nothing passes, in neither direction: a partition. */
  hold(): void;
  /** Drops all connections, and new ones at once. */
  refuse(): void;
  /** Lets so many more bytes pass to the clients, then drops all connections; new ones pass. */
  dropAfter(bytes: number): void;
  /** Ends the connections that are open, by FIN or by RST; new ones pass. */
  cut(how: 'fin' | 'rst'): void;
  /** The connections that are open stay so, but whatever is sent on them is lost, their end too; new ones pass. */
  freeze(): void;
  /** As {@link freeze}, and the server has lost them already: only the clients still believe in them. */
  halfOpen(): void;
  /** Bytes that come together pass in two parts, a moment between them, cut one byte later each time. */
  split(on: boolean): void;
  /** Everything takes so much longer, each way. */
  delay(ms: number): void;
  close(): Promise<void>;
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  /** Nothing passes any more, not even the end of the other side. */
  frozen: boolean;
}

/** Between two parts, in milliseconds: for the receiver to have read the first. */
const SPLIT_MS = 1;

/** Starts a proxy on a free port, of 127.0.0.1 unless told otherwise, before a server given as `host:port`. */
export async function startTcpProxy(target: string, bind = '127.0.0.1'): Promise<TcpProxy> {
  const [host, port] = target.split(':');
  const pairs = new Set<Pair>();
  let mode: 'pass' | 'hold' | 'refuse' = 'pass';
  let accepted = 0;
  let budget = Infinity;
  let splitting = false;
  let splits = 0;
  let delayMs = 0;
  const held: (() => void)[] = [];

  const dropAll = () => {
    for (const { client, server } of pairs) {
      client.destroy();
      server.destroy();
    }
  };
  const forward = (pair: Pair, from: Socket, to: Socket, limited: boolean) => {
    const late: { readonly chunk: Buffer; readonly dueAt: number }[] = [];
    let running = false;
    const pass = (chunk: Buffer) => {
      if (pair.frozen) return;
      if (!limited || chunk.length < budget) {
        if (limited) budget -= chunk.length;
        to.write(chunk);
        return;
      }
      const last = chunk.subarray(0, budget);
      budget = Infinity;
      to.end(last, dropAll);
    };
    const passLate = async () => {
      running = true;
      for (let next = late.shift(); next; next = late.shift()) {
        const { chunk, dueAt } = next;
        const aheadMs = dueAt - performance.now();
        if (aheadMs > 0) await wait(aheadMs);
        if (splitting && chunk.length > 1) {
          const at = 1 + (splits++ % (chunk.length - 1));
          pass(chunk.subarray(0, at));
          await wait(SPLIT_MS);
          pass(chunk.subarray(at));
        } else {
          pass(chunk);
        }
      }
      running = false;
    };
    from.on('data', (chunk: Buffer) => {
      if (mode === 'hold') {
        held.push(() => pass(chunk));
      } else if (running || splitting || delayMs > 0) {
        late.push({ chunk, dueAt: performance.now() + delayMs });
        if (!running) void passLate();
      } else {
        pass(chunk);
      }
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
    const pair: Pair = { client, server, frozen: false };
    pairs.add(pair);
    server.on('error', () => {});
    for (const socket of [client, server]) socket.setNoDelay(true);
    const join = (one: Socket, other: Socket) =>
      one.once('close', () => {
        if (!pair.frozen) other.destroy();
        if (other.destroyed) pairs.delete(pair);
      });
    join(client, server);
    join(server, client);
    forward(pair, client, server, false);
    forward(pair, server, client, true);
  });
  await new Promise<void>((resolve) => listener.listen(0, bind, resolve));
  const { port: own } = listener.address() as { port: number };

  return {
    address: `127.0.0.1:${own}`,
    get open() {
      return [...pairs].filter(({ client }) => !client.destroyed).length;
    },
    get accepted() {
      return accepted;
    },
    get splits() {
      return splits;
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
    cut(how) {
      for (const { client, server } of pairs) {
        for (const socket of [client, server]) {
          if (how === 'fin') socket.end();
          else socket.resetAndDestroy();
        }
      }
    },
    freeze() {
      for (const pair of pairs) pair.frozen = true;
    },
    halfOpen() {
      for (const pair of pairs) {
        pair.frozen = true;
        pair.server.resetAndDestroy();
      }
    },
    split(on) {
      splitting = on;
    },
    delay(ms) {
      delayMs = ms;
    },
    close() {
      mode = 'refuse';
      dropAll();
      return new Promise((resolve) => listener.close(() => resolve()));
    },
  };
}
