import { afterEach, expect, it } from 'vitest';
import { form, tell } from './form.js';
import { type ConsumerProcess, type ProviderProcess, startConsumer, startProvider, until } from './peers.js';
import { HEAP_SLACK_MIB, holdings } from './vitals.js';

const TIMEOUT_MS = 1_000;
const LATE_MS = 1_000;

let provider: ProviderProcess | undefined;
let consumer: ConsumerProcess | undefined;

afterEach(async () => {
  await consumer?.kill();
  await provider?.kill();
});

it('a provider that is killed and started again leaves nothing behind in its consumer', async () => {
  provider = await startProvider({ port: 0 });
  const { port } = provider;
  const caller = (consumer = await startConsumer({ url: `127.0.0.1:${port}`, timeoutMs: TIMEOUT_MS }));
  await caller.call();
  await caller.go();

  const killAndRestart = async (): Promise<void> => {
    await provider!.kill();
    const { sent } = await caller.report();
    await until(
      'calls of a dead provider',
      () => caller.report(),
      (report) => report.sent >= sent + 100,
      10_000,
    );
    provider = await startProvider({ port });
    const { ok } = await caller.report();
    await until(
      'answers of the new provider',
      () => caller.report(),
      (report) => report.ok >= ok + 200,
      20_000,
    );
  };

  // Warm: failing calls compile and cache more than successful ones.
  await killAndRestart();
  await caller.rest();
  const before = await caller.vitals();
  await caller.go();
  for (let kill = 0; kill < form.kills; kill++) await killAndRestart();

  const { callsPerSecond, ok, failed, latestMs } = await caller.rest();
  expect(latestMs).toBeLessThan(LATE_MS);
  expect(Object.keys(failed).filter((code) => code !== 'network' && code !== 'timeout')).toEqual([]);
  const after = await until(
    `holdings as before: ${JSON.stringify(holdings(before))}`,
    () => caller.vitals(),
    (now) => JSON.stringify(holdings(now)) === JSON.stringify(holdings(before)),
    5_000,
    200,
  );
  expect(after.heapMiB).toBeLessThan(before.heapMiB + HEAP_SLACK_MIB);
  await caller.close();
  tell('a provider is killed and restarted', {
    times: form.kills,
    'calls/s': callsPerSecond,
    ok,
    failed,
    'latest past its deadline by ms': latestMs,
    'heap MiB': `${before.heapMiB} -> ${after.heapMiB}`,
    'held as before': holdings(after),
  });
});
