import { Decoder, Encoder } from '@nestjs-dubbo/hessian';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { graph } from './arbitrary.js';
import { describeValue } from './describe-value.js';
import { hessianVersions } from './hessian-build.js';
import { HessianPeer } from './hessian-peer.js';

// Random graphs are written here, read and written again by Java, and read here. HESSIAN_SEED=n replays a run,
// HESSIAN_GRAPHS=n makes that many.

const seed = Number(process.env['HESSIAN_SEED'] ?? Math.floor(Math.random() * 1e9));
const graphs = Number(process.env['HESSIAN_GRAPHS'] ?? 10_000);

const peers: HessianPeer[] = [];
beforeAll(async () => {
  peers.push(...(await Promise.all(hessianVersions.map((version) => HessianPeer.start(version)))));
});
afterAll(async () => {
  await Promise.all(peers.map((peer) => peer.stop()));
});

it(`${graphs} random graphs come back from both versions as they went, seed ${seed}`, async () => {
  let tried = 0;
  const property = fc.asyncProperty(graph, async (value) => {
    tried++;
    const encoder = new Encoder();
    encoder.write(value);
    const body = encoder.finish();
    const expected = describeValue(value);
    await Promise.all(peers.map((peer) => requireEcho(peer, body, expected)));
  });
  await fc.assert(property, { seed, numRuns: graphs });
  expect(tried).toBe(graphs);
});

async function requireEcho(peer: HessianPeer, body: Uint8Array, expected: string): Promise<void> {
  try {
    const echo = await peer.echo(body);
    expect(describeValue(new Decoder(echo).read())).toBe(expected);
  } catch (error) {
    throw new Error(`hessian-lite ${peer.version}, the body: ${Buffer.from(body).toString('hex')}`, { cause: error });
  }
}
