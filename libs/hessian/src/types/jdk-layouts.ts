import { BigDecimal } from './big-decimal.js';
import type { JavaType, ValueLayout } from './java-type.js';
import { referenceType } from './type-of.js';

// JDK classes whose objects are one value in JavaScript, as hessian-lite lays them out.

const string = referenceType<string>('java.lang.String', { kind: 'string' });
const int: JavaType<number> = Object.freeze({
  javaName: 'int',
  descriptor: 'I',
  primitive: true,
  shape: { kind: 'int' as const },
});
const ints = referenceType<number[]>('[I', { kind: 'array', element: int });

/** An object with one text field. */
function textLayout(wireName: string, field: string, pattern: RegExp, expects: string): ValueLayout<string> {
  return Object.freeze({
    wireName,
    fields: [{ name: field, type: string }],
    expects,
    accepts: (candidate: unknown): candidate is string => typeof candidate === 'string' && pattern.test(candidate),
    toFields: (value: string) => [value],
    fromFields: (fields: Readonly<Record<string, unknown>>) => {
      const text = fields[field];
      if (typeof text !== 'string') throw new TypeError(`its field '${field}' is no string`);
      return text;
    },
  });
}

export const bigDecimalLayout: ValueLayout<BigDecimal> = Object.freeze({
  wireName: 'java.math.BigDecimal',
  fields: [{ name: 'value', type: string }],
  expects: 'a BigDecimal',
  accepts: (candidate: unknown): candidate is BigDecimal => candidate instanceof BigDecimal,
  toFields: (value: BigDecimal) => [value.toString()],
  fromFields: ({ value }: Readonly<Record<string, unknown>>) => BigDecimal.of(String(value)),
});

/** Only signum and mag matter to Java; the cached bit counts are written as 0, as a fresh BigInteger has them. */
export const bigIntegerLayout: ValueLayout<bigint> = Object.freeze({
  wireName: 'java.math.BigInteger',
  fields: [
    { name: 'mag', type: ints },
    { name: 'firstNonzeroIntNumPlusTwo', type: int },
    { name: 'lowestSetBitPlusTwo', type: int },
    { name: 'bitLengthPlusOne', type: int },
    { name: 'bitCountPlusOne', type: int },
    { name: 'signum', type: int },
  ],
  expects: 'a bigint',
  accepts: (candidate: unknown): candidate is bigint => typeof candidate === 'bigint',
  toFields: (value: bigint) => [magnitudeOf(value), 0, 0, 0, 0, value === 0n ? 0 : value < 0n ? -1 : 1],
  fromFields: ({ mag, signum }: Readonly<Record<string, unknown>>) => {
    if (!Array.isArray(mag) || !mag.every(Number.isInteger)) throw new TypeError("its field 'mag' is no int[]");
    if (signum !== -1 && signum !== 0 && signum !== 1) throw new TypeError("its field 'signum' is not -1, 0 or 1");
    const hex = (mag as number[]).map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
    const magnitude = hex === '' ? 0n : BigInt(`0x${hex}`);
    return signum < 0 ? -magnitude : magnitude;
  },
});

/** Big-endian 32-bit words, as ints. */
function magnitudeOf(value: bigint): number[] {
  if (value === 0n) return [];
  const hex = (value < 0n ? -value : value).toString(16);
  const padded = hex.padStart(Math.ceil(hex.length / 8) * 8, '0');
  return Array.from(
    { length: padded.length / 8 },
    (_, at) => Number.parseInt(padded.slice(at * 8, at * 8 + 8), 16) | 0,
  );
}

export const uuidLayout: ValueLayout<string> = textLayout(
  'java.util.UUID',
  'value',
  /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i,
  'a UUID such as 00000000-0000-0001-0000-000000000002',
);
