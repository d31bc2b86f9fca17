import { type Logger, type Registry, silent } from '@nestjs-dubbo/core';
import { zookeeper } from '@nestjs-dubbo/registry-zookeeper';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { follow, provider } from '../conformance/registry.js';
import { type ProcessGroup, spawnGroup } from '../support/processes.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { type OwnZooKeeperServer, startOwnZooKeeper, zooKeeperStartTimeoutMs } from '../support/zookeeper.js';
import { expireSession } from '../support/zookeeper-client.js';

// Why the registry does not simply use node-zookeeper-client: each trouble is put upon the bare client, in a process of its
// own, and upon our registry, with the same server. If one of these fails for the bare client, that has improved, and
// something of ours may go.
describe('where node-zookeeper-client by itself', { timeout: 60_000 }, () => {
  const within = { timeout: 15_000, interval: 10 };
  const sessionTimeoutMs = 1_500;
  let server: OwnZooKeeperServer;
  let bareProxy: TcpProxy;
  let ourProxy: TcpProxy;
  let bare: ProcessGroup | undefined;
  let registry: Registry | undefined;
  let lines: string[];

  beforeAll(async () => {
    server = await startOwnZooKeeper();
  }, zooKeeperStartTimeoutMs);
  beforeEach(async () => {
    [bareProxy, ourProxy] = await Promise.all([startTcpProxy(server.connect), startTcpProxy(server.connect)]);
    lines = [];
  });
  afterEach(async () => {
    await Promise.all([registry?.close(), bare?.kill()]);
    await Promise.all([bareProxy.close(), ourProxy.close()]);
    registry = undefined;
    bare = undefined;
  });
  afterAll(() => server?.stop());

  const both = (change: (proxy: TcpProxy) => void) => [bareProxy, ourProxy].forEach(change);
  const openOurs = () => {
    const keep = (message: string) => void lines.push(message);
    const logger: Logger = { ...silent, info: keep, warn: keep };
    const options = { group: `dubbo-test-${randomUUID()}`, sessionTimeoutMs, connectTimeoutMs: 500 };
    registry = zookeeper(ourProxy.address, options)({ application: 'suite', logger });
    return registry;
  };
  /** A process with a client that writes each of its states. */
  const startBare = async (script: string) => {
    const prelude = `
      Math.random = () => 0.1;
      const options = { sessionTimeout: ${sessionTimeoutMs}, spinDelay: 5_000 };
      const client = require('node-zookeeper-client').createClient('${bareProxy.address}', options);
      client.on('state', ({ name }) => console.log(name));
      client.on('error', (error) => console.log(error));
      setInterval(() => {}, 1_000);`;
    return (bare = await spawnGroup(process.execPath, ['-e', prelude + script]));
  };

  it('holds a silent server for connected, the registry notices', async () => {
    const client = await startBare('client.connect()');
    await client.waitFor(/SYNC_CONNECTED/);
    const seen = follow(openOurs(), 'com.acme.A');
    await expect.poll(() => seen.latest()?.state, within).toBe('live');
    both((proxy) => proxy.hold());
    await expect.poll(() => seen.latest()!.state, within).toBe('stale');
    expect(client.output()).toBe('SYNC_CONNECTED\n');
    both((proxy) => proxy.pass());
    await expect.poll(() => seen.latest()!.state, within).toBe('live');
  });

  it('waits for ever for its session, the registry tries again', async () => {
    both((proxy) => proxy.hold());
    const client = await startBare('client.connect()');
    await expect.poll(() => bareProxy.accepted, within).toBe(1);
    const registered = openOurs().register(provider('com.acme.A', 1));
    // Beyond the session timeout of both.
    await expect.poll(() => ourProxy.accepted, within).toBeGreaterThan(3);
    expect(bareProxy.accepted).toBe(1);
    expect(client.output()).toBe('');
    both((proxy) => proxy.pass());
    await registered;
  });

  it('keeps half an answer over a reconnect and throws out of its socket, the registry begins with an empty buffer', async () => {
    const client = await startBare(`client.connect(); setInterval(() => client.exists('/', () => {}), 20)`);
    await client.waitFor(/SYNC_CONNECTED/);
    const ours = openOurs();
    await ours.register(provider('com.acme.A', 1));
    both((proxy) => proxy.dropAfter(3));
    await ours.register(provider('com.acme.A', 2));
    expect(await client.ended).toBe(1);
    expect(client.output()).toContain('out of buffer range');
  });

  it('cannot be closed in the tick in which it connects, the registry can', async () => {
    const client = await startBare('client.connect(); client.close()');
    expect(await client.ended).toBe(1);
    expect(client.output()).toContain('TypeError');
    await openOurs().close();
  });

  it('connects though it was closed, and throws out of its socket; the registry ends', async () => {
    both((proxy) => proxy.refuse());
    const ours = openOurs();
    await expect.poll(() => lines.join(), within).toContain('is away');
    await ours.close();
    const { accepted } = ourProxy;
    // It waits 500 ms before it connects for the second time.
    const client = await startBare(`
      client.exists('/', () => {});
      client.connect();
      setTimeout(() => { client.close(); console.log('closed'); }, 200);`);
    await client.waitFor(/closed/);
    both((proxy) => proxy.pass());
    expect(await client.ended).toBe(1);
    expect(client.output()).toContain('Unknown code');
    expect(ourProxy.accepted).toBe(accepted);
  });

  it('does at any later time what was asked while it was away, the registry what is wanted then', async () => {
    both((proxy) => proxy.refuse());
    const client = await startBare(`
      client.connect();
      client.create('/late-${randomUUID()}', (error) => console.log('created', error));`);
    await expect.poll(() => bareProxy.accepted, within).toBe(1);
    const ours = openOurs();
    const registered = ours.register(provider('com.acme.A', 1));
    await ours.unregister(provider('com.acme.A', 1));
    await expect(registered).rejects.toMatchObject({ code: 'registry' });
    both((proxy) => proxy.pass());
    await client.waitFor(/created null/);
    const seen = follow(ours, 'com.acme.A');
    await expect.poll(seen.latest, within).toMatchObject({ state: 'live', providers: [] });
  });

  it('clings to a session that has expired, the registry begins a new one', async () => {
    const client = await startBare(`
      client.once('connected', () => console.log('session', client.getSessionId().toString('hex')));
      client.on('expired', () => setTimeout(() => client.connect(), 50));
      client.connect();`);
    const [, session] = await client.waitFor(/session (\w+)/);
    const ours = openOurs();
    await ours.register(provider('com.acme.A', 1));
    const sessions = () => lines.map((line) => /0x(\w+)\)$/.exec(line)?.[1]).filter((id) => id !== undefined);
    const [first] = sessions();
    // A client that comes back in time takes its session back from us before we can end it: then once more.
    const expire = (id: string): Promise<unknown> => expireSession(server.connect, id).catch(() => {});
    await expect
      .poll(async () => {
        if (!client.output().includes('EXPIRED')) await expire(session!);
        return client.output();
      }, within)
      .toMatch(/EXPIRED(.|\n)*EXPIRED/);
    await expect
      .poll(async () => {
        if (sessions().length < 2) await expire(first!);
        return sessions().length;
      }, within)
      .toBe(2);
    expect(sessions()[1]).not.toBe(first);
  });

  it('says nothing of the reason, the registry does', async () => {
    both((proxy) => proxy.refuse());
    const client = await startBare('client.connect()');
    openOurs();
    await expect
      .poll(() => lines.join(), within)
      .toMatch(/127\.0\.0\.1:\d+ is away \((read ECONNRESET|the server closed the connection)\)/);
    await expect.poll(() => bareProxy.accepted, within).toBeGreaterThan(1);
    expect(client.output()).toBe('');
  });
});
