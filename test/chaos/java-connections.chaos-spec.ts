import { beforeAll, expect, it } from 'vitest';
import { buildJavaPeer, type DubboLine } from '../interop/java-build.js';
import { RawPeer, requestBody } from '../support/raw-peer.js';
import { startTcpProxy } from '../support/tcp-proxy.js';
import { interop } from './contract.js';
import { HEARTBEAT_MS, tell } from './form.js';
import { startJavaConsumer } from './java-consumer.js';
import { type ProviderProcess, startProvider, until } from './peers.js';

const lines: readonly DubboLine[] = ['2.6', '2.7', '3.3'];
const PERIODS = 5;

beforeAll(async () => {
  for (const line of lines) await buildJavaPeer(line);
});

it('Java consumers keep a quiet connection alive, and leave a provider that says READONLY alone', async () => {
  const outcomes = await Promise.allSettled(lines.map(keepsAndLeaves));
  expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual([]);
});

async function keepsAndLeaves(line: DubboLine): Promise<void> {
  const open: (() => Promise<void> | void)[] = [];
  try {
    const providers = [await startProvider({ port: 0 }), await startProvider({ port: 0 })] as const;
    open.push(async () => void (await Promise.all(providers.map((provider) => provider.kill()))));
    // Java takes 127.0.0.1 for this machine's own address.
    const proxies = await Promise.all(providers.map(({ port }) => startTcpProxy(`127.0.0.1:${port}`, '0.0.0.0')));
    open.push(async () => void (await Promise.all(proxies.map((proxy) => proxy.close()))));
    // 2.7 takes several addresses for zones unless it is told otherwise.
    const urls = proxies.map(
      ({ address }) => `dubbo://${address}/${interop.interface}?heartbeat=${HEARTBEAT_MS}&cluster=failover`,
    );
    const consumer = await startJavaConsumer(line, urls.join(';'), 200);
    open.push(() => consumer.kill());

    // Nothing but heartbeats: without them both ends would give the connection up after three periods.
    await new Promise((resolve) => setTimeout(resolve, PERIODS * HEARTBEAT_MS + 500));
    expect(proxies.map((proxy) => [proxy.open, proxy.accepted])).toEqual([
      [1, 1],
      [1, 1],
    ]);

    await consumer.go();
    const [leaving, staying] = providers;
    for (const provider of providers)
      await until(
        'calls',
        () => callsOf(provider),
        (calls) => calls > 100,
        20_000,
      );
    // Keeps the leaving one from ending before Java could call it again.
    const guest = await RawPeer.connect(leaving.port);
    open.push(() => guest.close());
    const attachments = { timeout: '20000' };
    guest.send({
      body: requestBody({ path: interop.interface, method: 'sleep', descriptor: 'I', args: [8_000], attachments }),
    });
    leaving.terminate();
    let before = -1;
    await until(
      'no call while the other provider takes 200',
      async () => {
        before = await callsOf(leaving);
        const other = await callsOf(staying);
        await until(
          'calls',
          () => callsOf(staying),
          (calls) => calls > other + 200,
          20_000,
        );
        return (await callsOf(leaving)) - before;
      },
      (more) => more === 0,
      6_000,
    );
    expect(proxies.map((proxy) => [proxy.open, proxy.accepted])).toEqual([
      [1, 1],
      [1, 1],
    ]);
    const { sent, failed, firstFailure } = await consumer.stop();
    tell(`a consumer by Dubbo ${line}`, {
      'heartbeat periods kept': PERIODS,
      'calls after READONLY to the leaving provider': 0,
      sent,
      failed,
    });
    expect(firstFailure).toBe('');
  } finally {
    for (const close of open.reverse()) await close();
  }
}

async function callsOf(provider: ProviderProcess): Promise<number> {
  return (await provider.seen()).calls;
}
