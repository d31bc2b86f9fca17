import { minLong, maxLong } from '../types/expectation.js';
import { JavaException } from '../types/java-exception.js';
import { JavaObject } from '../types/java-object.js';
import type { JavaType } from '../types/java-type.js';
import { JavaValue } from '../types/java-value.js';
import { selfTellingType } from '../types/jdk-types.js';
import { isShared, originOf, type Origin } from '../types/origin.js';
import { show } from '../types/show.js';
import { keyStep, within } from '../wire/hessian-error.js';
import { Op } from '../wire/opcodes.js';
import { writeAsciiRecord } from './ascii-record.js';
import { writeBinary } from './binary.js';
import type { BodyWriter } from './body-writer.js';
import { writeDate } from './date.js';
import { writeListHead } from './list.js';
import { writeMapHead } from './map.js';
import { typeNameOf, writeHolder, writeNoted } from './noted.js';
import { writeDouble, writeInt, writeLong } from './number.js';
import { declaredTypeOf, isPlainObject, writeInstance } from './object.js';
import { writeString } from './string.js';
import { writeThrowable } from './throwable.js';

/**
 * Writes a value by what it is. Numbers: an integer within 32 bits is an int, another safe integer a long, any other
 * number a double; -0 is a double. A bigint is a long. Arrays, Sets, Maps and plain objects are ArrayList, HashSet and
 * HashMap, a Uint8Array is a byte[]; containers that were read without a type keep the classes and kinds of number that they
 * came with. Throws a HessianError for what has no Java counterpart; `JavaValue` tells types that
 * JavaScript lacks.
 */
export function writeUntyped(body: BodyWriter, value: unknown): void {
  switch (typeof value) {
    case 'string':
      return writeString(body, value);
    case 'number':
      return writeNumber(body, value);
    case 'boolean':
      return body.byte(value ? Op.true : Op.false);
    case 'bigint':
      if (value < minLong || value > maxLong)
        throw body.error(`${show(value)} is beyond a long; java.bigInteger(…) sends a BigInteger`);
      return writeLong(body, value);
    case 'undefined':
      return body.byte(Op.null);
    case 'object':
      return value === null ? body.byte(Op.null) : writeObject(body, value);
    default:
      throw body.error(`${show(value)} has no Java counterpart`);
  }
}

function writeNumber(body: BodyWriter, value: number): void {
  if ((value | 0) === value && !Object.is(value, -0)) writeInt(body, value);
  else if (Number.isSafeInteger(value) && value !== 0) writeLong(body, BigInt(value));
  else writeDouble(body, value);
}

function writeObject(body: BodyWriter, value: object): void {
  if (Array.isArray(value)) return writeArray(body, value);
  if (isPlainObject(value)) return writeRecordNoted(body, value);
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw body.error('expected a valid Date, got an invalid one');
    return writeDate(body, value);
  }
  if (value instanceof Map) return writeMapNoted(body, value);
  if (value instanceof Set) return writeSet(body, value);
  if (value instanceof Uint8Array) return writeBinary(body, value);
  if (value instanceof JavaObject) return writeHolder(body, value);
  if (value instanceof JavaException) return writeThrowable(body, value);
  const type = value instanceof JavaValue ? value.type : selfTellingType(value);
  if (type) return writeLeaf(body, value, type);
  const declared = declaredTypeOf(value);
  if (!declared)
    throw body.error(
      value instanceof Error
        ? `${show(value)} is no Java exception; throw a JavaException`
        : `the class of ${show(value)} has no @JavaClass, so Java has no class for it`,
    );
  writeInstance(body, value, declared);
}

function writeLeaf(body: BodyWriter, value: object, type: JavaType): void {
  if (isShared(value) && body.writeKnown(value)) return;
  body.writers.of(type)(body, value instanceof JavaValue ? value.value : value);
}

function writeArray(body: BodyWriter, array: readonly unknown[]): void {
  const origin = originOf(array);
  if (!body.enterShared(array)) return;
  writeListHead(body, array.length, typeNameOf(array, origin));
  writeElements(body, array, origin?.kinds);
}

function writeSet(body: BodyWriter, set: ReadonlySet<unknown>): void {
  const origin = originOf(set);
  if (!body.enterShared(set)) return;
  writeListHead(body, set.size, origin?.typeName ?? 'java.util.HashSet');
  const elements = [...set];
  writeElements(body, elements, origin?.kinds, elements);
}

function writeElements(
  body: BodyWriter,
  elements: readonly unknown[],
  kinds: Origin['kinds'],
  places?: readonly unknown[],
): void {
  let at = 0;
  try {
    if (kinds === undefined) for (; at < elements.length; at++) writeUntyped(body, elements[at]);
    else for (; at < elements.length; at++) writeNoted(body, elements[at], kinds, places ? places[at] : at);
  } catch (error) {
    throw within(error, `[${at}]`);
  }
  body.leave();
}

function writeRecordNoted(body: BodyWriter, record: Readonly<Record<string, unknown>>): void {
  const origin = originOf(record);
  if (!body.enterShared(record)) return;
  writeMapHead(body, origin?.typeName);
  const kinds = origin?.kinds;
  if (kinds === undefined && origin?.keys === undefined && writeAsciiRecord(body, record)) return body.leave();
  for (const key of keysOf(record, origin)) {
    const value = record[key];
    writeString(body, key);
    if (typeof value === 'string' && kinds === undefined) writeString(body, value);
    else writeEntry(body, value, kinds, key);
  }
  body.byte(Op.end);
  body.leave();
}

// In the order in which they were read, unless there are others now.
function keysOf(record: Readonly<Record<string, unknown>>, origin: Origin | undefined): readonly string[] {
  const now = Object.keys(record);
  const read = origin?.keys;
  return read?.length === now.length && read.every((key) => Object.hasOwn(record, key)) ? read : now;
}

function writeMapNoted(body: BodyWriter, map: ReadonlyMap<unknown, unknown>): void {
  const origin = originOf(map);
  if (!body.enterShared(map)) return;
  writeMapHead(body, origin?.typeName);
  for (const [key, value] of map) {
    writeEntry(body, key, origin?.keyKinds, key);
    writeEntry(body, value, origin?.kinds, key);
  }
  body.byte(Op.end);
  body.leave();
}

function writeEntry(body: BodyWriter, value: unknown, kinds: Origin['kinds'], key: unknown): void {
  try {
    writeNoted(body, value, kinds, key);
  } catch (error) {
    throw within(error, keyStep(key));
  }
}
