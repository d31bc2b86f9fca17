import type { JavaType } from '../types/java-type.js';
import { keyStep, within } from '../wire/hessian-error.js';
import { Op } from '../wire/opcodes.js';
import type { BodyReader, Reader } from './body-reader.js';
import { atEnd, readTypeName } from './list.js';
import { notThis } from './number.js';

/** The type name of a map, undefined without one; {@link notThis} for an opcode that begins no map. */
export function mapHeadAt(body: BodyReader, code: number): string | undefined | typeof notThis {
  if (code === Op.map) return undefined;
  return code === Op.typedMap ? readTypeName(body) : notThis;
}

/** Reads the entries of a map as a Map. */
export function readMap(body: BodyReader, readKey: Reader, readValue: Reader, type?: JavaType): Map<unknown, unknown> {
  const map = new Map<unknown, unknown>();
  body.enter(map, type);
  readEntries(body, map, readKey, readValue);
  body.leave();
  return map;
}

/** Sets an own property, whatever its name: assigning to `__proto__` would change the object instead. */
export function setProperty(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  else object[key] = value;
}

function readEntries(body: BodyReader, map: Map<unknown, unknown>, readKey: Reader, readValue: Reader): void {
  while (!atEnd(body)) {
    let key: unknown;
    try {
      key = readKey(body);
    } catch (error) {
      throw within(error, `{key ${map.size}}`);
    }
    try {
      map.set(key, readValue(body));
    } catch (error) {
      throw within(error, keyStep(key));
    }
    body.checkItems(map.size);
  }
}
