import { interfaceNameOf } from './declarations.js';
import type {
  JavaClassConstructor,
  JavaType,
  PrimitiveType,
  ReferenceLike,
  ReferenceType,
  Shape,
  TypeLike,
  ValueOf,
} from './java-type.js';
import * as time from './java-time-types.js';
import * as jdk from './jdk-types.js';
import { JavaValue } from './java-value.js';
import { boxed, notCallback } from './box.js';
import { classType, lazyType, referenceType, resolved, typeOf } from './type-of.js';

// The vocabulary. Types that JavaScript has no literals for are functions as well: java.double(1) is a JavaValue, a
// double in a position without a declared type.

/** Makes a value of this type for an untyped position. */
export interface Wraps<T> {
  (value: T): JavaValue<T>;
}

function wrapping<P extends boolean, T>(type: JavaType<T> & { readonly primitive: P }): typeof type & Wraps<T> {
  return Object.freeze(Object.assign((value: T): JavaValue<T> => new JavaValue<T>(type, value), type));
}

function primitiveType<T>(javaName: string, descriptor: string, shape: Shape): PrimitiveType<T> {
  return { javaName, descriptor, primitive: true, shape };
}

function primitive<T>(javaName: string, descriptor: string, shape: Shape): PrimitiveType<T> & Wraps<T> {
  return wrapping<true, T>(primitiveType<T>(javaName, descriptor, shape));
}

function box<T>(javaName: string, shape: Shape): ReferenceType<T> & Wraps<T> {
  return wrapping<false, T>(referenceType<T>(javaName, shape));
}

const asBigint = { kind: 'long', as: 'bigint' } as const;
const asNumber = { kind: 'long', as: 'number' } as const;
const asString = { kind: 'long', as: 'string' } as const;

const long = Object.freeze(
  Object.assign((value: bigint): JavaValue<bigint> => new JavaValue(long, value), {
    ...primitiveType<bigint>('long', 'J', asBigint),
    /** A long as a number; a value beyond ±(2^53 - 1) is an error. */
    asNumber: primitive<number>('long', 'J', asNumber),
    /** A long as decimal text. */
    asString: primitive<string>('long', 'J', asString),
  }),
);

const Long = Object.freeze(
  Object.assign((value: bigint): JavaValue<bigint> => new JavaValue(Long, value), {
    ...referenceType<bigint>('java.lang.Long', asBigint),
    /** A Long as a number; a value beyond ±(2^53 - 1) is an error. */
    asNumber: box<number>('java.lang.Long', asNumber),
    /** A Long as decimal text. */
    asString: box<string>('java.lang.Long', asString),
  }),
);

import { any } from './any.js';

/** A java.util.List; an array in JavaScript. */
function list<E extends TypeLike>(element: E): ReferenceType<ValueOf<E>[]> {
  return referenceType('java.util.List', { kind: 'list', element: boxed(element) });
}

/** A java.util.Set; a Set in JavaScript. */
function set<E extends TypeLike>(element: E): ReferenceType<Set<ValueOf<E>>> {
  return referenceType('java.util.Set', { kind: 'set', element: boxed(element) });
}

/** A java.util.Map; a Map in JavaScript. A plain object is written too when the keys are strings. */
function map<K extends TypeLike, V extends TypeLike>(key: K, value: V): ReferenceType<Map<ValueOf<K>, ValueOf<V>>> {
  return referenceType('java.util.Map', { kind: 'map', key: boxed(key), value: boxed(value) });
}

/** A Java array of primitives or references; `java.bytes` is the better byte[]. */
function array<E extends TypeLike>(element: E): ReferenceType<ValueOf<E>[]> {
  const component = notCallback(resolvedUnlessLazy(typeOf(element)));
  if (component.descriptor === 'V') throw new TypeError('java.array(java.void): Java has no such type');
  const name =
    component.primitive || component.javaName.startsWith('[') ? component.descriptor : `L${component.javaName};`;
  return referenceType(`[${name.replaceAll('/', '.')}`, { kind: 'array', element: component });
}

/** Lets the TypeScript signature say `T | null`. On the wire every reference may be null. */
function nullable<D extends ReferenceLike>(type: D): ReferenceType<ValueOf<D> | null> {
  const made = typeOf(type);
  if (made.primitive) throw new TypeError(`java.nullable(java.${made.javaName}): a primitive is never null`);
  if (made.shape.kind === 'callback') throw new TypeError('java.nullable(java.callback(…)): Dubbo knows no null there');
  return made as ReferenceType<ValueOf<D> | null>;
}

/** A class named later: for the class itself, or one of a cyclic import. Declare the property as `Ref<T>`. */
function lazy<D extends ReferenceLike>(find: () => D): ReferenceType<ValueOf<D>> {
  return lazyType(find) as ReferenceType<ValueOf<D>>;
}

/** A generic class with its type arguments: `java.of(Page<Comment>, Comment)`. Its fields name them `java.variable(0)` … */
function of<T extends object>(construct: JavaClassConstructor<T>, ...args: TypeLike[]): ReferenceType<T> {
  return classType(construct, args.map(boxed)) as ReferenceType<T>;
}

/** In a generic class, its type parameter number `index`, from 0; any value until `java.of` binds it. */
function variable(index: number): ReferenceType<unknown> {
  return referenceType('java.lang.Object', { kind: 'variable', index });
}

