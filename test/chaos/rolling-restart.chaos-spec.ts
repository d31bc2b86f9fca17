import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { registryAddress, removeRoot } from '../interop/registry-address.js';
import { startZooKeeper } from '../support/zookeeper.js';
import { form, tell } from './form.js';
import { type ProviderProcess, startConsumer, startProvider, until } from './peers.js';
import { restartInTurn } from './rolling-restart.js';
import { HEAP_SLACK_MIB, holdings } from './vitals.js';

const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function localRegistry(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'chaos-registry-'));
  open.push(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

async function zooKeeperRegistry(): Promise<string> {
  const { connect, stop } = await startZooKeeper();
  const root = `chaos-${randomUUID()}`;
  open.push(async () => {
    await removeRoot(connect, root);
    await stop();
  });
  return registryAddress(connect, root);
}

describe('a rolling restart under load', () => {
  it.each([
    ['the local registry', localRegistry, 'provider'],
    ['ZooKeeper', zooKeeperRegistry, 'provider'],
    ['the local registry and Nest applications', localRegistry, 'nest-provider'],
  ] as const)('costs no call, with %s', async (name, registryOf, program) => {
    const registry = await registryOf();
    const start = (): Promise<ProviderProcess> => startProvider({ registry, port: 0 }, program);
    const providers: [ProviderProcess, ProviderProcess] = [await start(), await start()];
    open.push(async () => void (await Promise.all(providers.map((provider) => provider.kill()))));
    const consumer = await startConsumer({ registry, timeoutMs: 5_000 });
    open.push(() => consumer.kill());
    const takesCalls = (provider: ProviderProcess): Promise<unknown> =>
      until(
        'the provider takes calls',
        () => provider.seen(),
        ({ calls }) => calls > 500,
        30_000,
      );
    await consumer.call();
    await consumer.go();
    for (const provider of providers) await takesCalls(provider);
    await consumer.rest();
    const before = await consumer.vitals();
    await consumer.go();

    await restartInTurn(providers, form.restarts, start, takesCalls);

    const { callsPerSecond, sent, ok, failed, messages } = await consumer.rest();
    const after = await until(
      `holdings as before: ${JSON.stringify(holdings(before))}`,
      () => consumer.vitals(),
      (now) => JSON.stringify(holdings(now)) === JSON.stringify(holdings(before)),
      15_000,
      200,
    );
    await consumer.close();
    tell(`rolling restart of two providers, Node consumer, ${name}`, {
      restarts: 2 * form.restarts,
      'calls/s': callsPerSecond,
      sent,
      ok,
      failed,
      'heap MiB': `${before.heapMiB} -> ${after.heapMiB}`,
      'held as before': holdings(after),
    });
    expect(messages).toEqual({});
    expect(ok).toBe(sent);
    expect(after.heapMiB).toBeLessThan(before.heapMiB + HEAP_SLACK_MIB);
  });
});
