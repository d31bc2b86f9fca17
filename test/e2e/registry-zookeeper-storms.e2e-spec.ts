import { type Logger, type Registry, silent } from '@nestjs-dubbo/core';
import { zookeeper } from '@nestjs-dubbo/registry-zookeeper';
import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Followed, follow, provider } from '../conformance/registry.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import {
  fourLetters,
  type OwnZooKeeperServer,
  startOwnZooKeeper,
  zooKeeperStartTimeoutMs,
} from '../support/zookeeper.js';
import { expireSession, observeZooKeeper } from '../support/zookeeper-client.js';

// One storm after the other, in random order, over the same registries. DUBBO_STORM_ROUNDS=10 is the long form, and
// DUBBO_STORM_SEED=… repeats a run.
const rounds = Number(process.env['DUBBO_STORM_ROUNDS'] ?? 1);
const seed = Number(process.env['DUBBO_STORM_SEED'] ?? randomInt(2 ** 31));
const services = ['com.acme.A', 'com.acme.B', 'com.acme.C', 'com.acme.D', 'com.acme.E'];
const ports = [1, 2, 3];
const withinMs = 20_000;

describe('the ZooKeeper registry in one storm after the other', () => {
  let server: OwnZooKeeperServer;
  let proxy: TcpProxy;
  const opened: { registry: Registry; session(): string }[] = [];
  const followed: Followed[] = [];

  const open = () => {
    let session = '';
    const logger: Logger = { ...silent, info: (line) => (session = /0x(\w+)\)$/.exec(line)?.[1] ?? session) };
    const options = { sessionTimeoutMs: 1_500, connectTimeoutMs: 1_000, operationTimeoutMs: 1_500 };
    const registry = zookeeper(proxy.address, options)({ application: 'storms', logger });
    opened.push({ registry, session: () => session });
    return registry;
  };

  beforeAll(async () => {
    server = await startOwnZooKeeper();
    proxy = await startTcpProxy(server.connect);
    const providers = ports.map((port) => ({ port, registry: open() }));
    const registered = providers.flatMap(({ port, registry }) =>
      services.map((name) => registry.register(provider(name, port))),
    );
    const consumers = [open(), open()];
    followed.push(...consumers.flatMap((registry) => services.map((name) => follow(registry, name))));
    await Promise.all(registered);
  }, zooKeeperStartTimeoutMs);
  afterAll(async () => {
    await Promise.all(opened.map(({ registry }) => registry.close()));
    await proxy?.close();
    await server?.stop();
  });

  const allAre = (state: string) => followed.every((one) => one.latest()?.state === state);
  const everythingIsSeen = () =>
    followed.every((one) => one.latest()?.state === 'live' && one.providers().length === ports.length);
  const everythingIsRegistered = async () => {
    const sessions = new Set(opened.map(({ session }) => session()));
    const observer = await observeZooKeeper(server.connect);
    let ours = 0;
    for (const name of services) {
      const path = `/dubbo/${name}/providers`;
      const nodes = (await observer.children(path)) ?? [];
      const owners = await Promise.all(nodes.map((node) => observer.owner(`${path}/${node}`)));
      ours += owners.filter((owner) => owner && sessions.has(owner)).length;
    }
    await observer.close();
    return ours === services.length * ports.length;
  };
  const until = async (what: string, holds: () => boolean | Promise<boolean>) => {
    await expect.poll(holds, { timeout: withinMs, interval: 20, message: `${what}; seed ${seed}` }).toBe(true);
  };

  const storms: Record<string, () => Promise<unknown>> = {
    async killed() {
      await server.kill();
      await until('all notice the kill', () => allAre('stale'));
      await server.restart();
    },
    wiped: () => server.restart({ wipe: true }),
    async paused() {
      server.pause();
      await until('all notice the pause', () => allAre('stale'));
      server.resume();
    },
    async expired() {
      await Promise.all(opened.map(({ session }) => expireSession(server.connect, session())));
    },
    async partitioned() {
      proxy.hold();
      await until('all notice the partition', () => allAre('stale'));
      // Long enough for the server to give the sessions up.
      await until('their nodes are gone', async () => !(await everythingIsRegistered()));
      proxy.pass();
    },
    async disconnected() {
      proxy.refuse();
      await until('all notice the loss', () => allAre('stale'));
      proxy.pass();
    },
  };

  it(
    'has everything registered and followed again after each',
    async () => {
      const random = generator(seed);
      const sequence = Array.from({ length: rounds }, () => shuffled(Object.keys(storms), random)).flat();
      const recoveries: string[] = [];
      for (const storm of sequence) {
        await until('calm before the storm', everythingIsSeen);
        await storms[storm]!();
        const since = performance.now();
        await until(`everything is registered again after ${storm}`, everythingIsRegistered);
        await until(`everything is seen again after ${storm}`, everythingIsSeen);
        recoveries.push(`${storm} ${Math.round(performance.now() - since)}`);
      }
      expect(recoveries).toHaveLength(rounds * Object.keys(storms).length);
      process.stderr.write(`storms, seed ${seed}, ms until recovered: ${recoveries.join(', ')}\n`);
      await until('one connection each', () => proxy.open === opened.length);
      const port = Number(server.connect.split(':')[1]);
      const watches = followed.length * 3 + services.length * ports.length;
      await until('one watch each', async () =>
        (await fourLetters('127.0.0.1', port, 'mntr')).includes(`zk_watch_count\t${watches}\n`),
      );
    },
    60_000 + rounds * 60_000,
  );
});

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
function generator(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const left = [...items];
  return items.map(() => left.splice(Math.floor(random() * left.length), 1)[0]!);
}
