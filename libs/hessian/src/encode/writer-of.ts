import { intBounds, maxLong, minLong, misfit } from '../types/expectation.js';
import { JavaObject } from '../types/java-object.js';
import type { JavaType, Shape } from '../types/java-type.js';
import { JavaValue } from '../types/java-value.js';
import { classType, enumSetHandle } from '../types/jdk-types.js';
import { resolved } from '../types/type-of.js';
import { Op } from '../wire/opcodes.js';
import { writeBinary } from './binary.js';
import { writtenClass, type BodyWriter, type Writer } from './body-writer.js';
import { writeDate } from './date.js';
import { writeInts, writeList } from './list.js';
import { writeMap, writeRecord } from './map.js';
import { shortestDouble, writeDouble, writeInt, writeLong, writeShortLong } from './number.js';
import { isPlainObject, layoutWriter, writeClassValue } from './object.js';
import { writeHolder } from './noted.js';
import { writeString } from './string.js';
import { arrayName, collectionName } from './type-names.js';
import { writeUntyped } from './untyped.js';

const writers = new WeakMap<JavaType, Writer>();

/** The writer of a type's values; it throws a HessianError for a value that is none of them. */
export function writerOf(type: JavaType): Writer {
  const known = writers.get(type);
  if (known) return known;
  const made = type.shape.kind === 'lazy' ? lazyWriter(type) : nullAware(type, makeWriter(type, type.shape));
  writers.set(type, made);
  return made;
}

// A lazy type is resolved when its first value is written, for its class may not be there yet.
function lazyWriter(type: JavaType): Writer {
  let write: Writer | undefined;
  return (body, value) => (write ??= writerOf(resolved(type)))(body, value);
}

// References may be null; undefined is the null of an optional property. Primitives never are.
function nullAware(type: JavaType, write: Writer): Writer {
  if (type.primitive && type.shape.kind !== 'void') return write;
  return (body, value) => {
    if (value === null || value === undefined) body.byte(Op.null);
    else if (value instanceof JavaValue && type.shape.kind !== 'any') write(body, value.value);
    else write(body, value);
  };
}

function makeWriter(type: JavaType, shape: Shape): Writer {
  const refuse = (body: BodyWriter, value: unknown): never => {
    throw body.error(misfit(type, value));
  };
  switch (shape.kind) {
    case 'boolean':
      return (body, value) =>
        typeof value === 'boolean' ? body.byte(value ? Op.true : Op.false) : refuse(body, value);
    case 'byte':
    case 'short':
    case 'int': {
      const [min, max] = intBounds[shape.kind];
      return (body, value) =>
        typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max
          ? writeInt(body, value)
          : refuse(body, value);
    }
    case 'long':
      return longWriter(shape.as, refuse);
    case 'float':
      return (body, value) => {
        if (typeof value !== 'number' || (Number.isFinite(value) && !Number.isFinite(Math.fround(value))))
          return refuse(body, value);
        writeDouble(body, type.primitive ? Math.fround(value) : shortestDouble(value));
      };
    case 'double':
      return (body, value) => (typeof value === 'number' ? writeDouble(body, value) : refuse(body, value));
    case 'char':
      return (body, value) =>
        typeof value === 'string' && value.length === 1 ? writeString(body, value) : refuse(body, value);
    case 'string':
      return (body, value) => (typeof value === 'string' ? writeString(body, value) : refuse(body, value));
    case 'date':
      return (body, value) =>
        value instanceof Date && !Number.isNaN(value.getTime()) ? writeDate(body, value) : refuse(body, value);
    case 'bytes':
      return (body, value) => (value instanceof Uint8Array ? writeBinary(body, value) : refuse(body, value));
    case 'list': {
      const typeName = collectionName('list', type.javaName);
      const write = writerOf(shape.element);
      const writeAll = shape.element.shape.kind === 'int' ? writeInts : writeList;
      return (body, value) =>
        Array.isArray(value) ? writeAll(body, value, value, typeName, write) : refuse(body, value);
    }
    case 'array':
      return arrayWriter(shape.element, refuse);
    case 'set': {
      if (type.javaName === 'java.util.EnumSet') return enumSetWriter(shape.element, refuse);
      const typeName = collectionName('set', type.javaName);
      const write = writerOf(shape.element);
      return (body, value) =>
        value instanceof Set ? writeList(body, value, [...value], typeName, write) : refuse(body, value);
    }
    case 'map': {
      const typeName = collectionName('map', type.javaName);
      const writeKey = writerOf(shape.key);
      const writeValue = writerOf(shape.value);
      const plain = shape.key.shape.kind === 'string' || shape.key.shape.kind === 'any';
      return (body, value) => {
        if (value instanceof Map) writeMap(body, value, typeName, writeKey, writeValue);
        else if (plain && typeof value === 'object' && value !== null && isPlainObject(value))
          writeRecord(body, value, typeName, writeValue);
        else refuse(body, value);
      };
    }
    case 'enum': {
      const written = writtenClass(type.javaName, ['name']);
      return (body, value) => {
        if (value instanceof JavaObject && value.javaName === type.javaName) return writeHolder(body, value);
        if (typeof value !== 'string' || !shape.constants.includes(value)) return refuse(body, value);
        body.countLeaf();
        body.beginObject(written);
        writeString(body, value);
      };
    }
    case 'value': {
      const write = layoutWriter(shape.layout, { untyped: writeUntyped, of: writerOf });
      return (body, value) => (shape.layout.accepts(value) ? write(body, value) : refuse(body, value));
    }
    case 'class':
      return (body, value) => (typeof value === 'object' ? writeClassValue(body, value!, type) : refuse(body, value));
    case 'any':
    case 'variable':
      return writeUntyped;
    default:
      return refuse;
  }
}

