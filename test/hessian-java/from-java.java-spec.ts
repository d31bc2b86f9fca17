import { Decoder, Encoder } from '@nestjs-dubbo/hessian';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hessianVersions } from './hessian-build.js';
import { type GraphOptions, HessianPeer } from './hessian-peer.js';
import { Typed } from './twins.js';

// Java makes random graphs and writes them; here they are read and written again, and Java must read the same from both
// bodies. HESSIAN_SEED=n replays a run, HESSIAN_GRAPHS=n makes that many of each kind.

const firstSeed = Number(process.env['HESSIAN_SEED'] ?? Math.floor(Math.random() * 1e9));
const graphs = Number(process.env['HESSIAN_GRAPHS'] ?? 1_300);
const largest = 14;
/** Graphs under way at once, so that neither side waits for the other. */
const width = 16;

type Rewrite = (body: Buffer) => Uint8Array;

const rewrite = (value: unknown, type?: typeof Typed): Uint8Array => {
  const encoder = new Encoder();
  encoder.write(value, type);
  return encoder.finish();
};
const untyped: Rewrite = (body) => rewrite(new Decoder(body, { holders: true }).read());
const untypedWithLongsAsText: Rewrite = (body) => rewrite(new Decoder(body, { holders: true, longs: 'string' }).read());
const declared: Rewrite = (body) => rewrite(new Decoder(body).read());
const typed: Rewrite = (body) => rewrite(new Decoder(body).read(Typed), Typed);

/** What Java makes and how it is read here; declared classes give copies for what was shared. */
const kinds: readonly {
  readonly name: string;
  readonly options: GraphOptions;
  readonly rewrites: readonly Rewrite[];
}[] = [
  {
    name: 'graphs with much sharing and many cycles, of classes not declared here',
    options: { sharing: true },
    rewrites: [untyped, untypedWithLongsAsText],
  },
  {
    name: 'graphs with types whose references the versions count unevenly',
    options: { uneven: true },
    rewrites: [untyped],
  },
  {
    name: 'graphs with cycles, of declared classes',
    options: { sharing: true, few: true, fractions: true },
    rewrites: [untyped, declared],
  },
  {
    name: 'objects with generic fields, arrays and java.time',
    options: { typed: true, fractions: true },
    rewrites: [untyped, declared, typed],
  },
];

const peers: HessianPeer[] = [];
beforeAll(async () => {
  peers.push(...(await Promise.all(hessianVersions.map((version) => HessianPeer.start(version)))));
});
afterAll(async () => {
  await Promise.all(peers.map((peer) => peer.stop()));
});

describe.each(hessianVersions)(`Java's hessian-lite %s, seeds from ${firstSeed}`, (version) => {
  for (const { name, options, rewrites } of kinds)
    it(`reads ${graphs} ${name}, as both versions read its own`, async () => {
      const writer = peers.find((peer) => peer.version === version)!;
      expect(await sameForAll(writer, options, rewrites, peers)).toBe(graphs);
    });
});

describe(`primitive floats, seeds from ${firstSeed}`, () => {
  // hessian-lite 4.0.3 writes eight bytes into a field of four, which ends its JVM sooner or later.
  it('go from and to Java by hessian-lite 3.2.13', async () => {
    const [old] = peers;
    const options = { floats: true, fractions: true };
    expect(await sameForAll(old!, options, [untyped, declared], [old!])).toBe(graphs);
  });
});

/** Answers how many graphs were tried; throws for one that is not the same, as small as it fails. */
async function sameForAll(
  writer: HessianPeer,
  options: GraphOptions,
  rewrites: readonly Rewrite[],
  readers: readonly HessianPeer[],
): Promise<number> {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < graphs) {
      const at = next++;
      const [seed, size] = [firstSeed + at, 1 + (at % largest)];
      const failure = await failureOf(writer, seed, size, options, rewrites, readers);
      if (failure !== undefined) {
        next = graphs;
        throw await smallest(failure, seed, (smaller) => failureOf(writer, seed, smaller, options, rewrites, readers));
      }
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: width }, work));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
  return next;
}

/** Of one graph: undefined if all is well. */
async function failureOf(
  writer: HessianPeer,
  seed: number,
  size: number,
  options: GraphOptions,
  rewrites: readonly Rewrite[],
  readers: readonly HessianPeer[],
): Promise<string | undefined> {
  const body = await writer.generate(seed, size, options);
  for (const write of rewrites) {
    const exactly = write === untyped || write === untypedWithLongsAsText;
    try {
      const written = write(body);
      if (exactly && !differsKnowingly(body)) expect(Buffer.from(written).toString('hex')).toBe(body.toString('hex'));
      await Promise.all(readers.map((reader) => reader.requireSame(body, written, exactly)));
    } catch (error) {
      return `seed ${seed}, size ${size}, ${JSON.stringify(options)}: ${String(error)}\nthe body: ${body.toString('hex')}`;
    }
  }
  return undefined;
}

// Java caches bit counts in a BigInteger, has more in a stack frame than JavaScript keeps, orders the fields of an
// exception by a class that is not known here, and cuts long binaries where its buffer happens to end.
function differsKnowingly(body: Buffer): boolean {
  return body.length > 4_000 || body.includes('java.math.BigInteger') || body.includes('detailMessage');
}

async function smallest(
  failure: string,
  seed: number,
  fails: (size: number) => Promise<string | undefined>,
): Promise<Error> {
  for (let size = 1; size < largest; size++) {
    const smaller = await fails(size);
    if (smaller !== undefined) return new Error(smaller);
  }
  return new Error(`${failure}\nreplay it with HESSIAN_SEED=${seed} HESSIAN_GRAPHS=1`);
}
