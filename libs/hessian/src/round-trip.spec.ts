import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BigDecimal, Decoder, Encoder, HessianError, java, type TypeLike } from './index.js';

// A failing run prints its seed; FC_SEED replays it.
const seed = Number(process.env['FC_SEED'] ?? Math.floor(Math.random() * 0x7fffffff));
const parameters = { seed, numRuns: 300 };

function roundTrip(value: unknown, type?: TypeLike): unknown {
  const encoder = new Encoder();
  encoder.write(value, type);
  const decoder = new Decoder(encoder.finish());
  const back = decoder.read(type as TypeLike);
  expect(decoder.remaining).toBe(0);
  return back;
}

const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const anyString = fc.string({ unit: 'binary', maxLength: 50 });
const oddString = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
  .map((units) => String.fromCharCode(...units));
const double = fc.double().map((value) => (Object.is(value, -0) ? 0 : value));
const float = fc.float().map((value) => (Object.is(value, -0) ? 0 : value));
const date = fc.date({ noInvalidDate: true });
const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), fc.integer({ min: -50, max: 50 }))
  .map(([unscaled, scale]) => BigDecimal.of(`${unscaled}E${-scale}`));

const typed: [string, fc.Arbitrary<unknown>, TypeLike][] = [
  ['int', fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), java.int],
  ['long', long, java.long],
  ['long as number', fc.maxSafeInteger(), java.long.asNumber],
  ['long as string', long.map(String), java.long.asString],
  ['double', double, java.double],
  ['float', float, java.float],
  ['Float', fc.integer({ min: -(2 ** 24), max: 2 ** 24 }).map((n) => n / 8), java.Float],
  ['string', anyString, java.string],
  ['string of lone surrogates', oddString, java.string],
  ['date', date, java.date],
  ['bytes', fc.uint8Array({ maxLength: 2000 }), java.bytes],
  ['big decimal', decimal, java.bigDecimal],
  ['big integer', fc.bigInt(), java.bigInteger],
  ['list of longs', fc.array(long), java.list(java.long)],
  ['set of strings', fc.array(anyString).map((values) => new Set(values)), java.set(java.string)],
  [
    'map of lists',
    fc.array(fc.tuple(fc.integer(), fc.array(double))).map((entries) => new Map(entries)),
    java.map(java.int, java.list(java.double)),
  ],
  ['array of arrays', fc.array(fc.array(fc.option(anyString))), java.array(java.array(java.string))],
];

// What comes back as it went without a type: doubles that are integers do not, they come back as ints or longs.
const leaf = fc.oneof(
  fc.integer(),
  long,
  double.filter((value) => !Number.isInteger(value)),
  anyString,
  oddString,
  fc.boolean(),
  fc.constant(null),
  date,
  fc.uint8Array(),
  decimal,
);
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('tree'), { maxLength: 10 }),
    fc.dictionary(anyString, tie('tree'), { noNullPrototype: true, maxKeys: 10 }),
    fc.array(tie('tree'), { maxLength: 5 }).map((values) => new Set(values)),
    fc.array(fc.tuple(fc.integer(), tie('tree')), { minLength: 1, maxLength: 5 }).map((entries) => new Map(entries)),
  ),
}));

function outcome(bytes: Uint8Array): string {
  try {
    new Decoder(bytes).read();
    return 'a value';
  } catch (error) {
    return error instanceof HessianError ? 'a HessianError' : 'another error';
  }
}

describe(`round trips (FC_SEED=${seed})`, () => {
  it.each(typed)('%s', (_, arbitrary, type) => {
    fc.assert(
      fc.property(arbitrary, (value) => {
        expect(roundTrip(value, type)).toStrictEqual(value);
      }),
      parameters,
    );
  });

  it('values without a type', () => {
    fc.assert(
      fc.property(tree, (value) => {
        expect(roundTrip(value)).toStrictEqual(value);
      }),
      parameters,
    );
  });

  it('every truncation fails, every mutation is a value or a HessianError', () => {
    fc.assert(
      fc.property(tree, fc.nat(), fc.nat(255), (value, place, byte) => {
        const encoder = new Encoder();
        encoder.write(value);
        const bytes = Buffer.from(encoder.finish());
        expect(() => new Decoder(bytes.subarray(0, place % bytes.length)).read()).toThrow(HessianError);
        bytes[place % bytes.length] = byte;
        expect(outcome(bytes)).not.toBe('another error');
      }),
      parameters,
    );
  });
});