/** The type under another erased name, such as `java.as('java.util.Collection', java.list(X))`. */
function as<D extends TypeLike>(javaName: string, type: D): ReferenceType<ValueOf<D>> {
  const { shape } = boxed(type);
  return referenceType(javaName, shape);
}

/** A Java enum; in JavaScript the constant's name. */
function enumOf<const C extends readonly string[]>(javaName: string, constants: C): ReferenceType<C[number]> {
  return referenceType(javaName, { kind: 'enum', constants: Object.freeze([...constants]) });
}

/**
 * A parameter whose argument the callee calls back, over the caller's connection; `contract` is its Dubbo interface. With
 * `release` the method gives back what another one was given: it is not called any more.
 */
function callback<T extends object>(
  contract: JavaClassConstructor<T>,
  { release = false }: { readonly release?: boolean } = {},
): ReferenceType<T> {
  const javaName = interfaceNameOf(contract);
  if (javaName === undefined) throw new TypeError(`${contract.name} is no Dubbo interface: give it @DubboInterface`);
  return referenceType(javaName, { kind: 'callback', contract, release });
}

function resolvedUnlessLazy(type: JavaType): JavaType {
  return type.shape.kind === 'lazy' ? resolved(type) : type;
}

/** Java's types, by their Java names; lower case is the primitive, upper case the box. */
export const java = Object.freeze({
  boolean: primitive<boolean>('boolean', 'Z', { kind: 'boolean' }),
  byte: primitive<number>('byte', 'B', { kind: 'byte' }),
  short: primitive<number>('short', 'S', { kind: 'short' }),
  int: primitive<number>('int', 'I', { kind: 'int' }),
  long,
  float: primitive<number>('float', 'F', { kind: 'float' }),
  double: primitive<number>('double', 'D', { kind: 'double' }),
  char: primitive<string>('char', 'C', { kind: 'char' }),
  void: Object.freeze(primitiveType<void>('void', 'V', { kind: 'void' })),
  Boolean: box<boolean>('java.lang.Boolean', { kind: 'boolean' }),
  Byte: box<number>('java.lang.Byte', { kind: 'byte' }),
  Short: box<number>('java.lang.Short', { kind: 'short' }),
  Integer: box<number>('java.lang.Integer', { kind: 'int' }),
  Long,
  Float: box<number>('java.lang.Float', { kind: 'float' }),
  Double: box<number>('java.lang.Double', { kind: 'double' }),
  Character: box<string>('java.lang.Character', { kind: 'char' }),
  string: referenceType<string>('java.lang.String', { kind: 'string' }),
  /** java.util.Date, to the millisecond. */
  date: referenceType<Date>('java.util.Date', { kind: 'date' }),
  /** byte[]; Uint8Array in JavaScript. */
  bytes: referenceType<Uint8Array>('[B', { kind: 'bytes' }),
  bigDecimal: jdk.bigDecimalType,
  bigInteger: wrapping(jdk.bigIntegerType),
  /** java.util.UUID as its text. */
  uuid: wrapping(jdk.uuidType),
  /** java.util.BitSet as a bigint whose bits are the set's. */
  bitSet: wrapping(jdk.bitSetType),
  /** A java.util.GregorianCalendar as its point in time. */
  calendar: wrapping(jdk.calendarType),
  /** java.lang.Class as its name. */
  class: wrapping(jdk.classType),
  /** java.util.Locale as Java's text, such as zh_CN. */
  locale: wrapping(jdk.localeType),
  /** java.util.Currency as its code. */
  currency: wrapping(jdk.currencyType),
  /** java.net.URI as its text. */
  uri: wrapping(jdk.uriType),
  /** java.io.File as its path. */
  file: wrapping(jdk.fileType),
  atomicBoolean: wrapping(jdk.atomicBooleanType),
  atomicInteger: wrapping(jdk.atomicIntegerType),
  atomicLong: wrapping(jdk.atomicLongType),
  longAdder: wrapping(jdk.longAdderType),
  /** java.lang.StackTraceElement. */
  stackFrame: wrapping(jdk.stackFrameType),
  /** java.sql.Date; a field of that type is a bare date on the wire, as Java writes it. */
  sqlDate: wrapping(jdk.sqlDateType),
  sqlTime: wrapping(jdk.sqlTimeType),
  /** java.sql.Timestamp, to the millisecond: hessian-lite drops the rest. */
  sqlTimestamp: wrapping(jdk.sqlTimestampType),
  localDate: time.localDateType,
  localTime: time.localTimeType,
  localDateTime: time.localDateTimeType,
  instant: time.instantType,
  duration: time.durationType,
  period: time.periodType,
  year: time.yearType,
  yearMonth: time.yearMonthType,
  monthDay: time.monthDayType,
  zoneOffset: time.zoneOffsetType,
  zoneId: time.zoneIdType,
  offsetTime: time.offsetTimeType,
  offsetDateTime: time.offsetDateTimeType,
  zonedDateTime: time.zonedDateTimeType,
  /** java.lang.Object: the value itself tells its Java type. */
  any,
  object: any,
  list,
  set,
  map,
  array,
  nullable,
  lazy,
  of,
  variable,
  as,
  enum: enumOf,
  callback,
});
