import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Connection } from './connection.js';
import { zooKeeperSettings } from './settings.js';

// What a real server does only in evil hours is said here by a scripted one, over a real socket.

interface Request {
  readonly xid: number;
  readonly type: number;
}

const types = { create: 1, remove: 2, exists: 3, ping: 11, closeSession: -11 };

describe('a connection to ZooKeeper', () => {
  let server: Server;
  let sockets: Socket[];
  let connections: Connection[];
  /** Answers a request, or not. */
  let answer: (request: Request, socket: Socket) => void;

  beforeEach(async () => {
    sockets = [];
    connections = [];
    answer = () => {};
    server = createServer((socket) => {
      sockets.push(socket);
      let shaken = false;
      let unread = Buffer.alloc(0);
      socket.on('error', () => {});
      socket.on('data', (chunk: Buffer) => {
        unread = Buffer.concat([unread, chunk]);
        while (unread.length >= 4 && unread.length >= 4 + unread.readInt32BE(0)) {
          const frame = unread.subarray(4, 4 + unread.readInt32BE(0));
          unread = unread.subarray(4 + frame.length);
          if (shaken) answer({ xid: frame.readInt32BE(0), type: frame.readInt32BE(4) }, socket);
          else socket.write(handshake(900));
          shaken = true;
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    for (const socket of sockets) socket.destroy();
    await Promise.all(connections.map((connection) => connection.close()));
    await new Promise((resolve) => server.close(resolve));
  });

  const open = async (options = {}) => {
    const { port } = server.address() as { port: number };
    const settings = zooKeeperSettings(`127.0.0.1:${port}`, options);
    const never = new AbortController().signal;
    const connection = await Connection.open(settings.servers[0]!, settings, undefined, () => {}, never);
    if (!(connection instanceof Connection)) throw new Error(connection.reason);
    connections.push(connection);
    return connection;
  };

  it('fails an operation alone that is answered by an error the client does not know', async () => {
    const quotaExceeded = -125;
    answer = ({ xid, type }, socket) => socket.write(reply(xid, type === types.create ? quotaExceeded : 0));
    const connection = await open();
    const [created, removed] = await Promise.allSettled([
      connection.create('/a', 'ephemeral'),
      connection.remove('/b'),
    ]);
    expect(created).toMatchObject({ reason: { failure: 'failed', message: expect.stringContaining('error -125') } });
    expect(removed).toMatchObject({ value: true });
  });

  it('ends when an operation is not answered in time, and fails all that is under way', async () => {
    const connection = await open({ operationTimeoutMs: 100 });
    const results = await Promise.allSettled([connection.remove('/a'), connection.owner('/b')]);
    for (const result of results) expect(result).toMatchObject({ reason: { failure: 'connection-lost' } });
    expect(await connection.ended).toEqual({ reason: 'no answer to remove within 100 ms', expired: false });
    await expect(connection.remove('/c')).rejects.toMatchObject({ failure: 'connection-lost' });
  });

  it('asks a silent server, and ends when it stays silent', async () => {
    const asked: number[] = [];
    answer = ({ type }) => asked.push(type);
    const connection = await open();
    expect(await connection.ended).toEqual({ reason: 'no answer to a probe within 300 ms', expired: false });
    expect(asked).toContain(types.exists);
  });

  it('lasts while the server answers', async () => {
    let probes = 0;
    answer = ({ xid, type }, socket) => {
      if (type === types.exists) probes++;
      socket.write(reply(xid, type === types.exists ? -101 : 0));
    };
    const connection = await open();
    await expect.poll(() => probes, { timeout: 5_000 }).toBe(3);
    expect(await Promise.race([connection.ended, Promise.resolve('alive')])).toBe('alive');
  });

  it.each([
    ['no frame', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['an answer to nothing', reply(4711, 0)],
    [
      'an event unknown',
      Buffer.concat([length(16 + 16), header(-1, 0), Buffer.from([0, 0, 0, 77, 0, 0, 0, 3, 0, 0, 0, 2, 47, 97, 0, 0])]),
    ],
  ])('ends at %s, and nothing is thrown', async (_, bytes) => {
    const connection = await open();
    sockets[0]!.write(bytes);
    expect(await connection.ended).toMatchObject({ expired: false });
  });

  it('tells that its session has expired, as soon as any answer says so', async () => {
    answer = ({ xid }, socket) => socket.write(reply(xid, -112));
    const connection = await open();
    await expect(connection.owner('/a')).rejects.toMatchObject({ failure: 'connection-lost' });
    expect(await connection.ended).toEqual({ reason: 'the session has expired', expired: true });
  });

  it('tells why it could not be opened', async () => {
    const { port } = server.address() as { port: number };
    const refused = zooKeeperSettings('127.0.0.1:1');
    const never = new AbortController().signal;
    expect(await Connection.open(refused.servers[0]!, refused, undefined, () => {}, never)).toMatchObject({
      reason: expect.stringContaining('ECONNREFUSED'),
    });
    const unknown = zooKeeperSettings(`no-such-host.invalid:${port}`);
    expect(await Connection.open(unknown.servers[0]!, unknown, undefined, () => {}, never)).toMatchObject({
      reason: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/),
    });
  });

  it('closes within its time though the server does not answer', async () => {
    const connection = await open({ sessionTimeoutMs: 60_000 });
    await connection.close();
    expect(await connection.ended).toMatchObject({ reason: expect.stringMatching(/closed|probe/) });
  });
});

function length(bytes: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeInt32BE(bytes);
  return buffer;
}

function header(xid: number, error: number): Buffer {
  const buffer = Buffer.alloc(16);
  buffer.writeInt32BE(xid);
  buffer.writeInt32BE(error, 12);
  return buffer;
}

function reply(xid: number, error: number): Buffer {
  return Buffer.concat([length(16), header(xid, error)]);
}

/** A new session with this timeout. */
function handshake(timeoutMs: number): Buffer {
  const body = Buffer.alloc(36);
  body.writeInt32BE(timeoutMs, 4);
  body.writeInt32BE(4711, 12);
  body.writeInt32BE(16, 16);
  return Buffer.concat([length(36), body]);
}
