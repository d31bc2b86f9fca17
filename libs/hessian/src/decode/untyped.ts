import type { TypeLike } from '../types/java-type.js';
import { JavaValue } from '../types/java-value.js';
import { java } from '../types/java.js';
import { isShared, noteOrigin, type NumberKind } from '../types/origin.js';
import { keyStep, within } from '../wire/hessian-error.js';
import { Op, opKinds } from '../wire/opcodes.js';
import { binaryAt } from './binary.js';
import type { BodyReader } from './body-reader.js';
import { dateAt } from './date.js';
import { hiddenKind } from './hidden-kind.js';
import { atEnd, isSetName, listHeadAt, untilEnd, type ListHead } from './list.js';
import { mapHeadAt, setProperty } from './map.js';
import { doubleAt, intAt, notThis, shortLongAt } from './number.js';
import { readObject, readTypedMapObject } from './object.js';
import { readReference } from './reference.js';
import { stringAt } from './string.js';

// Values whose Java type nobody declared. What JavaScript's value cannot tell - collection classes, doubles that are
// integers - is noted beside the container, so that untyped writing gives the same bytes.

/** Reads a value whose Java type nobody declared: what the wire says is what it is. */
export function readUntyped(body: BodyReader): unknown {
  return readUntypedAt(body, body.code());
}

/** As {@link readUntyped}, the opcode being read already. */
export function readUntypedAt(body: BodyReader, code: number): unknown {
  switch (opKinds[code]) {
    case 'int':
      return intAt(body, code);
    case 'long':
      return untypedLong(body, code);
    case 'double':
      return doubleAt(body, code);
    case 'boolean':
      return code === Op.true;
    case 'null':
      return null;
    case 'string':
      return stringAt(body, code);
    case 'binary':
      return binaryAt(body, code);
    case 'date':
      return dateAt(body, code);
    case 'list':
      return readList(body, code);
    case 'map':
      return readMapAt(body, code);
    case 'object':
      return readObject(body, code);
    case 'reference':
      return readReference(body);
    case 'end':
      throw body.error('an end of list or map where a value has to be', body.offset - 1);
    default:
      throw body.error(`0x${code.toString(16)} begins no value`, body.offset - 1);
  }
}

function untypedLong(body: BodyReader, code: number): unknown {
  const short = shortLongAt(body, code);
  const long = short === notThis ? body.int64() : short;
  switch (body.limits.longs) {
    case 'bigint':
      return typeof long === 'bigint' ? long : BigInt(long);
    case 'string':
      return String(long);
    case 'number':
      if (!Number.isSafeInteger(Number(long)))
        throw body.error(`the long ${long} is no safe integer; read longs as bigint or string`);
      return Number(long);
  }
}

function readList(body: BodyReader, code: number): unknown {
  const head = listHeadAt(body, code);
  if (head === notThis) throw body.error('expected a list', body.offset - 1);
  return isSetName(head.typeName) ? readUntypedSet(body, head) : readUntypedArray(body, head);
}

function readUntypedArray(body: BodyReader, { length, typeName }: ListHead): unknown[] {
  const array: unknown[] = [];
  let kinds: Map<unknown, NumberKind> | undefined;
  body.enter(array);
  try {
    while (length === untilEnd ? !atEnd(body) : array.length < length) {
      const code = body.code();
      const value = readUntypedAt(body, code);
      const kind = hiddenKind(body, code, value);
      if (kind !== undefined) (kinds ??= new Map()).set(array.length, kind);
      array.push(value);
      if (length === untilEnd) body.checkItems(array.length);
    }
  } catch (error) {
    throw within(error, `[${array.length}]`);
  }
  body.leave();
  noteOrigin(array, typeName, kinds, array.length);
  return array;
}

function readUntypedSet(body: BodyReader, { length, typeName }: ListHead): Set<unknown> {
  const set = new Set<unknown>();
  let kinds: Map<unknown, NumberKind> | undefined;
  body.enter(set);
  let at = 0;
  try {
    for (; length === untilEnd ? !atEnd(body) : at < length; at++) {
      const code = body.code();
      const value = readUntypedAt(body, code);
      const kind = hiddenKind(body, code, value);
      if (set.has(value) && kinds?.get(value) !== kind) set.add(apart(value, kind));
      else {
        if (kind !== undefined) (kinds ??= new Map()).set(value, kind);
        set.add(value);
      }
      if (length === untilEnd) body.checkItems(at);
    }
  } catch (error) {
    throw within(error, `[${at}]`);
  }
  body.leave();
  noteOrigin(set, typeName === 'java.util.HashSet' ? undefined : typeName, kinds, set.size);
  return set;
}

