import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildJavaPeer } from '../interop/java-build.js';
import { startJavaProvider } from '../interop/java-peer.js';
import { registryAddress, removeRoot } from '../interop/registry-address.js';
import { startZooKeeper, type ZooKeeperServer, zooKeeperStartTimeoutMs } from '../support/zookeeper.js';
import { CALLS_PER_SECOND, form, tell } from './form.js';
import { type JavaLoadReport, startJavaConsumer } from './java-consumer.js';
import { startProvider, until } from './peers.js';
import { type Restartable, restartInTurn } from './rolling-restart.js';

/** As Linux writes it in /proc/net/tcp. */
const ESTABLISHED = '01';

const run = `chaos-${randomUUID()}`;
let zooKeeper: ZooKeeperServer;

beforeAll(async () => {
  await buildJavaPeer('3.3');
  zooKeeper = await startZooKeeper();
}, zooKeeperStartTimeoutMs);

afterAll(async () => {
  if (!zooKeeper) return;
  await removeRoot(zooKeeper.connect, run);
  await zooKeeper.stop();
});

interface Provider extends Restartable {
  readonly port: number;
}

/** Restarts two providers in turn under the calls of a consumer by Dubbo 3.3; retries 0, a timeout of 5 s. */
async function lossOf(start: (registry: string) => Promise<Provider>): Promise<JavaLoadReport> {
  const registry = registryAddress(zooKeeper.connect, `${run}/${randomUUID()}`);
  const providers: [Provider, Provider] = [await start(registry), await start(registry)];
  try {
    const consumer = await startJavaConsumer('3.3', registry, CALLS_PER_SECOND);
    try {
      await consumer.go();
      const callForASecond = async (): Promise<void> => {
        const { sent } = await consumer.report();
        const goal = sent + CALLS_PER_SECOND;
        await until(
          `${goal} calls`,
          () => consumer.report(),
          (report) => report.sent > goal,
          60_000,
        );
      };
      await callForASecond();
      // Dubbo 3 tells a directory of one change in 5 s (RegistryNotifier): the next one goes when this one is found.
      await restartInTurn(
        providers,
        form.java.restarts,
        () => start(registry),
        async ({ port }) => {
          await until(
            'the consumer connects',
            () => connectionsTo(port),
            (count) => count > 0,
            60_000,
          );
          await callForASecond();
        },
      );
      return await consumer.stop();
    } finally {
      await consumer.kill();
    }
  } finally {
    await Promise.all(providers.map((provider) => provider.kill()));
  }
}

const startNode = (registry: string): Promise<Provider> => startProvider({ registry, port: 0 });

async function startJava(registry: string): Promise<Provider> {
  const { port, shutDown, stop } = await startJavaProvider('3.3', registry);
  return { port, shutDown, kill: stop };
}

/** How many connections a port of this machine has. Linux only. */
async function connectionsTo(port: number): Promise<number> {
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')),
  );
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const rows = tables.flatMap((table) => table.split('\n')).map((line) => line.trim().split(/\s+/));
  return rows.filter(([, address, , state]) => address?.endsWith(local) && state === ESTABLISHED).length;
}

it('a rolling restart costs Java consumers no more calls with Node providers than with Java providers', async () => {
  const [byNode, byJava] = [[], []] as [JavaLoadReport[], JavaLoadReport[]];
  for (let i = 0; i < form.java.runs; i++) {
    byNode.push(await lossOf(startNode));
    byJava.push(await lossOf(startJava));
  }
  const lost = (reports: readonly JavaLoadReport[]): number => reports.reduce((sum, { failed }) => sum + failed, 0);
  const each = (reports: readonly JavaLoadReport[]): string =>
    reports.map(({ failed, sent, callsPerSecond }) => `${failed} of ${sent} at ${callsPerSecond}/s`).join('; ');
  const first = (reports: readonly JavaLoadReport[]): string =>
    reports.find(({ failed }) => failed > 0)?.firstFailure ?? 'none';
  tell('rolling restart of two providers, consumer by Dubbo 3.3', {
    'restarts in each run': 2 * form.java.restarts,
    'lost with Node providers': each(byNode),
    'lost with Java providers': each(byJava),
    'first failure with Node': first(byNode),
    'first failure with Java': first(byJava).slice(0, 300),
  });
  expect(lost(byNode)).toBeLessThanOrEqual(lost(byJava));
});
