import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startZooKeeper, type ZooKeeperServer, zooKeeperStartTimeoutMs } from '../support/zookeeper.js';
import { dubboLines } from './java-build.js';
import { runJavaConsumer, startJavaProvider } from './java-peer.js';
import { startNodeConsumer, startNodeProvider } from './node-apps.js';
import { registryAddress, removeRoot } from './registry-address.js';

const run = `interop-${randomUUID()}`;
let zooKeeper: ZooKeeperServer;

beforeAll(async () => {
  zooKeeper = await startZooKeeper();
}, zooKeeperStartTimeoutMs);

afterAll(async () => {
  if (!zooKeeper) return;
  await removeRoot(zooKeeper.connect, run);
  await zooKeeper.stop();
});

/** A root that no other test looks into. */
const freshRegistry = () => registryAddress(zooKeeper.connect, `${run}/${randomUUID()}`);

describe.each(dubboLines)('Dubbo %s', (line) => {
  it('a Node consumer begins before its Java provider, and outlives it', async () => {
    const registry = freshRegistry();
    const { references, stop } = await startNodeConsumer(registry);
    const { service, generic } = references;
    try {
      await expect(service.ping()).rejects.toThrow(/No provider available/);

      const first = await startJavaProvider(line, registry);
      expect(await eventually(() => service.ping())).toBe('pong');

      // It has a timeout of 5 s; as network it fails only because the connection is lost.
      const lost = generic.$invoke('sleep', ['int'], [60_000]).catch((error: unknown) => error);
      await service.ping();
      await first.stop();
      expect(await lost).toMatchObject({ code: 'network' });

      const second = await startJavaProvider(line, registry);
      expect(await eventually(() => service.ping())).toBe('pong');
      await second.stop();
    } finally {
      await stop();
    }
  });

  it('a Java provider shuts down under the calls of a Node consumer', async () => {
    const registry = freshRegistry();
    const providers = await Promise.all([startJavaProvider(line, registry), startJavaProvider(line, registry)]);
    const { references, stop } = await startNodeConsumer(registry);
    try {
      // Until both are connected: Java closes a connection that comes when it is shutting down, whatever was sent on it.
      for (let i = 0; i < 50; i++) await references.service.ping();
      let down = false;
      const shutDown = providers[0].shutDown().then(() => (down = true));
      while (!down) {
        const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => references.service.nextInt(i)));
        expect(answers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
      }
      await shutDown;
    } finally {
      await stop();
      await Promise.all(providers.map((provider) => provider.stop()));
    }
  });

  it('a Node provider shuts down under the calls of a Java consumer', async () => {
    const registry = freshRegistry();
    const [leaving, staying] = [await startNodeProvider(registry), await startNodeProvider(registry)];
    try {
      const outcomes = await runJavaConsumer(line, registry, { check: 'null', run: () => leaving.stop() });
      expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
    } finally {
      await leaving.stop();
      await staying.stop();
    }
  });
});

async function eventually<T>(call: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
