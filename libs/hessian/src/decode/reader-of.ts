import { intBounds } from '../types/expectation.js';
import type { JavaType, Shape } from '../types/java-type.js';
import { resolved } from '../types/type-of.js';
import { Op, opKinds } from '../wire/opcodes.js';
import { adapt } from './adapt.js';
import { binaryAt } from './binary.js';
import type { BodyReader, Reader } from './body-reader.js';
import { dateAt } from './date.js';
import { listHeadAt, readArray, readElements, readInts, readSet } from './list.js';
import { mapHeadAt, readMap } from './map.js';
import { doubleAt, intAt, notThis, numberAt, shortLongAt } from './number.js';
import { readEnumObject, readInstanceFromMap, readObject } from './object.js';
import { readReference } from './reference.js';
import { stringAt } from './string.js';
import { readUntyped, readUntypedAt } from './untyped.js';

// One reader per type, made when first needed. Each knows the forms that its type has on the wire and leaves every other
// form to readOther, which reads what is there and adapts it.
const readers = new WeakMap<JavaType, Reader>();

/** The reader of a type's values. */
export function readerOf(type: JavaType): Reader {
  const known = readers.get(type);
  if (known) return known;
  const made = type.shape.kind === 'lazy' ? lazyReader(type) : makeReader(type, type.shape);
  readers.set(type, made);
  return made;
}

// A lazy type is resolved when its first value is read, for its class may not be there yet.
function lazyReader(type: JavaType): Reader {
  let read: Reader | undefined;
  return (body) => (read ??= readerOf(resolved(type)))(body);
}

function makeReader(type: JavaType, shape: Shape): Reader {
  switch (shape.kind) {
    case 'byte':
    case 'short':
    case 'int':
      return intReader(type, intBounds[shape.kind]);
    case 'long':
      return longReader(type, shape.as);
    case 'double':
      return (body) => {
        const code = body.code();
        const double = doubleAt(body, code);
        return double === notThis ? readOther(body, code, type) : double;
      };
    case 'float':
      // A Float in a box comes as the double of its shortest text; the float itself is what that rounds to.
      return (body) => {
        const code = body.code();
        const double = doubleAt(body, code);
        return double === notThis ? readOther(body, code, type) : Math.fround(double);
      };
    case 'boolean':
      return (body) => {
        const code = body.code();
        return code === Op.true ? true : code === Op.false ? false : readOther(body, code, type);
      };
    case 'string':
      return (body) => {
        const code = body.code();
        const text = stringAt(body, code);
        return text === notThis ? readOther(body, code, type) : text;
      };
    case 'date':
      return (body) => {
        const code = body.code();
        const date = dateAt(body, code);
        return date === notThis ? readOther(body, code, type) : date;
      };
    case 'bytes':
      return (body) => {
        const code = body.code();
        const bytes = binaryAt(body, code);
        return bytes === notThis ? readOther(body, code, type) : bytes;
      };
    case 'list':
    case 'array': {
      const read = readerOf(shape.element);
      const fill = shape.element.shape.kind === 'int' ? readInts : readElements;
      return (body) => {
        const code = body.code();
        const head = listHeadAt(body, code);
        return head === notThis ? readOther(body, code, type) : readArray(body, head, read, type, fill);
      };
    }
    case 'set': {
      const read = readerOf(shape.element);
      return (body) => {
        const code = body.code();
        const head = listHeadAt(body, code);
        return head === notThis ? readOther(body, code, type) : readSet(body, head, read, type);
      };
    }
    case 'map': {
      const readKey = shape.key.shape.kind === 'string' ? nameReader(shape.key) : readerOf(shape.key);
      const readValue = readerOf(shape.value);
      return (body) => {
        const code = body.code();
        const head = mapHeadAt(body, code);
        return head === notThis ? readOther(body, code, type) : readMap(body, readKey, readValue, type);
      };
    }
    case 'class':
      return (body) => {
        const code = body.code();
        if (code >= Op.objectDirect && code < Op.typedListDirect) {
          const recent = body.classes[code - Op.objectDirect]?.recent;
          if (recent?.expected === type && recent.plan.compiled !== undefined && body.open)
            return recent.plan.compiled(body);
        }
        if (opKinds[code] === 'object') return readObject(body, code, type);
        const head = mapHeadAt(body, code);
        return head === notThis ? readOther(body, code, type) : readInstanceFromMap(body, type);
      };
    case 'enum':
      return (body) => {
        const code = body.code();
        return opKinds[code] === 'object' ? readEnumObject(body, code, type) : readOther(body, code, type);
      };
    case 'any':
    case 'variable':
      return readUntyped;
    default:
      return (body) => readOther(body, body.code(), type);
  }
}

// Keys come again and again, values do not.
function nameReader(type: JavaType): Reader {
  const read = readerOf(type);
  return (body) => {
    const code = body.bytes[body.offset]!;
    if (!(code < 0x20)) return read(body); // also past the end
    body.offset++;
    return body.name(code);
  };
}

function intReader(type: JavaType, [min, max]: readonly [number, number]): Reader {
  return (body) => {
    const code = body.code();
    const at = body.offset - 1;
    const int = intAt(body, code);
    if (int === notThis) return readOther(body, code, type);
    return int >= min && int <= max ? int : adapt(int, type, at);
  };
}

function longReader(type: JavaType, as: 'bigint' | 'number' | 'string'): Reader {
  return (body) => {
    const code = body.code();
    const at = body.offset - 1;
    const short = shortLongAt(body, code);
    const long = short === notThis ? numberAt(body, code) : short;
    if (long === notThis) return readOther(body, code, type);
    if (short === notThis || as === 'string') return adapt(long, type, at);
    return as === 'number' ? short : BigInt(short);
  };
}

// What has another form than its type's own: null, a reference, or something to be adapted.
function readOther(body: BodyReader, code: number, type: JavaType): unknown {
  const at = body.offset - 1;
  if (code === Op.reference) return readReference(body, type);
  const number = numberAt(body, code);
  return adapt(number === notThis ? readUntypedAt(body, code) : number, type, at);
}
