import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createTcpServer, connect, type Socket } from 'node:net';
import { join } from 'node:path';
import {
  contractOf,
  createClient,
  createServer,
  DubboInterface,
  java,
  silent,
  withCall,
  type CallContext,
  type Client,
  type ConsumerOptions,
  type Handler,
  type Logger,
  type ProtocolOptions,
  type ReferenceOptions,
  type Server,
} from '@nestjs-dubbo/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { RawPeer, requestBody } from '../support/raw-peer.js';

@DubboInterface('com.acme.Line', {
  say: { params: [java.string], returns: java.string },
  tell: { params: [java.string], returns: java.void },
  wait: { params: [java.int], returns: java.string },
  from: { params: [], returns: java.string },
})
abstract class Line {
  abstract say(text: string): Promise<string>;
  abstract tell(text: string): Promise<void>;
  abstract wait(ms: number): Promise<string>;
  abstract from(): Promise<string>;
}

const line = contractOf(Line);
const certificate = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../support/certificates', name), 'utf8');
const ca = certificate('ca.pem');
const identity = (name: string) => ({ cert: certificate(`${name}.pem`), key: certificate(`${name}.key`), ca });

describe('connections', () => {
  const open: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const close of open.splice(0).reverse()) await close();
  });

  async function serve(protocol: ProtocolOptions = {}, more: Record<string, Handler> = {}, logger: Logger = silent) {
    const server: Server = createServer({
      application: { name: 'line' },
      registries: [],
      protocol: { host: '127.0.0.1', port: 0, ...protocol },
      logger,
    });
    const handlers: Record<string, Handler> = {
      say: ([text]) => text,
      tell: () => undefined,
      wait: ([ms]) => new Promise((resolve) => setTimeout(() => resolve('waited'), Number(ms))),
      from: (_args, { remoteAddress }) => remoteAddress,
      ...more,
    };
    server.export(line, new Map(Object.entries(handlers)));
    await server.listen();
    open.push(() => server.close());
    return server;
  }

  function client(consumer: ConsumerOptions = {}, logger: Logger = silent): Client {
    const made = createClient({ application: { name: 'caller' }, registries: [], consumer, logger });
    open.push(() => made.close());
    return made;
  }

  const at = (server: { port: number }, options: ReferenceOptions = {}): ReferenceOptions => ({
    url: `127.0.0.1:${server.port}`,
    ...options,
  });

  async function addresses(stub: Line, calls = 12): Promise<Set<string>> {
    return new Set(await Promise.all(Array.from({ length: calls }, () => stub.from())));
  }

  it('are one per address, shared by all references', async () => {
    const server = await serve();
    const caller = client();
    const [a, b] = [caller.refer<Line>(line, at(server)), caller.refer<Line>(line, at(server, { timeout: 2_000 }))];
    expect(new Set([...(await addresses(a)), ...(await addresses(b))]).size).toBe(1);
  });

  it('are several where asked, shared or private, and used in turn', async () => {
    const server = await serve();
    const caller = client({ shareConnections: 3 });
    const shared = await addresses(caller.refer<Line>(line, at(server)));
    const own = await addresses(caller.refer<Line>(line, at(server, { connections: 2 })));
    expect([shared.size, own.size]).toEqual([3, 2]);
    expect([...own].filter((address) => shared.has(address))).toEqual([]);
  });

  it('open with the first call, or at once where asked', async () => {
    const seen: Socket[] = [];
    const listener = createTcpServer((socket) => seen.push(socket)).listen(0, '127.0.0.1');
    await once(listener, 'listening');
    open.push(() => {
      for (const socket of seen) socket.destroy();
      listener.close();
    });
    const { port } = listener.address() as { port: number };
    const caller = client();
    caller.refer<Line>(line, at({ port }));
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    caller.refer<Line>(line, at({ port }, { lazy: false }));
    await vi.waitFor(() => expect(seen).toHaveLength(2));
    socket.destroy();
  });

  it('speak TLS, and prove both ends where asked', async () => {
    const server = await serve({ tls: { ...identity('provider'), requestCert: true } });
    expect(
      await client({ tls: identity('consumer') })
        .refer<Line>(line, at(server))
        .say('secret'),
    ).toBe('secret');
    const stranger = client({ tls: { ca }, connectTimeout: 1_000 }).refer<Line>(line, at(server, { retries: 0 }));
    await expect(stranger.say('x')).rejects.toMatchObject({ code: 'network' });
    const wary = client({ tls: identity('consumer'), connectTimeout: 1_000 });
    const unnamed = client({ tls: { cert: certificate('consumer.pem'), key: certificate('consumer.key') } });
    await expect(unnamed.refer<Line>(line, at(server)).say('x')).rejects.toThrow(/certificate/);
    expect(await wary.refer<Line>(line, at(server)).say('y')).toBe('y');
  });

  it('are refused beyond the limit', async () => {
    const error = vi.fn<Logger['error']>();
    const server = await serve({ accepts: 1 }, {}, { ...silent, error });
    expect(await client().refer<Line>(line, at(server)).say('first')).toBe('first');
    const second = client({ connectTimeout: 500 }).refer<Line>(line, at(server, { retries: 0, timeout: 500 }));
    await expect(second.say('second')).rejects.toMatchObject({ code: 'network' });
    expect(error.mock.calls[0]![0]).toMatch(/connections greater than max config 1$/);
  });

  it('fail one-way calls that wait to be sent, and only those', async () => {
    const server = await serve();
    const caller = client();
    const sent = caller.refer<Line>(line, at(server, { methods: { tell: { return: false, sent: true } } }));
    await expect(sent.tell('x')).resolves.toBeUndefined();

    // A peer that never reads: what does not fit into the buffers in between stays here.
    const listener = createTcpServer((socket) => socket.pause()).listen(0, '127.0.0.1');
    await once(listener, 'listening');
    open.push(() => void listener.close());
    const { port } = listener.address() as { port: number };
    const methods = { tell: { return: false, sent: true, timeout: 1_000 } };
    const deaf = client({}).refer<Line>(line, at({ port }, { methods }));
    const big = 'x'.repeat(7 * 1024 * 1024);
    const results = await Promise.allSettled([deaf.tell(big), deaf.tell(big), deaf.tell(big), deaf.tell(big)]);
    expect(results.at(-1)).toMatchObject({
      status: 'rejected',
      reason: {
        message: expect.stringMatching(
          /Failed to send message to .* in timeout\(\d+ms\) limit|does not read/,
        ) as unknown,
      },
    });
    // Further calls fail at once, so that they go elsewhere, instead of piling up.
    await expect(deaf.tell('small')).rejects.toThrow(
      /message can not send, because 127\.0\.0\.1:\d+ does not read: \d+ bytes/,
    );
  });

  it('do not pile up answers for a peer that does not read them', async () => {
    let served = 0;
    const text = 'x'.repeat(64 * 1024);
    const server = await serve({}, { say: () => (served++, text) });
    const peer = await RawPeer.connect(server.port);
    peer.pause();
    const body = requestBody({ path: 'com.acme.Line', method: 'say', descriptor: 'Ljava/lang/String;', args: ['a'] });
    const requests = 4_000;
    for (let i = 0; i < requests; i++) peer.send({ body });
    // Other clients are served meanwhile, and the deaf one is not read from any further.
    const other = client().refer<Line>(line, at(server, { timeout: 10_000 }));
    for (let i = 0; i < 50; i++) await other.from();
    await vi.waitFor(() => expect(served).toBeGreaterThan(0));
    const before = served;
    for (let i = 0; i < 50; i++) await other.from();
    expect(served).toBeLessThanOrEqual(before);
    expect(served).toBeLessThan(requests);
    peer.resume();
    await vi.waitFor(() => expect(peer.answers).toHaveLength(requests), { timeout: 20_000 });
    peer.close();
  });

  it('serve the calls that wait for them when the client closes', async () => {
    const server = await serve();
    const caller = client();
    const first = caller.refer<Line>(line, at(server)).say('in time');
    const closed = caller.close();
    expect(await first).toBe('in time');
    await closed;
  });

  it('end at once for a caller that gives up while they are made', async () => {
    const reason = { code: 'network', unsent: true };
    const silentAddress = at({ port: 9 }, { url: '192.0.2.1:9', timeout: 5_000, retries: 0 });
    const stub = client({ connectTimeout: 5_000 }).refer<Line>(line, silentAddress);
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 50);
    const startedAt = performance.now();
    await expect(withCall(stub, { signal: abort.signal }).say('x')).rejects.toMatchObject(reason);
    const context = { deadline: Date.now() + 50, signal: new AbortController().signal };
    await expect(withCall(stub, { context }).say('x')).rejects.toMatchObject({ unsent: true });
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('close with the server, also those that never shook hands', async () => {
    const server = await serve({ tls: identity('provider') });
    const socket = connect(server.port, '127.0.0.1');
    await once(socket, 'connect');
    const gone = once(socket, 'close');
    socket.on('error', () => {});
    await server.close();
    await expect(gone).resolves.toBeDefined();
  });

  it('carry as many bytes as provider and consumer agree on', async () => {
    const payload = 10 * 1024 * 1024;
    const server = await serve({ payload });
    const text = 'x'.repeat(9 * 1024 * 1024);
    expect(
      await client({ payload })
        .refer<Line>(line, at(server, { timeout: 5_000 }))
        .say(text),
    ).toBe(text);
    await expect(client().refer<Line>(line, at(server)).say(text)).rejects.toThrow(
      /Data length too large: 9\d+, max payload: 8388608/,
    );
  });

  it('are checked at start where asked', async () => {
    const server = await serve();
    const caller = client({ check: true, checkTimeout: 1_000 });
    caller.refer<Line>(line, at(server));
    await expect(caller.ready()).resolves.toBeUndefined();
    const { port } = server;
    await server.close();
    const late = client({ check: true, checkTimeout: 1_000 });
    late.refer<Line>(line, at({ port }));
    await expect(late.ready()).rejects.toThrow(
      /^Failed to check the status .* failed to connect to server 127\.0\.0\.1:\d+/,
    );
  });

  it('beat as often as the provider expects, where the consumer says nothing itself', async () => {
    const beats: Buffer[] = [];
    const listener = createTcpServer((socket) => {
      open.push(() => void socket.destroy());
      socket.on('data', (chunk: Buffer) => beats.push(chunk));
    }).listen(0, '127.0.0.1');
    open.push(() => void listener.close());
    await once(listener, 'listening');
    const { port } = listener.address() as { port: number };
    client().refer<Line>(line, { url: `dubbo://127.0.0.1:${port}?heartbeat=50`, lazy: false });
    await vi.waitFor(() => expect(beats.map((beat) => beat[2])).toContain(0xe2), 5_000);
  });

  it('refuse a heartbeat timeout that one lost heartbeat would exceed', () => {
    const wrong = { heartbeat: 1_000, heartbeatTimeout: 1_500 };
    expect(() => client(wrong)).toThrow(
      /^heartbeatTimeout < heartbeatInterval \* 2: heartbeat is 1000, heartbeatTimeout is 1500/,
    );
  });
});