function readMapAt(body: BodyReader, code: number): unknown {
  const typeName = mapHeadAt(body, code);
  if (typeof typeName === 'string') {
    const object = readTypedMapObject(body, typeName);
    if (object !== notThis) return object;
  }
  return readUntypedMap(body, typeName as string | undefined);
}

/**
 * Reads a map without a declared type: a plain object while its keys are strings, else a Map. When a key that is no string
 * comes late, the Map takes over the entries; where something in them refers to the object, all of the map is read again,
 * so that references meet the final Map.
 */
function readUntypedMap(body: BodyReader, typeName: string | undefined): unknown {
  const start = body.offset;
  if (body.mixedMaps?.has(start)) return readMixedMap(body, typeName);
  const tables = [body.references.length, body.classes.length, body.typeNames.length] as const;
  const object: Record<string, unknown> = {};
  let kinds: Map<unknown, NumberKind> | undefined;
  let order: Set<string> | undefined;
  let items = 0;
  body.enter(object);
  for (; !atEnd(body); items++) {
    body.checkItems(items + 1);
    const keyCode = body.code();
    const keyAt = body.offset - 1;
    const key = keyCode < 0x20 ? body.name(keyCode) : stringAt(body, keyCode);
    if (key === notThis) {
      if (!isShared(object)) {
        const map = new Map<unknown, unknown>();
        for (const read of order ?? Object.keys(object)) map.set(read, object[read]);
        body.references[tables[0]] = map;
        body.offset = keyAt;
        return readMixedEntries(body, typeName, map, kinds);
      }
      body.readAgain(keyAt - start);
      (body.mixedMaps ??= new Set()).add(start);
      body.leave();
      body.offset = start;
      [body.references.length, body.classes.length, body.typeNames.length] = tables;
      body.referenceTypes.length = tables[0];
      return readMixedMap(body, typeName);
    }
    // A JavaScript object puts keys like 17 before all others.
    if (order !== undefined || isDigit(key.charCodeAt(0))) (order ??= new Set(Object.keys(object))).add(key);
    try {
      const code = body.code();
      if (code < 0x20) {
        setProperty(object, key, body.chars(code));
        continue;
      }
      const value = readUntypedAt(body, code);
      const kind = hiddenKind(body, code, value);
      if (kind !== undefined) (kinds ??= new Map()).set(key, kind);
      setProperty(object, key, value);
    } catch (error) {
      throw within(error, keyStep(key));
    }
  }
  body.leave();
  noteOrigin(object, typeName, kinds, items, order && { keys: [...order] });
  return object;
}

function readMixedMap(body: BodyReader, typeName: string | undefined): Map<unknown, unknown> {
  const map = new Map<unknown, unknown>();
  body.enter(map);
  return readMixedEntries(body, typeName, map, undefined);
}

/** Reads the entries that are left of a map and leaves it; `kinds` are those of the entries that it has. */
function readMixedEntries(
  body: BodyReader,
  typeName: string | undefined,
  map: Map<unknown, unknown>,
  kinds: Map<unknown, NumberKind> | undefined,
): Map<unknown, unknown> {
  let keyKinds: Map<unknown, NumberKind> | undefined;
  while (!atEnd(body)) {
    let key: unknown;
    try {
      const code = body.code();
      key = readUntypedAt(body, code);
      const kind = hiddenKind(body, code, key);
      if (map.has(key) && keyKinds?.get(key) !== kind) key = apart(key, kind);
      else if (kind !== undefined) (keyKinds ??= new Map()).set(key, kind);
    } catch (error) {
      throw within(error, `{key ${map.size}}`);
    }
    try {
      const code = body.code();
      const value = readUntypedAt(body, code);
      const kind = hiddenKind(body, code, value);
      if (kind !== undefined) (kinds ??= new Map()).set(key, kind);
      map.set(key, value);
    } catch (error) {
      throw within(error, keyStep(key));
    }
    body.checkItems(map.size);
  }
  body.leave();
  noteOrigin(map, typeName, kinds, map.size, keyKinds && { keyKinds });
  return map;
}

// To Java 1 and 1.0 are two keys, to JavaScript one: the later is kept apart by its type.
function apart(value: unknown, kind: NumberKind | undefined): unknown {
  return new JavaValue(typeApart(value, kind), value);
}

function typeApart(value: unknown, kind: NumberKind | undefined): TypeLike {
  const isNumber = typeof value === 'number';
  if (kind === 'long') return isNumber ? java.Long.asNumber : java.Long.asString;
  if (kind === 'double') return java.Double;
  return isNumber ? java.Integer : java.string;
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}
