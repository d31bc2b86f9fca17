import { type Logger, parseServiceUrl, type Registry, silent } from '@nestjs-dubbo/core';
import { zookeeper, type ZooKeeperOptions } from '@nestjs-dubbo/registry-zookeeper';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { follow, provider, registryConformance } from '../conformance/registry.js';
import { startZooKeeper, type ZooKeeperServer, zooKeeperStartTimeoutMs } from '../support/zookeeper.js';
import { observeZooKeeper, type ZooKeeperObserver } from '../support/zookeeper-client.js';

registryConformance(
  'the ZooKeeper registry',
  async () => {
    const server = await startZooKeeper();
    const group = `dubbo-test-${randomUUID()}`;
    return {
      open: zookeeper(server.connect, { group }),
      async remove() {
        const observer = await observeZooKeeper(server.connect);
        await observer.remove(`/${group}`);
        await observer.close();
        await server.stop();
      },
    };
  },
  zooKeeperStartTimeoutMs,
);

describe('the ZooKeeper registry', () => {
  const within = { timeout: 10_000, interval: 10 };
  let server: ZooKeeperServer;
  let observer: ZooKeeperObserver;
  let group: string;
  let opened: Registry[];
  let lines: string[];
  const keep = (message: string) => void lines.push(message);
  const logger: Logger = { ...silent, info: keep, warn: keep, error: keep };
  const open = (options: ZooKeeperOptions = {}, address = server.connect) => {
    const registry = zookeeper(address, { group, ...options })({ application: 'suite', logger });
    opened.push(registry);
    return registry;
  };
  const path = (category: string) => `/${group}/com.acme.A/${category}`;

  beforeAll(async () => {
    server = await startZooKeeper();
    observer = await observeZooKeeper(server.connect);
  }, zooKeeperStartTimeoutMs);
  beforeEach(() => {
    group = `dubbo-test-${randomUUID()}`;
    opened = [];
    lines = [];
  });
  afterEach(async () => {
    await Promise.all(opened.map((registry) => registry.close()));
    await observer.remove(`/${group}`);
  });
  afterAll(async () => {
    await observer?.close();
    await server?.stop();
  });

  it('writes nodes where and as Java does', async () => {
    const registry = open();
    await registry.register(provider('com.acme.A', 20880, { methods: 'a,b', odd: "a b~!'()" }));
    await registry.register(
      parseServiceUrl('override://0.0.0.0/com.acme.A?category=configurators&dynamic=false&timeout=7'),
    );
    const name =
      'dubbo%3A%2F%2F10.0.0.1%3A20880%2Fcom.acme.A%3Fapplication%3Dsuite%26interface%3Dcom.acme.A%26methods%3Da%2Cb' +
      '%26odd%3Da+b%7E%21%27%28%29%26side%3Dprovider';
    expect(await observer.children(path('providers'))).toEqual([name]);
    const rule = 'override%3A%2F%2F0.0.0.0%2Fcom.acme.A%3Fcategory%3Dconfigurators%26dynamic%3Dfalse%26timeout%3D7';
    expect(await observer.children(path('configurators'))).toEqual([rule]);
    expect(await observer.owner(`${path('providers')}/${name}`)).toMatch(/^[1-9a-f]/);
    for (const persistent of [
      `${path('configurators')}/${rule}`,
      path('providers'),
      `/${group}/com.acme.A`,
      `/${group}`,
    ]) {
      expect(await observer.owner(persistent)).toBe('0');
    }
    expect(await observer.acl(path('providers'))).toEqual(['world:anyone']);
  });

  it('creates what it follows, as Java does', async () => {
    const seen = follow(open(), 'com.acme.A');
    await expect.poll(seen.latest, within).toMatchObject({ state: 'live' });
    expect(await observer.children(`/${group}/com.acme.A`)).toEqual(['configurators', 'providers', 'routers']);
  });

  it('takes its dynamic nodes with it at once when closed, and leaves the others', async () => {
    const registry = open();
    await registry.register(provider('com.acme.A', 1));
    await registry.register(provider('com.acme.A', 2, { dynamic: 'false' }));
    await registry.close();
    expect(await observer.children(path('providers'))).toEqual([expect.stringContaining('10.0.0.1%3A2')]);
    await open().unregister(provider('com.acme.A', 2, { dynamic: 'false' }));
  });

  it('reads simplified URLs, and skips with a warning what is none', async () => {
    const providers = path('providers');
    await observer.create(
      `${providers}/${encodeURIComponent('dubbo://10.0.0.1:1/com.acme.A?application=x&release=3.3.1')}`,
    );
    await observer.create(`${providers}/rubbish`);
    await observer.create(`${providers}/%E2%28`);
    const seen = follow(open(), 'com.acme.A');
    await expect.poll(seen.providers, within).toEqual(['10.0.0.1:1']);
    expect(seen.latest()!.providers[0]!.interface).toBe('com.acme.A');
    expect(lines.filter((line) => line.startsWith('Skipping'))).toHaveLength(2);
    await observer.create(`${providers}/${encodeURIComponent('dubbo://10.0.0.1:2/com.acme.A')}`);
    await expect.poll(seen.providers, within).toHaveLength(2);
    expect(lines.filter((line) => line.startsWith('Skipping'))).toHaveLength(2);
  });

  it('replaces a node that an earlier session left', async () => {
    const earlier = await observeZooKeeper(server.connect);
    const registry = open();
    await registry.register(provider('com.acme.A', 1));
    const [name] = (await observer.children(path('providers')))!;
    const node = `${path('providers')}/${name}`;
    await registry.close();
    await earlier.create(node, { ephemeral: true });
    const before = await observer.owner(node);
    await open().register(provider('com.acme.A', 1));
    expect(await observer.owner(node)).not.toBe(before);
    await earlier.close();
    expect(await observer.children(path('providers'))).toEqual([name]);
  });

  it('restores what somebody deleted, and follows it on', async () => {
    const registry = open();
    await registry.register(provider('com.acme.A', 1));
    const seen = follow(open(), 'com.acme.A');
    await expect.poll(seen.providers, within).toHaveLength(1);
    const [name] = (await observer.children(path('providers')))!;
    await observer.remove(`${path('providers')}/${name}`);
    await expect.poll(() => observer.children(path('providers')), within).toEqual([name]);
    await observer.remove(`/${group}`);
    await expect.poll(() => observer.children(path('providers')), within).toEqual([name]);
    await expect.poll(seen.providers, within).toEqual(['10.0.0.1:1']);
    await registry.register(provider('com.acme.A', 2));
    await expect.poll(seen.providers, within).toHaveLength(2);
    await registry.unregister(provider('com.acme.A', 1));
    await expect.poll(seen.providers, within).toEqual(['10.0.0.1:2']);
  });

  it('lives below a chroot, which it creates', async () => {
    const chroot = `/${group}/deep/er`;
    const address = `${server.connect}${chroot}`;
    const registry = open({ group: 'dubbo' }, address);
    const seen = follow(open({ group: 'dubbo' }, `zookeeper://${address}`), 'com.acme.A');
    await registry.register(provider('com.acme.A', 1));
    await expect.poll(seen.providers, within).toHaveLength(1);
    expect(await observer.children(`${chroot}/dubbo/com.acme.A/providers`)).toHaveLength(1);
    expect(registry.address).toBe(`zookeeper://${address}`);
  });

  it('authenticates, keeps what it creates to its user, and tells nobody the password', async () => {
    const credentials = { username: 'me', password: 'secret-word' };
    const registry = open(credentials);
    await registry.register(provider('com.acme.A', 1));
    const asMe = await observeZooKeeper(server.connect, 'me:secret-word');
    expect(await asMe.acl(path('providers'))).toEqual([expect.stringMatching(/^digest:me:/)]);
    await expect(observer.children(path('providers'))).rejects.toThrow('NO_AUTH');
    const seen = follow(open({}, `zookeeper://me:secret-word@${server.connect}`), 'com.acme.A');
    await expect.poll(seen.providers, within).toHaveLength(1);

    const stranger = open({ username: 'me', password: 'wrong-word' });
    await expect(stranger.register(provider('com.acme.A', 2))).rejects.toMatchObject({
      code: 'registry',
      message: expect.stringContaining('Cannot register com.acme.A'),
    });
    const unseen = follow(stranger, 'com.acme.A');
    await expect.poll(() => lines.join('\n'), within).toContain('Cannot follow com.acme.A');
    expect(unseen.snapshots).toEqual([]);
    const told = [...lines, registry.address, JSON.stringify(seen.latest())].join('\n');
    expect(told).not.toMatch(/secret-word|wrong-word/);
    await Promise.all(opened.map((one) => one.close()));
    await asMe.remove(`/${group}`);
    await asMe.close();
  });

  it('follows without the right to create: what is missing it waits for', async () => {
    const admin = await observeZooKeeper(server.connect, 'admin:x');
    await admin.create(`/${group}`, { writers: 'creator' });
    const seen = follow(open(), 'com.acme.A');
    await expect.poll(seen.latest, within).toMatchObject({ state: 'live', providers: [] });
    await admin.create(path('providers'));
    await observer.create(`${path('providers')}/${encodeURIComponent('dubbo://10.0.0.1:1/com.acme.A')}`);
    await expect.poll(seen.providers, within).toEqual(['10.0.0.1:1']);
    await admin.remove(`/${group}`);
    await admin.close();
  });
});
