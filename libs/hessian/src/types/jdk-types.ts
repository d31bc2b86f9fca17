import { BigDecimal } from './big-decimal.js';
import type { JavaStackFrame } from './java-exception.js';
import type { JavaType, ReferenceType, ValueLayout } from './java-type.js';
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

const bigDecimalLayout: ValueLayout<BigDecimal> = Object.freeze({
  wireName: 'java.math.BigDecimal',
  fields: [{ name: 'value', type: string }],
  expects: 'a BigDecimal',
  accepts: (candidate: unknown): candidate is BigDecimal => candidate instanceof BigDecimal,
  toFields: (value: BigDecimal) => [value.toString()],
  fromFields: ({ value }: Readonly<Record<string, unknown>>) => BigDecimal.of(String(value)),
});

/** Only signum and mag matter to Java; the cached bit counts are written as 0, as a fresh BigInteger has them. */
const bigIntegerLayout: ValueLayout<bigint> = Object.freeze({
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

const uuidLayout: ValueLayout<string> = textLayout(
  'java.util.UUID',
  'value',
  /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i,
  'a UUID such as 00000000-0000-0001-0000-000000000002',
);

// Java 8 has these four; the rest of later versions is not read and not missed when absent.
const stackFrameLayout: ValueLayout<JavaStackFrame> = Object.freeze({
  wireName: 'java.lang.StackTraceElement',
  fields: [
    { name: 'lineNumber', type: int },
    { name: 'fileName', type: string },
    { name: 'methodName', type: string },
    { name: 'declaringClass', type: string },
  ],
  expects: 'a stack frame { className, methodName, fileName, lineNumber }',
  accepts: (candidate: unknown): candidate is JavaStackFrame =>
    typeof candidate === 'object' && candidate !== null && 'className' in candidate && 'methodName' in candidate,
  toFields: ({ className, methodName, fileName, lineNumber }: JavaStackFrame) => [
    lineNumber,
    fileName,
    methodName,
    className,
  ],
  fromFields: ({ declaringClass, methodName, fileName, lineNumber }: Readonly<Record<string, unknown>>) => ({
    className: typeof declaringClass === 'string' ? declaringClass : '',
    methodName: typeof methodName === 'string' ? methodName : '',
    fileName: typeof fileName === 'string' ? fileName : null,
    lineNumber: typeof lineNumber === 'number' ? lineNumber : -1,
  }),
});

function valueType<T>(javaName: string, layout: ValueLayout<T>): ReferenceType<T> {
  return referenceType<T>(javaName, { kind: 'value', layout: layout as ValueLayout });
}

export const bigDecimalType = valueType('java.math.BigDecimal', bigDecimalLayout);
export const bigIntegerType = valueType('java.math.BigInteger', bigIntegerLayout);
export const uuidType = valueType('java.util.UUID', uuidLayout);
export const stackFrameType = valueType('java.lang.StackTraceElement', stackFrameLayout);

/** A JDK class by its name on the wire. */
export interface JdkClass {
  readonly type: JavaType;
  readonly layout: ValueLayout;
  /** Its JavaScript value tells its Java type by itself; others are wrapped in a JavaValue where no type is declared. */
  readonly selfTelling: boolean;
}

function jdkClass(type: JavaType, selfTelling: boolean): [string, JdkClass] {
  const { shape } = type;
  if (shape.kind !== 'value') throw new TypeError(`${type.javaName} is no value type`);
  return [shape.layout.wireName, { type, layout: shape.layout, selfTelling }];
}

/** The JDK classes known, by their names on the wire. */
export const jdkClasses: ReadonlyMap<string, JdkClass> = new Map([
  jdkClass(bigDecimalType, true),
  jdkClass(bigIntegerType, false),
  jdkClass(uuidType, false),
  jdkClass(stackFrameType, false),
]);

/** The type of an object whose JavaScript class stands for one JDK class. */
export function selfTellingType(value: object): JavaType | undefined {
  return value instanceof BigDecimal ? bigDecimalType : undefined;
}
