import { networkInterfaces } from 'node:os';
import { expect, it } from 'vitest';
import { runChecks } from './checks.js';
import { runJavaConsumer, startJavaProvider } from './java-peer.js';
import { privateRegistry, startNodeConsumer, startNodeProvider } from './node-apps.js';

// Dubbo 3.3 only: the older lines leave out parts of the consumer's chain for a direct URL, so that their own attachments
// go astray.

it('Java consumer, Node provider', async () => {
  const { port, stop } = await startNodeProvider(await privateRegistry());
  try {
    const outcomes = await runJavaConsumer('3.3', `dubbo://${ownAddress()}:${port}/`);
    expect(outcomes.length).toBeGreaterThan(100);
    expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
  } finally {
    await stop();
  }
});

it('Node consumer, Java provider', async () => {
  const provider = await startJavaProvider('3.3');
  const { references, stop } = await startNodeConsumer(await privateRegistry(), `dubbo://127.0.0.1:${provider.port}`);
  try {
    expect((await runChecks(references)).filter(({ ok }) => !ok)).toEqual([]);
  } finally {
    await stop();
    await provider.stop();
  }
});

/** Java takes a loopback address for this one anyway. */
function ownAddress(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';
}
