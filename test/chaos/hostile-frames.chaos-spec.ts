import { randomInt } from 'node:crypto';
import { afterEach, expect, it } from 'vitest';
import { form, tell } from './form.js';
import { attack, type ConsumerProcess, type ProviderProcess, startConsumer, startProvider } from './peers.js';
import { HEAP_SLACK_MIB } from './vitals.js';

/** Buffers come and go with the load; a leak of a byte per frame would be noticed all the same in the heap. */
const RSS_SLACK_MIB = 64;

let provider: ProviderProcess | undefined;
let consumer: ConsumerProcess | undefined;

afterEach(async () => {
  await consumer?.kill();
  await provider?.kill();
});

it('hostile frames cost neither the provider nor its honest clients anything', async () => {
  const seed = Number(process.env['CHAOS_SEED'] ?? randomInt(2 ** 31));
  process.stdout.write(`chaos: the seed of the hostile frames is ${seed}; CHAOS_SEED=${seed} repeats them\n`);
  provider = await startProvider({ port: 0 });
  const { port } = provider;
  consumer = await startConsumer({ url: `127.0.0.1:${port}`, clients: 10, callsPerSecond: 500, timeoutMs: 5_000 });
  await consumer.call();
  await consumer.go();
  // Warm: errors compile and cache more than successes.
  await attack({ port, frames: form.hostileFrames / 10, seed: seed + 1 });
  const before = await provider.vitals();
  const startedAt = performance.now();
  const { sent, connections, answeredBytes } = await attack({ port, frames: form.hostileFrames, seed });
  const seconds = (performance.now() - startedAt) / 1_000;
  const after = await provider.vitals();
  const honest = await consumer.close();
  const { logged } = await provider.seen();
  tell('hostile frames', {
    seed,
    frames: sent,
    'frames/s': Math.round(sent / seconds),
    connections,
    'answered MiB': Math.round(answeredBytes / 1_048_576),
    'lines logged': logged,
    'honest calls': honest.sent,
    failed: honest.failed,
    'honest calls/s': honest.callsPerSecond,
    'heap MiB': `${before.heapMiB} -> ${after.heapMiB}`,
    'RSS MiB': `${before.rssMiB} -> ${after.rssMiB}`,
  });
  expect(honest.messages).toEqual({});
  expect(honest.ok).toBe(honest.sent);
  // Nor is the log a way to hurt it: hostile frames differ, and so do the warnings of them.
  expect(logged).toBeLessThan(form.hostileFrames / 100);
  expect(after.heapMiB).toBeLessThan(before.heapMiB + HEAP_SLACK_MIB);
  expect(after.rssMiB).toBeLessThan(before.rssMiB + RSS_SLACK_MIB);
  await provider.shutDown();
});
