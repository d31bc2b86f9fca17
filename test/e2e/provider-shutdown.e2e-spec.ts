import { connect } from 'node:net';
import {
  contractOf,
  createClient,
  createServer,
  DubboInterface,
  java,
  silent,
  type CallContext,
  type Handler,
  type ProviderOptions,
  type Registry,
  type Server,
} from '@nestjs-dubbo/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { spawnGroup } from '../support/processes.js';
import { RawPeer, requestBody } from '../support/raw-peer.js';

@DubboInterface('com.acme.house.House', {
  stay: { params: [], returns: java.string },
  visit: { params: [], returns: java.string },
})
abstract class House {
  abstract stay(): Promise<string>;
  abstract visit(): Promise<string>;
}

const house = contractOf(House);
const staying = requestBody({ path: house.interface, method: 'stay' });
const visiting = requestBody({ path: house.interface, method: 'visit' });

/** Calls of stay(), which last until the test ends them. */
const guests: { readonly context: CallContext; readonly leave: () => void }[] = [];
const handlers = new Map<string, Handler>([
  ['stay', (_, context) => new Promise((end) => guests.push({ context, leave: () => end('left') }))],
  ['visit', () => 'welcome'],
]);
/** What happened, in order: lines of the log, and of the registry. */
const told: string[] = [];
const open: { close(): unknown }[] = [];

afterEach(async () => {
  for (const { leave } of guests.splice(0)) leave();
  for (const each of open.splice(0).reverse()) await each.close();
  told.length = 0;
});

/** A registry that notes what it is asked for; `unregister` decides how long taking back lasts. */
function noting(unregister: () => Promise<void> = () => Promise.resolve()): Registry {
  const note = (what: string): Promise<void> => Promise.resolve(void told.push(what));
  return {
    address: 'noting://',
    register: () => note('registered'),
    unregister: () => note('unregistered').then(unregister),
    subscribe: () => ({ close() {} }),
    close: () => note('registry closed'),
  };
}

function make(provider: ProviderOptions = {}, registry = noting()): Server {
  const tell = (line: string): void => void told.push(line);
  const server = createServer({
    application: { name: 'house' },
    registries: [() => registry],
    protocol: { host: '127.0.0.1', port: 0 },
    provider,
    logger: { ...silent, info: tell, warn: tell, error: tell },
  });
  server.export(house, handlers);
  open.push(server);
  return server;
}

async function serve(provider?: ProviderOptions, registry?: Registry): Promise<Server> {
  const server = make(provider, registry);
  await server.listen();
  return server;
}

async function peerOf({ port }: Server): Promise<RawPeer> {
  const peer = await RawPeer.connect(port);
  open.push(peer);
  return peer;
}

const untilStaying = (count: number): Promise<void> => vi.waitFor(() => expect(guests).toHaveLength(count), 5_000);
const untilTold = (line: RegExp): Promise<void> => vi.waitFor(() => expect(told.join('\n')).toMatch(line), 5_000);
const events = (peer: RawPeer): string[] => peer.answers.filter(({ flags }) => flags === 0xa2).map(({ text }) => text);

/** Whether a connection to the port is taken and kept. */
function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

