import { minLong, maxLong } from '../types/expectation.js';
import { JavaException } from '../types/java-exception.js';
import { JavaObject } from '../types/java-object.js';
import { JavaValue } from '../types/java-value.js';
import { selfTellingType } from '../types/jdk-types.js';
import { show } from '../types/show.js';
import { Op } from '../wire/opcodes.js';
import { writeBinary } from './binary.js';
import type { BodyWriter } from './body-writer.js';
import { writeDate } from './date.js';
import { writeList } from './list.js';
import { writeMap, writeRecord } from './map.js';
import { writeDouble, writeInt, writeLong } from './number.js';
import { declaredTypeOf, isPlainObject, writeHolder, writeInstance } from './object.js';
import { writeString } from './string.js';
import { writeThrowable } from './throwable.js';

/**
 * Writes a value by what it is. Numbers: an integer within 32 bits is an int, another safe integer a long, any other
 * number a double; -0 is a double. A bigint is a long. Arrays, Sets, Maps and plain objects are ArrayList, HashSet and
 * HashMap, a Uint8Array is a byte[]. Throws a HessianError for what has no Java counterpart; `JavaValue` tells types that
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
  if (Array.isArray(value)) return writeList(body, value, value, undefined, writeUntyped);
  if (isPlainObject(value)) return writeRecord(body, value, undefined, writeUntyped);
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw body.error('expected a valid Date, got an invalid one');
    return writeDate(body, value);
  }
  if (value instanceof Map) return writeMap(body, value, undefined, writeUntyped, writeUntyped);
  if (value instanceof Set) return writeList(body, value, [...value], 'java.util.HashSet', writeUntyped);
  if (value instanceof Uint8Array) return writeBinary(body, value);
  if (value instanceof JavaObject) return writeHolder(body, value);
  if (value instanceof JavaException) return writeThrowable(body, value);
  if (value instanceof JavaValue) return body.writers.of(value.type)(body, value.value);
  const jdk = selfTellingType(value);
  if (jdk) return body.writers.of(jdk)(body, value);
  const declared = declaredTypeOf(value);
  if (!declared)
    throw body.error(
      value instanceof Error
        ? `${show(value)} is no Java exception; throw a JavaException`
        : `the class of ${show(value)} has no @JavaClass, so Java has no class for it`,
    );
  writeInstance(body, value, declared);
}
