import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { silent, type Logger } from '../invocation/logger.js';
import { FLAG_EVENT, FLAG_REQUEST, FLAG_TWOWAY, HEADER_BYTES, HESSIAN2, type Frame } from '../wire/header.js';
import { Status } from '../wire/status.js';
import { Connection } from './connection.js';
import type { RequestHandler } from './connection-options.js';
import { Deadlines } from './deadlines.js';
import { Endpoint } from './endpoint.js';
import { listen, type Listener } from './listen.js';
import type { OutgoingCall } from './pending-call.js';

const heartbeat = { intervalMs: 60_000, timeoutMs: 180_000 };
const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function frameOf(...body: number[]): Uint8Array {
  return Uint8Array.from([...Array.from({ length: HEADER_BYTES }, () => 0), ...body]);
}

function call(body: number[], timeoutMs = 5_000, signal?: AbortSignal): OutgoingCall {
  return { frame: frameOf(...body), timeoutMs, describe: () => 'RpcInvocation [methodName=test]', signal };
}

/** Echoes each body; 0xff as first byte is never answered. */
const echoing: RequestHandler = {
  request: (frame: Frame, connection: Connection) => {
    if (frame.body[0] !== 0xff) connection.respond(frameOf(...frame.body), Status.ok, frame);
  },
  oversize: (header, length, connection) => connection.respond(frameOf(length & 0xff), Status.badRequest, header),
};

async function serve(handler: RequestHandler = echoing, maxBytes = 0, beat = heartbeat): Promise<Listener> {
  const options = { maxBytes, deadlines: new Deadlines(), logger: silent, handler, onClose: () => {}, heartbeat: beat };
  const listener = await listen({ host: '127.0.0.1', port: 0 }, options);
  cleanups.push(() => listener.close());
  return listener;
}

function endpointTo(
  target: { host: string; port: number },
  logger: Logger = silent,
  beat = heartbeat,
  maxBytes = 0,
): Endpoint {
  const options = {
    maxBytes,
    deadlines: new Deadlines(),
    logger,
    handler: echoing,
    heartbeat: beat,
    connectTimeoutMs: 2_000,
    sendReconnect: true,
  };
  const endpoint = new Endpoint(target, 1, options);
  cleanups.push(() => endpoint.close(0));
  return endpoint;
}

/** A peer that answers nothing by itself. */
async function bareServer(onSocket: (socket: Socket) => void): Promise<{ host: string; port: number }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    onSocket(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { host: '127.0.0.1', port: address.port };
}

