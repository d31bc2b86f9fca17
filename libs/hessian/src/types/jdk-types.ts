import { any } from './any.js';
import { BigDecimal } from './big-decimal.js';
import type { JavaStackFrame } from './java-exception.js';
import { timeTypes } from './java-time-types.js';
import type { JavaType, ReferenceType, ValueLayout } from './java-type.js';
import {
  date,
  int,
  ints,
  isBigint,
  isString,
  isValidDate,
  long,
  longs,
  string,
  valueType,
  wrapperType,
} from './value-type.js';

// The JDK classes whose objects are one value in JavaScript, with the fields that hessian-lite writes for them.

const handles = 'com.alibaba.com.caucho.hessian.io';
/** How an EnumSet travels: its constants in `objects`, their class in `type`. */
export const enumSetHandle = `${handles}.EnumSetHandler`;

const uuidPattern = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const isInt = (candidate: unknown): candidate is number =>
  Number.isInteger(candidate) && (candidate as number) === ((candidate as number) | 0);
const isBoolean = (candidate: unknown): candidate is boolean => typeof candidate === 'boolean';

/** A JDK class with one field of text. */
function textType(javaName: string, field: string, expects: string, wireName = javaName): ReferenceType<string> {
  return wrapperType(javaName, field, string, expects, isString, { wireName });
}

/** Java's text says all of a BigDecimal. */
export const bigDecimalType = valueType<BigDecimal>('java.math.BigDecimal', {
  wireName: 'java.math.BigDecimal',
  fields: [{ name: 'value', type: string }],
  expects: 'a BigDecimal',
  accepts: (candidate): candidate is BigDecimal => candidate instanceof BigDecimal,
  toFields: (value) => [value.toString()],
  fromFields: ({ value }) => BigDecimal.of(String(value)),
});