describe('deadlines', () => {
  const open: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of open.splice(0).reverse()) await close();
  });

  /** A chain: outer calls inner, which takes its time; both note what they were told. */
  async function chain(consumer: ConsumerOptions = {}) {
    const seen: { inner?: CallContext; error?: unknown } = {};
    const inner = createServer({
      application: { name: 'inner' },
      registries: [],
      protocol: { host: '127.0.0.1', port: 0 },
    });
    const never: Handler = (_args, context) => {
      seen.inner = context;
      return new Promise(() => context.signal);
    };
    inner.export(line, new Map(['say', 'tell', 'wait', 'from'].map((name) => [name, never])));
    await inner.listen();
    const middle = createClient({ application: { name: 'middle' }, registries: [], consumer });
    const toInner = middle.refer<Line>(line, { url: `127.0.0.1:${inner.port}`, timeout: 60_000 });
    const outer = createServer({
      application: { name: 'outer' },
      registries: [],
      protocol: { host: '127.0.0.1', port: 0 },
    });
    const pass: Handler = async (_args, context) => {
      try {
        return await withCall(toInner, { context }).say('x');
      } catch (error) {
        seen.error = error;
        throw error;
      }
    };
    outer.export(line, new Map(['say', 'tell', 'wait', 'from'].map((name) => [name, pass])));
    await outer.listen();
    const front = createClient({ application: { name: 'front' }, registries: [], consumer });
    open.push(
      () => inner.close(),
      () => middle.close(),
      () => outer.close(),
      () => front.close(),
    );
    return { seen, stub: front.refer<Line>(line, { url: `127.0.0.1:${outer.port}` }) };
  }

  it('travel to nested calls, which end with the outer one', async () => {
    const { seen, stub } = await chain();
    await expect(withCall(stub, { timeout: 200 }).say('x')).rejects.toThrow(/timeout/);
    expect(seen.inner!.deadline! - Date.now()).toBeLessThanOrEqual(200);
    expect(seen.inner!.attachments['_TO']).toBeGreaterThan(0);
    await vi.waitFor(() => expect(seen.inner!.signal.aborted).toBe(true));
    await vi.waitFor(() => expect(seen.error).toBeDefined());
  });

  it('stop a nested call that would begin too late', async () => {
    const { stub } = await chain();
    const context = { deadline: Date.now() - 1, signal: new AbortController().signal };
    await expect(withCall(stub, { context }).say('x')).rejects.toMatchObject({
      code: 'timeout-terminate',
      rpcCode: 8,
      message: expect.stringContaining(
        'No time left for making the following call: com.acme.Line.say, terminate directly.',
      ) as unknown,
    });
  });

  it('are counted down where asked', async () => {
    const { seen, stub } = await chain({ timeoutCountdown: true });
    await expect(withCall(stub, { timeout: 150 }).say('x')).rejects.toThrow('timeout');
    expect(Number(seen.inner!.attachments['_TO'])).toBeLessThanOrEqual(150);
  });

  it('print arguments only where asked', async () => {
    const { seen, stub } = await chain();
    await expect(withCall(stub, { timeout: 50 }).say('secret')).rejects.toThrow(/^(?!.*secret)/s);
    expect(seen.inner).toBeDefined();
    const loud = createClient({ application: { name: 'loud' }, registries: [], consumer: { logArguments: true } });
    open.push(() => loud.close());
    const toInner = loud.refer<Line>(line, { url: seen.inner!.localAddress, timeout: 50 });
    await expect(toInner.say('secret')).rejects.toThrow("arguments=[ 'secret' ]");
  });
});