describe('exchange', () => {
  it('carries many calls at once on one connection, each with its own answer', async () => {
    const listener = await serve();
    const endpoint = endpointTo(listener);
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, i) => endpoint.request(call([i & 0x7f, i >> 7]))),
    );
    expect(answers.map(({ body }) => body[0]! + (body[1]! << 7))).toEqual(answers.map((_, i) => i));
    expect(listener.connections.size).toBe(1);
  });

  it('fails a call that gets no answer with the standard wording, and drops the late answer with a line', async () => {
    const late: { frame: Frame; connection: Connection }[] = [];
    const listener = await serve({ ...echoing, request: (frame, connection) => void late.push({ frame, connection }) });
    const warn = vi.fn<Logger['warn']>();
    const endpoint = endpointTo(listener, { ...silent, warn });
    await expect(endpoint.request(call([1], 60))).rejects.toMatchObject({
      code: 'timeout',
      unsent: false,
      message: expect.stringMatching(
        /^Waiting server-side response timeout by scan timer\. start time: \S+ \S+, end time: \S+ \S+, client elapsed: \d+ ms, server elapsed: \d+ ms, timeout: 60 ms, request: Request \[id=-?\d+, version=2\.0\.2, twoWay=true, event=false, broken=false, mPayload=0, data=RpcInvocation \[methodName=test\]\], channel: \/127\.0\.0\.1:\d+ -> \/127\.0\.0\.1:\d+$/,
      ) as unknown,
    });
    late[0]!.connection.respond(frameOf(1), Status.ok, late[0]!.frame);
    await vi.waitFor(() =>
      expect(warn).toHaveBeenCalledWith(
        expect.stringMatching(/^The timeout response finally returned at .* status is 20, response id is/),
      ),
    );
  });

  it('sends nothing any more once the peer has ended, so that a call may go to another provider', async () => {
    const target = await bareServer((socket) => void setImmediate(() => socket.end()));
    const socket = connect(target);
    cleanups.push(() => void socket.destroy());
    await once(socket, 'connect');
    const options = { maxBytes: 0, deadlines: new Deadlines(), logger: silent, handler: echoing, onClose: () => {} };
    const connection = new Connection(socket, options);
    await once(socket, 'end');
    expect(connection.available).toBe(false);
    await expect(connection.request(call([1]))).rejects.toMatchObject({ code: 'network', unsent: true });
  });

  it('fails pending calls at once when the connection breaks, and connects again for the next', async () => {
    const listener = await serve();
    const endpoint = endpointTo(listener);
    await endpoint.request(call([1]));
    const pending = endpoint.request(call([0xff]));
    await vi.waitFor(() => expect(listener.connections.size).toBe(1));
    for (const connection of listener.connections) connection.close();
    await expect(pending).rejects.toMatchObject({
      code: 'network',
      message: expect.stringMatching(
        /^Channel .* is inactive\. Directly return the unFinished request : Request/,
      ) as unknown,
    });
    expect((await endpoint.request(call([7]))).body[0]).toBe(7);
  });

  it('tells an unreachable provider at once, as unsent', async () => {
    const listener = await serve();
    const { port } = listener;
    await listener.close();
    const endpoint = endpointTo({ host: '127.0.0.1', port });
    await expect(endpoint.request(call([1]))).rejects.toMatchObject({
      code: 'network',
      unsent: true,
      message: expect.stringContaining(`failed to connect to server 127.0.0.1:${port}, error message is:`) as unknown,
    });
    expect(endpoint.available).toBe(false);
  });

  it('gives a call up by its signal', async () => {
    const endpoint = endpointTo(await serve());
    const abort = new AbortController();
    const pending = endpoint.request(call([0xff], 5_000, abort.signal));
    setImmediate(() => abort.abort());
    await expect(pending).rejects.toMatchObject({ message: 'request future has been canceled.' });
    await expect(endpoint.request(call([1], 5_000, abort.signal))).rejects.toMatchObject({ unsent: true });
  });

  it('answers heartbeats and keeps a quiet connection alive by its own', async () => {
    const beat = { intervalMs: 30, timeoutMs: 90 };
    const listener = await serve(echoing, 0, beat);
    const endpoint = endpointTo(listener, silent, beat);
    await endpoint.request(call([1]));
    const [connection] = listener.connections;
    const from = connection!.lastReadAt;
    await vi.waitFor(() => expect(connection!.lastReadAt - from).toBeGreaterThan(200), { timeout: 5_000 });
    expect(connection!.closed).toBe(false);
  });

  it('asks a client that says nothing by itself, and keeps the one that answers', async () => {
    const beat = { intervalMs: 30, timeoutMs: 300 };
    const listener = await serve(echoing, 0, beat);
    let asked = 0;
    const socket = connect(listener);
    cleanups.push(() => void socket.destroy());
    socket.on('data', (heartbeat: Buffer) => {
      asked++;
      expect(heartbeat[2]! & (FLAG_REQUEST | FLAG_TWOWAY | FLAG_EVENT)).toBe(FLAG_REQUEST | FLAG_TWOWAY | FLAG_EVENT);
      const answer = Buffer.from(heartbeat);
      answer.set([FLAG_EVENT | HESSIAN2, Status.ok], 2);
      socket.write(answer);
    });
    await vi.waitFor(() => expect(asked).toBeGreaterThan(10), { timeout: 5_000 });
    expect(listener.connections.size).toBe(1);
  });

  it('takes a silent peer for dead and fails its calls', async () => {
    const target = await bareServer(() => {});
    const endpoint = endpointTo(target, silent, { intervalMs: 30, timeoutMs: 90 });
    await expect(endpoint.request(call([1], 10_000))).rejects.toMatchObject({ code: 'network' });
  });

  it('sends no new calls where the peer said READONLY, and still takes the answers', async () => {
    const held: { frame: Frame; connection: Connection }[] = [];
    const listener = await serve({ ...echoing, request: (frame, connection) => void held.push({ frame, connection }) });
    const endpoint = endpointTo(listener);
    const pending = endpoint.request(call([5]));
    await vi.waitFor(() => expect(held).toHaveLength(1));
    held[0]!.connection.sendReadonly();
    await vi.waitFor(() => expect(endpoint.available).toBe(false));
    held[0]!.connection.respond(frameOf(5), Status.ok, held[0]!.frame);
    expect((await pending).body[0]).toBe(5);
  });

  it('refuses an oversize request and goes on', async () => {
    const endpoint = endpointTo(await serve(echoing, 4));
    expect((await endpoint.request(call([1, 2, 3, 4, 5]))).status).toBe(Status.badRequest);
    expect((await endpoint.request(call([1]))).status).toBe(Status.ok);
  });

  it('fails only the call whose answer is oversize', async () => {
    const endpoint = endpointTo(await serve(), silent, heartbeat, 4);
    const [big, small] = await Promise.allSettled([
      endpoint.request(call([1, 2, 3, 4, 5])),
      endpoint.request(call([1])),
    ]);
    expect(big).toMatchObject({ reason: { message: expect.stringContaining('Data length too large: 5') as unknown } });
    expect(small.status).toBe('fulfilled');
  });

  it('echoes ids of 64 bits, negative ones too', async () => {
    const listener = await serve();
    const socket = connect(listener.port, '127.0.0.1');
    cleanups.push(() => void socket.destroy());
    const request = Buffer.alloc(HEADER_BYTES + 1);
    request.set([0xda, 0xbb, FLAG_REQUEST | FLAG_TWOWAY | 2]);
    request.writeBigInt64BE(-0x7fff_ffff_ffff_fff5n, 4);
    request.writeInt32BE(1, 12);
    socket.write(request);
    const answer = await new Promise<Buffer>((resolve) => socket.once('data', resolve));
    expect(answer.readBigInt64BE(4)).toBe(-0x7fff_ffff_ffff_fff5n);
    expect(answer[2]! & (FLAG_REQUEST | FLAG_EVENT)).toBe(0);
  });

  it('waits for pending calls when it is closed', async () => {
    const held: { frame: Frame; connection: Connection }[] = [];
    const listener = await serve({ ...echoing, request: (frame, connection) => void held.push({ frame, connection }) });
    const endpoint = endpointTo(listener);
    const pending = endpoint.request(call([9]));
    await vi.waitFor(() => expect(held).toHaveLength(1));
    const closed = endpoint.close(5_000);
    held[0]!.connection.respond(frameOf(9), Status.ok, held[0]!.frame);
    expect((await pending).body[0]).toBe(9);
    await closed;
    await expect(endpoint.request(call([1]))).rejects.toMatchObject({ code: 'network', unsent: true });
  });
});
