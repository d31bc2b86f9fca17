import { type Logger, type Registry, silent } from '@nestjs-dubbo/core';
import { zookeeper } from '@nestjs-dubbo/registry-zookeeper';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { follow, provider } from '../conformance/registry.js';
import {
  type OwnZooKeeperServer,
  startZooKeeperEnsemble,
  type ZooKeeperEnsemble,
  zooKeeperStartTimeoutMs,
} from '../support/zookeeper.js';
import { observeZooKeeper } from '../support/zookeeper-client.js';

describe('the ZooKeeper registry at an ensemble of three', { timeout: 120_000 }, () => {
  // An election takes its time where there are fewer cores than servers.
  const within = { timeout: 50_000, interval: 20 };
  let ensemble: ZooKeeperEnsemble;
  const opened: Registry[] = [];

  beforeAll(async () => {
    ensemble = await startZooKeeperEnsemble();
  }, zooKeeperStartTimeoutMs);
  afterAll(async () => {
    await Promise.all(opened.map((registry) => registry.close()));
    await ensemble?.stop();
  });

  const open = () => {
    const connected: { server: string; session: string }[] = [];
    const info = (line: string) => {
      const match = /^Connected to ZooKeeper at (\S+), .*0x(\w+)\)$/.exec(line);
      if (match) connected.push({ server: match[1]!, session: match[2]! });
    };
    const logger: Logger = { ...silent, info };
    // Time enough to elect another leader.
    const options = { sessionTimeoutMs: 10_000, connectTimeoutMs: 1_000, operationTimeoutMs: 2_000 };
    const registry = zookeeper(ensemble.connect, options)({ application: 'suite', logger });
    opened.push(registry);
    return Object.assign(registry, { now: () => connected.at(-1)! });
  };
  const serverOf = (address: string): OwnZooKeeperServer =>
    ensemble.members.find(({ connect }) => connect === address)!;
  const owner = async () => {
    const observer = await observeZooKeeper(ensemble.connect);
    const [name] = (await observer.children('/dubbo/com.acme.A/providers')) ?? [];
    const found = name && (await observer.owner(`/dubbo/com.acme.A/providers/${name}`));
    await observer.close();
    return found;
  };

  it('takes its session to another server when its own is killed, and stays registered', async () => {
    const one = open();
    await one.register(provider('com.acme.A', 1));
    const seen = follow(open(), 'com.acme.A');
    await expect.poll(seen.providers, within).toEqual(['10.0.0.1:1']);
    const { server, session } = one.now();
    await serverOf(server).kill();
    await expect.poll(() => one.now().server, within).not.toBe(server);
    expect(one.now().session).toBe(session);
    await expect.poll(() => seen.latest()!.state, within).toBe('live');
    expect(
      seen.snapshots.every(({ providers }) => providers.length === 1 || providers === seen.snapshots[0]!.providers),
    ).toBe(true);
    expect(await owner()).toBe(session);
    await serverOf(server).restart();
  });

  it('waits for a quorum, and goes on with it', async () => {
    const one = open();
    await one.register(provider('com.acme.B', 1));
    const seen = follow(one, 'com.acme.B');
    await expect.poll(seen.providers, within).toHaveLength(1);
    const [first, second] = ensemble.members;
    await Promise.all([first!.kill(), second!.kill()]);
    await expect.poll(() => seen.latest()!.state, within).toBe('stale');
    const registered = one.register(provider('com.acme.B', 2));
    await Promise.all([first!.restart(), second!.restart()]);
    await registered;
    await expect.poll(seen.providers, within).toEqual(['10.0.0.1:1', '10.0.0.1:2']);
    expect(seen.latest()!.state).toBe('live');
  });
});
