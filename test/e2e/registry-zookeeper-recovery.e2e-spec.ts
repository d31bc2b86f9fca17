import { type Logger, type Registry, silent } from '@nestjs-dubbo/core';
import { zookeeper, type ZooKeeperOptions } from '@nestjs-dubbo/registry-zookeeper';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { follow, provider } from '../conformance/registry.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import {
  fourLetters,
  type OwnZooKeeperServer,
  startOwnZooKeeper,
  zooKeeperStartTimeoutMs,
} from '../support/zookeeper.js';
import { expireSession, observeZooKeeper, type ZooKeeperObserver } from '../support/zookeeper-client.js';

// Long, but one trouble per test: all of them put the same two registries before the same server.
describe('the ZooKeeper registry, while ZooKeeper has its troubles,', { timeout: 60_000 }, () => {
  const within = { timeout: 15_000, interval: 10 };
  let server: OwnZooKeeperServer;
  let proxy: TcpProxy;
  let group: string;
  let opened: Registry[];
  let observers: ZooKeeperObserver[];

  beforeAll(async () => {
    server = await startOwnZooKeeper();
  }, zooKeeperStartTimeoutMs);
  beforeEach(async () => {
    proxy = await startTcpProxy(server.connect);
    group = `dubbo-test-${randomUUID()}`;
    opened = [];
    observers = [];
  });
  afterEach(async () => {
    await Promise.all([...opened, ...observers].map((one) => one.close()));
    await proxy.close();
  });
  afterAll(() => server?.stop());

  const open = (address = server.connect, options: ZooKeeperOptions = {}) => {
    const lines: string[] = [];
    const keep = (message: string) => void lines.push(message);
    const logger: Logger = { ...silent, info: keep, warn: keep, error: keep };
    const patience = { sessionTimeoutMs: 1_500, connectTimeoutMs: 500, operationTimeoutMs: 1_000 };
    const registry = zookeeper(address, { group, ...patience, ...options })({ application: 'suite', logger });
    opened.push(registry);
    return Object.assign(registry, {
      lines,
      /** Of the session it has or had last, in hexadecimal. */
      session: () => /0x(\w+)\)$/.exec(lines.findLast((line) => line.startsWith('Connected'))!)![1]!,
    });
  };
  const observe = async () => {
    const observer = await observeZooKeeper(server.connect);
    observers.push(observer);
    return observer;
  };
  const providers = () => `/${group}/com.acme.A/providers`;
  /** By a client that has just connected: the sessions that hold the providers, by port. */
  const owners = async () => {
    const observer = await observeZooKeeper(server.connect);
    const found: Record<string, string | undefined> = {};
    for (const name of (await observer.children(providers())) ?? []) {
      found[/%3A(\d+)%2F/.exec(name)![1]!] = await observer.owner(`${providers()}/${name}`);
    }
    await observer.close();
    return found;
  };

  const expectOwner = async (one: { session(): string }, ...ports: number[]) => {
    const owned = async () => {
      const found = await owners();
      return Object.entries(found).map(([port, owner]) =>
        owner === one.session() ? Number(port) : `${port} of ${owner}`,
      );
    };
    await expect.poll(owned, within).toEqual(ports);
  };

  it('registers and follows again when its session has expired', async () => {
    const [one, other] = [open(), open()];
    await one.register(provider('com.acme.A', 1));
    const seen = follow(other, 'com.acme.A');
    await expect.poll(seen.providers, within).toEqual(['10.0.0.1:1']);
    const [first, second] = [one.session(), other.session()];
    await expireSession(server.connect, first);
    await expireSession(server.connect, second);
    await expect.poll(() => [one.session() === first, other.session() === second], within).toEqual([false, false]);
    await expectOwner(one, 1);
    await one.register(provider('com.acme.A', 2));
    await expect.poll(seen.providers, within).toEqual(['10.0.0.1:1', '10.0.0.1:2']);
    expect(seen.latest()!.state).toBe('live');
  });

  it('keeps the last list while a killed ZooKeeper is away, and goes on when it is back', async () => {
    const [one, other] = [open(), open()];
    await one.register(provider('com.acme.A', 1));
    const seen = follow(other, 'com.acme.A');
    await expect.poll(seen.latest, within).toMatchObject({ state: 'live', providers: [{ port: 1 }] });
    const before = seen.latest()!.providers;
    await server.kill();
    await expect.poll(() => seen.latest()!.state, within).toBe('stale');
    expect(seen.latest()!.providers).toBe(before);
    await server.restart();
    await expect.poll(() => seen.latest()!.state, within).toBe('live');
    await expectOwner(one, 1);
    await one.register(provider('com.acme.A', 2));
    await expect.poll(seen.providers, within).toEqual(['10.0.0.1:1', '10.0.0.1:2']);
  });

  it('begins anew when ZooKeeper comes back with nothing', async () => {
    const [one, other] = [open(), open()];
    await one.register(provider('com.acme.A', 1));
    const seen = follow(other, 'com.acme.A');
    await expect.poll(seen.providers, within).toHaveLength(1);
    await server.restart({ wipe: true });
    await expectOwner(one, 1);
    await one.register(provider('com.acme.A', 2));
    await expect.poll(seen.providers, within).toEqual(['10.0.0.1:1', '10.0.0.1:2']);
  });

  it('survives a ZooKeeper that stands still for longer than the session', async () => {
    const [one, other] = [open(), open()];
    await one.register(provider('com.acme.A', 1));
    const seen = follow(other, 'com.acme.A');
    await expect.poll(seen.providers, within).toHaveLength(1);
    server.pause();
    const since = Date.now();
    // The bare client would never notice: the connection stands.
    await expect.poll(() => seen.latest()!.state, within).toBe('stale');
    await expect.poll(() => Date.now() - since > 2_000, within).toBe(true);
    server.resume();
    await expect.poll(() => seen.latest()!.state, within).toBe('live');
    await expectOwner(one, 1);
    await expect.poll(seen.providers, within).toEqual(['10.0.0.1:1']);
  });

  it('may start before ZooKeeper does', async () => {
    proxy.refuse();
    const [one, other] = [open(proxy.address), open(proxy.address)];
    const registered = one.register(provider('com.acme.A', 1));
    const seen = follow(other, 'com.acme.A');
    await expect.poll(() => proxy.accepted, within).toBeGreaterThan(4);
    expect(seen.snapshots).toEqual([]);
    expect(one.lines.join()).toMatch(/is away \(.+\); trying again/);
    proxy.pass();
    await registered;
    await expect.poll(seen.providers, within).toEqual(['10.0.0.1:1']);
  });

  it('starts with what was known before, while ZooKeeper is away', async () => {
    const snapshotDir = await mkdtemp(join(tmpdir(), 'dubbo-snapshot-'));
    const first = open(proxy.address, { snapshotDir });
    await first.register(provider('com.acme.A', 1));
    await first.register(provider('com.acme.A', 2, { dynamic: 'false' }));
    const before = follow(first, 'com.acme.A');
    await expect.poll(before.providers, within).toHaveLength(2);
    await first.close();

    proxy.refuse();
    const second = open(proxy.address, { snapshotDir });
    const seen = follow(second, 'com.acme.A');
    const unknown = follow(second, 'com.acme.B');
    await expect.poll(seen.providers, within).toEqual(['10.0.0.1:1', '10.0.0.1:2']);
    expect(seen.latest()!.state).toBe('stale');
    const kept = seen.latest()!.providers.find(({ port }) => port === 2);
    proxy.pass();
    await expect.poll(seen.latest, within).toMatchObject({ state: 'live', providers: [{ port: 2 }] });
    expect(seen.latest()!.providers[0]).toBe(kept);
    await expect.poll(unknown.latest, within).toMatchObject({ state: 'live' });
    expect(unknown.snapshots).toHaveLength(1);
    await second.unregister(provider('com.acme.A', 2, { dynamic: 'false' }));
    await second.close();
    const [registry] = await readdir(snapshotDir);
    expect(await readdir(join(snapshotDir, registry!))).toEqual(['com.acme.A.json', 'com.acme.B.json']);
    await rm(snapshotDir, { recursive: true });
  });

  it('converges to what was asked for while ZooKeeper was away', async () => {
    const one = open(proxy.address, { sessionTimeoutMs: 20_000 });
    await one.register(provider('com.acme.A', 1));
    await one.register(provider('com.acme.A', 2));
    const session = one.session();
    proxy.refuse();
    await expect.poll(() => one.lines.join(), within).toContain('is away');
    await one.unregister(provider('com.acme.A', 1));
    const registered = one.register(provider('com.acme.A', 3));
    const abandoned = one.register(provider('com.acme.A', 4));
    await one.unregister(provider('com.acme.A', 4));
    await expect(abandoned).rejects.toMatchObject({ code: 'registry' });
    proxy.pass();
    await registered;
    await expectOwner(one, 2, 3);
    expect(one.session()).toBe(session);
  });

  it('notices a partition, and takes up the same session when it ends in time', async () => {
    const one = open(proxy.address, { sessionTimeoutMs: 3_000 });
    const seen = follow(one, 'com.acme.A');
    await one.register(provider('com.acme.A', 1));
    await expect.poll(() => seen.latest()?.state, within).toBe('live');
    const session = one.session();
    proxy.hold();
    await expect.poll(() => seen.latest()!.state, within).toBe('stale');
    proxy.pass();
    await expect.poll(() => seen.latest()!.state, within).toBe('live');
    expect(one.session()).toBe(session);
    expect(await owners()).toEqual({ 1: session });
    await expect.poll(() => proxy.open, within).toBe(1);
  });

  it('gives up a server that accepts but never answers', async () => {
    proxy.hold();
    const one = open(proxy.address);
    const registered = one.register(provider('com.acme.A', 1));
    await expect.poll(() => one.lines.join(), within).toContain('no session within 500 ms');
    proxy.pass();
    await registered;
  });

  it('survives connections that break in the middle of an answer', async () => {
    const one = open(proxy.address);
    const seen = follow(one, 'com.acme.A');
    await expect.poll(() => seen.latest()?.state, within).toBe('live');
    // In a length, in a header, in a body, between two frames, in the handshake of the next connection.
    const cuts = [1, 5, 17, 24, 41, 60];
    for (const [index, bytes] of cuts.entries()) {
      proxy.dropAfter(bytes);
      await one.register(provider('com.acme.A', index + 1));
    }
    proxy.dropAfter(Infinity);
    await expect.poll(seen.providers, within).toHaveLength(cuts.length);
    await expectOwner(one, 1, 2, 3, 4, 5, 6);
  });

  it('uses whichever server is there', async () => {
    const dead = await startTcpProxy(server.connect);
    await dead.close();
    for (let round = 0; round < 4; round++) {
      await open(`${dead.address},${proxy.address}`).register(provider('com.acme.A', round + 1));
    }
    expect(Object.keys(await owners())).toHaveLength(4);
  });

  it('leaves one connection and no watch too many, whatever happened', async () => {
    const one = open(proxy.address);
    const seen = follow(one, 'com.acme.A');
    await one.register(provider('com.acme.A', 1));
    for (let round = 0; round < 5; round++) {
      const connections = proxy.accepted;
      proxy.refuse();
      proxy.pass();
      await expect.poll(() => proxy.accepted, within).toBeGreaterThan(connections);
      await expect.poll(() => seen.latest()?.state, within).toBe('live');
      for (let again = 0; again < 5; again++) follow(one, 'com.acme.B').close();
    }
    await expect.poll(() => proxy.open, within).toBe(1);
    const port = Number(server.connect.split(':')[1]);
    const watches = async () => /zk_watch_count\t(\d+)/.exec(await fourLetters('127.0.0.1', port, 'mntr'))![1];
    // Three categories of each interface, and the provider's own node.
    await expect.poll(watches, within).toBe('7');
  });

  it('can be closed at any moment, and then nothing of it is left', async () => {
    const resources = () =>
      process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout' || kind === 'TCPSocketWrap');
    proxy.refuse();
    const moments: Record<string, (one: ReturnType<typeof open>, registered: Promise<string>) => Promise<unknown>> = {
      async 'at once'() {},
      'after a tick': () => Promise.resolve(),
      async 'while it is away'(one) {
        await expect.poll(() => one.lines.join(), within).toContain('is away');
      },
      async 'while it is silent'() {
        proxy.hold();
        await expect.poll(() => proxy.open, within).toBe(1);
      },
      connected(_, registered) {
        proxy.pass();
        return registered;
      },
    };
    for (const [moment, comes] of Object.entries(moments)) {
      const one = open(proxy.address);
      const seen = follow(one, 'com.acme.A');
      const registered = one.register(provider('com.acme.A', 1)).then(
        () => 'registered',
        () => 'rejected',
      );
      await comes(one, registered);
      const told = seen.snapshots.length;
      await Promise.all([one.close(), one.close()]);
      expect(await registered).toBe(moment === 'connected' ? 'registered' : 'rejected');
      expect(seen.snapshots).toHaveLength(told);
      await expect.poll(() => proxy.open, within).toBe(0);
    }
    expect(await owners()).toEqual({});
    await proxy.close();
    // Not by a poll: its own timers would count. The test runner's own reports have timers too, until they are answered.
    const deadline = performance.now() + 5_000;
    while (resources().length > 0 && performance.now() < deadline) await new Promise(setImmediate);
    expect(resources()).toEqual([]);
  });

  it('does not fight for a node that somebody insists on', async () => {
    const observer = await observe();
    const one = open();
    await one.register(provider('com.acme.A', 1));
    const [name] = (await observer.children(providers()))!;
    for (let round = 0; round < 3; round++) {
      await observer.remove(`${providers()}/${name}`);
      await expect.poll(() => observer.children(providers()), within).toEqual([name]);
    }
    expect(await observer.owner(`${providers()}/${name}`)).toBe(one.session());
  });
});