/** Only signum and mag matter to Java; the cached bit counts are 0, as a fresh BigInteger has them. */
export const bigIntegerType = valueType<bigint>('java.math.BigInteger', {
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
  accepts: isBigint,
  toFields: (value) => [magnitudeOf(value), 0, 0, 0, 0, value === 0n ? 0 : value < 0n ? -1 : 1],
  fromFields: ({ mag, signum }) => {
    if (!Array.isArray(mag)) throw new TypeError("its field 'mag' is no int[]");
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

/** Text since hessian-lite 3.2.8, two longs before. */
export const uuidType = valueType<string>('java.util.UUID', {
  wireName: 'java.util.UUID',
  unevenlyCounted: true,
  fields: [{ name: 'value', type: string }],
  alsoRead: [
    { name: 'mostSigBits', type: long },
    { name: 'leastSigBits', type: long },
  ],
  expects: 'a UUID such as 00000000-0000-0001-0000-000000000002',
  accepts: (candidate): candidate is string => isString(candidate) && uuidPattern.test(candidate),
  toFields: (value) => [value],
  fromFields: ({ value, mostSigBits, leastSigBits }) => {
    if (isString(value) && uuidPattern.test(value)) return value;
    if (!isBigint(mostSigBits) || !isBigint(leastSigBits)) throw new TypeError(`'${String(value)}' is no UUID`);
    const hex = ((BigInt.asUintN(64, mostSigBits) << 64n) | BigInt.asUintN(64, leastSigBits))
      .toString(16)
      .padStart(32, '0');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  },
});

/** Java 8 has these four fields; what later versions add is not needed to make one, and is dropped. */
export const stackFrameType = valueType<JavaStackFrame>('java.lang.StackTraceElement', {
  wireName: 'java.lang.StackTraceElement',
  fields: [
    { name: 'lineNumber', type: int },
    { name: 'fileName', type: string },
    { name: 'methodName', type: string },
    { name: 'declaringClass', type: string },
  ],
  expects: 'a stack frame { className, methodName, fileName, lineNumber }',
  accepts: (candidate): candidate is JavaStackFrame =>
    typeof candidate === 'object' && candidate !== null && 'className' in candidate && 'methodName' in candidate,
  toFields: ({ className, methodName, fileName, lineNumber }) => [lineNumber, fileName, methodName, className],
  fromFields: ({ declaringClass, methodName, fileName, lineNumber }) => ({
    className: isString(declaringClass) ? declaringClass : '',
    methodName: isString(methodName) ? methodName : '',
    fileName: isString(fileName) ? fileName : null,
    lineNumber: isInt(lineNumber) ? lineNumber : -1,
  }),
});

/** Which bits are set, as a number of that many bits; never negative. */
export const bitSetType = valueType<bigint>('java.util.BitSet', {
  wireName: `${handles}.BitSetHandle`,
  fields: [{ name: 'words', type: longs }],
  expects: 'a bigint that is not negative',
  accepts: (candidate): candidate is bigint => isBigint(candidate) && candidate >= 0n,
  toFields: (value) => {
    const hex = value.toString(16);
    const words: bigint[] = [];
    for (let stop = hex.length; stop > 0; stop -= 16)
      words.push(BigInt.asIntN(64, BigInt(`0x${hex.slice(Math.max(0, stop - 16), stop)}`)));
    return [value === 0n ? [] : words];
  },
  fromFields: ({ words }) => {
    if (!Array.isArray(words)) throw new TypeError("its field 'words' is no long[]");
    const hex = (words as bigint[]).toReversed().map((word) => BigInt.asUintN(64, word).toString(16).padStart(16, '0'));
    return words.length === 0 ? 0n : BigInt(`0x${hex.join('')}`);
  },
});

/** A GregorianCalendar, as its point in time; what other calendar it was is lost. */
export const calendarType = valueType<Date>('java.util.Calendar', {
  wireName: `${handles}.CalendarHandle`,
  unevenlyCounted: true,
  countIn4: 2,
  fields: [
    { name: 'date', type: date },
    { name: 'type', type: any },
  ],
  expects: 'a valid Date',
  accepts: isValidDate,
  toFields: (value) => [value, null],
  fromFields: ({ date: value }) => {
    if (!isValidDate(value)) throw new TypeError("its field 'date' is no date");
    return value;
  },
});

/** An AtomicBoolean keeps an int. */
export const atomicBooleanType = valueType<boolean>('java.util.concurrent.atomic.AtomicBoolean', {
  wireName: 'java.util.concurrent.atomic.AtomicBoolean',
  fields: [{ name: 'value', type: int }],
  expects: 'true or false',
  accepts: isBoolean,
  toFields: (value) => [value ? 1 : 0],
  fromFields: ({ value }) => value !== 0,
});

const atomic = 'java.util.concurrent.atomic';
export const atomicIntegerType = wrapperType(`${atomic}.AtomicInteger`, 'value', int, 'a 32-bit integer', isInt);
export const atomicLongType = wrapperType(`${atomic}.AtomicLong`, 'value', long, 'a bigint of 64 bits', isBigint);
export const longAdderType = wrapperType(`${atomic}.LongAdder`, 'value', long, 'a bigint of 64 bits', isBigint, {
  wireName: `${atomic}.LongAdder$SerializationProxy`,
  countIn4: 0,
});

export const classType = textType('java.lang.Class', 'name', 'the name of a Java class');
export const localeType = textType('java.util.Locale', 'value', 'a locale such as zh_CN', `${handles}.LocaleHandle`);
export const currencyType = textType('java.util.Currency', 'currencyCode', 'a currency code such as USD');
export const uriType = wrapperType('java.net.URI', 'string', string, 'a URI', isString, { countIn4: 0 });
export const fileType = textType('java.io.File', 'value', 'a path');

/** java.sql types are to the millisecond: hessian-lite drops the nanoseconds of a Timestamp. */
function sqlType(javaName: string): ReferenceType<Date> {
  return wrapperType(javaName, 'value', date, 'a valid Date', isValidDate);
}
export const sqlDateType = sqlType('java.sql.Date');
export const sqlTimeType = sqlType('java.sql.Time');
export const sqlTimestampType = sqlType('java.sql.Timestamp');

/** A JDK class by its name on the wire. */
export interface JdkClass {
  readonly type: JavaType;
  readonly layout: ValueLayout;
  /** Its JavaScript value tells its Java type by itself; others are wrapped in a JavaValue where no type is declared. */
  readonly selfTelling: boolean;
}

// The JavaScript classes that stand for one JDK class each.
const selfTelling: ReadonlyMap<unknown, JavaType> = new Map<unknown, JavaType>([
  [BigDecimal, bigDecimalType],
  ...timeTypes,
]);

const wrapped: readonly JavaType[] = [
  bigIntegerType,
  uuidType,
  stackFrameType,
  bitSetType,
  calendarType,
  atomicBooleanType,
  atomicIntegerType,
  atomicLongType,
  longAdderType,
  classType,
  localeType,
  currencyType,
  uriType,
  fileType,
  sqlDateType,
  sqlTimeType,
  sqlTimestampType,
];

/** The JDK classes known, by their names on the wire. */
export const jdkClasses: ReadonlyMap<string, JdkClass> = new Map([
  ...[...selfTelling.values()].map((type) => jdkClass(type, true)),
  ...wrapped.map((type) => jdkClass(type, false)),
]);

function jdkClass(type: JavaType, tellsItself: boolean): [string, JdkClass] {
  const { shape } = type;
  if (shape.kind !== 'value') throw new TypeError(`${type.javaName} is no value type`);
  return [shape.layout.wireName, { type, layout: shape.layout, selfTelling: tellsItself }];
}

/** The type of an object whose JavaScript class stands for one JDK class. */
export function selfTellingType(value: object): JavaType | undefined {
  return selfTelling.get(value.constructor);
}
