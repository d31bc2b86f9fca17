import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';
import { form, HEARTBEAT_MS, HEARTBEAT_TIMEOUT_MS, tell } from './form.js';
import { type ConsumerProcess, type ProviderProcess, startConsumer, startProvider, until } from './peers.js';
import { HEAP_SLACK_MIB, holdings, type Vitals } from './vitals.js';

/** Of one call, in milliseconds. */
const TIMEOUT_MS = 1_000;
/** How long after its deadline a call may settle on a busy machine. */
const LATE_MS = 1_000;
/** How long after the last sign of life a dead connection must be known, with some air for a busy machine. */
const DETECTED_MS = HEARTBEAT_TIMEOUT_MS + HEARTBEAT_MS / 3 + 2_000;

let provider: ProviderProcess;
let proxy: TcpProxy;
let consumer: ConsumerProcess;
let before: { readonly consumer: Vitals; readonly provider: Vitals };

beforeAll(async () => {
  provider = await startProvider({ port: 0 });
  proxy = await startTcpProxy(`127.0.0.1:${provider.port}`);
  consumer = await startConsumer({ url: proxy.address, timeoutMs: TIMEOUT_MS });
  await consumer.call();
  await consumer.go();
  // Warm: what is compiled and cached once is no leak.
  await answersCome(4_000);
  await consumer.rest();
  before = { consumer: await consumer.vitals(), provider: await provider.vitals() };
});

afterAll(async () => {
  await consumer?.kill();
  await proxy?.close();
  await provider?.kill();
});

beforeEach(async () => {
  await consumer.go();
  await answersCome(100);
});

/** So many more calls are answered. */
async function answersCome(calls: number): Promise<void> {
  const { ok } = await consumer.report();
  await until(
    `${calls} calls answered`,
    () => consumer.report(),
    (report) => report.ok >= ok + calls,
    60_000,
  );
}

/** After the load: both ends hold what they held before all scenes. */
async function nothingIsLeft(): Promise<Record<string, unknown>> {
  const asBefore = (end: { vitals(): Promise<Vitals> }, at: Vitals): Promise<Vitals> => {
    const held = JSON.stringify(holdings(at));
    return until(
      `holding ${held}`,
      () => end.vitals(),
      (now) => JSON.stringify(holdings(now)) === held,
      DETECTED_MS,
      200,
    );
  };
  const consumed = await asBefore(consumer, before.consumer);
  const provided = await asBefore(provider, before.provider);
  expect(consumed.heapMiB).toBeLessThan(before.consumer.heapMiB + HEAP_SLACK_MIB);
  expect(provided.heapMiB).toBeLessThan(before.provider.heapMiB + HEAP_SLACK_MIB);
  return {
    'consumer heap MiB': `${before.consumer.heapMiB} -> ${consumed.heapMiB}`,
    'provider heap MiB': `${before.provider.heapMiB} -> ${provided.heapMiB}`,
    'held as before': holdings(consumed),
  };
}

describe('under load', () => {
  it.each(['freeze', 'halfOpen'] as const)(
    'a connection that dies silently (%s) is noticed and replaced',
    async (how) => {
      const { accepted } = proxy;
      const brokenAt = performance.now();
      proxy[how]();
      await until(
        'a new connection',
        () => proxy.accepted,
        (now) => now > accepted,
        DETECTED_MS,
      );
      const noticedMs = Math.round(performance.now() - brokenAt);
      await answersCome(2_000);
      const report = await consumer.rest();
      expect(report.latestMs).toBeLessThan(LATE_MS);
      expect(Object.keys(report.failed).filter((code) => code !== 'timeout' && code !== 'network')).toEqual([]);
      const { callsPerSecond, ok, failed, latestMs } = report;
      const left = await nothingIsLeft();
      tell(`a connection dies silently (${how})`, {
        'calls/s': callsPerSecond,
        'noticed after ms': noticedMs,
        ok,
        failed,
        'latest past its deadline by ms': latestMs,
        ...left,
      });
    },
  );

  it('a connection that is cut again and again is replaced each time', async () => {
    for (let cut = 0; cut < form.cuts; cut++) {
      const { accepted } = proxy;
      proxy.cut(cut % 2 === 0 ? 'rst' : 'fin');
      await until(
        'a new connection',
        () => proxy.accepted,
        (now) => now > accepted,
        10_000,
      );
      await answersCome(100);
    }
    const { callsPerSecond, ok, failed, latestMs } = await consumer.rest();
    expect(latestMs).toBeLessThan(LATE_MS);
    expect(Object.keys(failed).filter((code) => code !== 'network')).toEqual([]);
    const left = await nothingIsLeft();
    tell('a connection is cut', { times: form.cuts, 'calls/s': callsPerSecond, ok, failed, ...left });
  });

  it('frames cut at every byte and bytes that come late cost no call', async () => {
    const { accepted } = proxy;
    proxy.delay(50);
    await answersCome(2_000);
    proxy.delay(0);
    proxy.split(true);
    await until(
      'frames split',
      () => proxy.splits,
      (splits) => splits >= form.splits,
      120_000,
    );
    proxy.delay(20);
    await answersCome(2_000);
    proxy.split(false);
    proxy.delay(0);
    const { callsPerSecond, ok, failed } = await consumer.rest();
    expect(failed).toEqual({});
    expect(proxy.accepted).toBe(accepted);
    const left = await nothingIsLeft();
    tell('frames are split and delayed', { splits: proxy.splits, 'calls/s': callsPerSecond, ok, failed, ...left });
  });

  it('both ends close and leave their processes nothing to wait for', async () => {
    expect(await consumer.close()).toMatchObject({ failed: {} });
    await provider.shutDown();
  });
});