describe('a server that closes', () => {
  it('goes step by step, and says so', async () => {
    const server = await serve();
    const { port } = server;
    const peer = await peerOf(server);
    const stay = peer.ask({ body: staying });
    await untilStaying(1);
    told.length = 0;
    const closed = server.close();
    await untilTold(/waits up to/);
    guests[0]!.leave();
    await closed;
    expect(await stay).toMatchObject({ status: 20 });
    expect(told.map((line) => line.replaceAll(/\d+ ms/g, 'n ms'))).toEqual([
      `Dubbo is closing 127.0.0.1:${port}: takes back 1 registrations`,
      'unregistered',
      'Dubbo is closing: refuses new connections',
      'Dubbo is closing: tells 1 clients to send no more',
      'Dubbo is closing: waits up to n ms for 1 clients and 1 calls',
      'Dubbo closed after n ms; 1 clients were still connected',
      'registry closed',
    ]);
  });

  it('serves calls that still come, refuses connections, and tells each client READONLY', async () => {
    const server = await serve();
    const { port } = server;
    const [busy, idle] = [await peerOf(server), await peerOf(server)];
    const stay = busy.ask({ body: staying });
    await untilStaying(1);
    const closed = server.close();
    await vi.waitFor(() => expect([events(busy), events(idle)]).toEqual([['R'], ['R']]), 5_000);
    expect(await isOpen(port)).toBe(false);
    for (let i = 0; i < 20; i++) expect(await idle.ask({ body: visiting })).toMatchObject({ status: 20 });
    guests[0]!.leave();
    expect(await stay).toMatchObject({ status: 20 });
    await closed;
  });

  it('is left by our own client, whose calls go elsewhere', async () => {
    const [first, second] = [await serve(), await serve()];
    const client = createClient({ application: { name: 'guest' }, registries: [] });
    open.push(client);
    const url = `127.0.0.1:${first.port},127.0.0.1:${second.port}`;
    const stub = client.refer<House>(house, { url, retries: 0 });
    for (let i = 0; i < 20; i++) await stub.visit();
    let closing = true;
    const closed = first.close().finally(() => (closing = false));
    let calls = 0;
    while (closing) {
      expect(await stub.visit()).toBe('welcome');
      calls++;
    }
    await closed;
    expect(calls).toBeGreaterThan(0);
    expect(await stub.visit()).toBe('welcome');
  });

  it('sends no READONLY without readonlySend', async () => {
    const server = await serve({ readonlySend: false });
    const peer = await peerOf(server);
    await peer.ask({ body: visiting });
    await server.close();
    expect(events(peer)).toEqual([]);
    expect(told.join('\n')).not.toContain('send no more');
  });

  it('waits for no client that goes by itself', async () => {
    const server = await serve({ shutdownTimeout: 60_000 });
    const peer = await peerOf(server);
    void peer.ask({ body: staying });
    await untilStaying(1);
    const closed = server.close();
    await untilTold(/waits up to/);
    peer.close();
    await closed;
    expect(guests[0]!.context.signal.aborted).toBe(true);
  });

  it('ends one-way calls whose clients have gone', async () => {
    const server = await serve({ shutdownTimeout: 60_000 });
    const peer = await peerOf(server);
    peer.send({ flags: 0x82, body: staying });
    peer.send({ body: staying });
    await untilStaying(2);
    const [oneway, twoway] = guests.map(({ context }) => context.signal);
    const closed = server.close();
    await untilTold(/waits up to/);
    peer.close();
    await vi.waitFor(() => expect(twoway!.aborted).toBe(true), 5_000);
    guests[0]!.leave();
    await closed;
    // Closing aborts what runs then.
    expect(oneway!.aborted).toBe(false);
  });

  it('is held by a call for shutdownTimeout and no longer, and aborts its signal then', async () => {
    const server = await serve({ shutdownTimeout: 300 });
    const peer = await peerOf(server);
    void peer.ask({ body: staying });
    peer.send({ flags: 0x82, body: staying });
    await untilStaying(2);
    const aborted = guests.map(({ context }) => context.signal);
    expect(aborted.map((signal) => signal.aborted)).toEqual([false, false]);
    await server.close();
    expect(aborted.map((signal) => signal.aborted)).toEqual([true, true]);
    expect(told.join('\n')).toMatch(/gives up 2 calls after \d+ ms. Running: com\.acme\.house\.House\.stay 2x for/);
  });

  it('is not held by a registry that does not answer', async () => {
    const server = await serve(
      { shutdownTimeout: 300 },
      noting(() => new Promise(() => {})),
    );
    await server.close();
    expect(told).toContain('A registry did not confirm in time that this server is unregistered');
  });

  it('waits for nothing with shutdownTimeout 0', async () => {
    const server = await serve({ shutdownTimeout: 0 });
    const peer = await peerOf(server);
    void peer.ask({ body: staying });
    await untilStaying(1);
    const { signal } = guests[0]!.context;
    await server.close();
    expect(signal.aborted).toBe(true);
    expect(events(peer)).toEqual([]);
  });

  it('may be closed at any time, and again', async () => {
    const fresh = make();
    await fresh.close();
    await expect(fresh.listen()).rejects.toThrow('was closed');

    const starting = make();
    const listening = starting.listen();
    await Promise.all([starting.close(), expect(listening).rejects.toThrow('closed while it was starting')]);
    expect(told).not.toContain('registered');

    const started = await serve();
    const { port } = started;
    await Promise.all([started.close(), started.close()]);
    await started.close();
    expect(await isOpen(port)).toBe(false);
    expect(told.filter((line) => line === 'unregistered')).toHaveLength(1);
  });

  it('leaves nothing behind that keeps a process alive', async () => {
    const program = 'test/e2e/provider-shutdown/open-and-close.ts';
    const run = await spawnGroup(process.execPath, ['--import', './test/support/typescript.mjs', program]);
    await run.waitFor(/closed both ends/);
    const code = await Promise.race([run.ended, new Promise((resolve) => setTimeout(resolve, 5_000, 'still alive'))]);
    await run.stop();
    expect([code, run.output()]).toEqual([0, expect.stringContaining('answers pong true') as string]);
  });
});
