import { Op, opKinds } from '../wire/opcodes.js';
import { binaryAt } from './binary.js';
import type { BodyReader } from './body-reader.js';
import { dateAt } from './date.js';
import { isSetName, listHeadAt, readArray, readSet } from './list.js';
import { mapHeadAt, readUntypedMap } from './map.js';
import { doubleAt, intAt, notThis, shortLongAt } from './number.js';
import { readObject, readTypedMapObject } from './object.js';
import { readReference } from './reference.js';
import { stringAt } from './string.js';

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
      return readUntypedMapAt(body, code);
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
  return isSetName(head.typeName) ? readSet(body, head, readUntyped) : readArray(body, head, readUntyped);
}

function readUntypedMapAt(body: BodyReader, code: number): unknown {
  const typeName = mapHeadAt(body, code);
  if (typeof typeName === 'string') {
    const object = readTypedMapObject(body, typeName);
    if (object !== notThis) return object;
  }
  return readUntypedMap(body, readUntyped);
}