function longWriter(as: 'bigint' | 'number' | 'string', refuse: Writer): Writer {
  switch (as) {
    case 'bigint':
      return (body, value) =>
        typeof value === 'bigint' && value >= minLong && value <= maxLong
          ? writeLong(body, value)
          : refuse(body, value);
    case 'number':
      return (body, value) => {
        if (!Number.isSafeInteger(value)) return refuse(body, value);
        const number = value as number;
        if ((number | 0) === number) writeShortLong(body, number);
        else writeLong(body, BigInt(number));
      };
    case 'string':
      return (body, value) => {
        const long = typeof value === 'string' && /^-?\d{1,19}$/.test(value) ? BigInt(value) : maxLong + 1n;
        if (long < minLong || long > maxLong) return refuse(body, value);
        writeLong(body, long);
      };
  }
}

function enumSetWriter(element: JavaType, refuse: Writer): Writer {
  const written = writtenClass(enumSetHandle, ['objects', 'type']);
  const write = writerOf(element);
  const writeClass = writerOf(classType);
  return (body, value) => {
    if (!(value instanceof Set)) return refuse(body, value);
    body.countLeaf();
    body.beginObject(written);
    writeList(body, value, [...value], '[object', write);
    writeClass(body, element.javaName);
  };
}

// byte[] and char[] are no lists on the wire but binary and string.
function arrayWriter(element: JavaType, refuse: Writer): Writer {
  const write = writerOf(element);
  if (element.primitive && element.shape.kind === 'char')
    return (body, value) =>
      Array.isArray(value) && value.every((char) => typeof char === 'string' && char.length === 1)
        ? writeString(body, value.join(''))
        : refuse(body, value);
  if (element.primitive && element.shape.kind === 'byte')
    return (body, value) =>
      Array.isArray(value) && value.every((byte) => Number.isInteger(byte) && byte >= -128 && byte <= 127)
        ? writeBinary(body, Uint8Array.from(value as number[]))
        : refuse(body, value);
  const typeName = arrayName(element);
  const writeAll = element.shape.kind === 'int' ? writeInts : writeList;
  return (body, value) => (Array.isArray(value) ? writeAll(body, value, value, typeName, write) : refuse(body, value));
}
