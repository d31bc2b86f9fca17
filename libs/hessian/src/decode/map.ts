import type { JavaType } from '../types/java-type.js';
import { keyStep, within } from '../wire/hessian-error.js';
import { Op } from '../wire/opcodes.js';
import type { BodyReader, Reader } from './body-reader.js';
import { atEnd, readTypeName } from './list.js';
import { notThis } from './number.js';
import { stringAt } from './string.js';

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

/**
 * Reads a map without a declared type: a plain object while its keys are strings, else a Map. When a key that is no string
 * comes late, all of the map is read again as a Map, so that references into it meet the final object.
 */
export function readUntypedMap(body: BodyReader, readValue: Reader): unknown {
  const start = body.offset;
  if (body.mixedMaps.has(start)) return readMap(body, readValue, readValue);
  const tables = [body.references.length, body.classes.length, body.typeNames.length] as const;
  const object: Record<string, unknown> = {};
  body.enter(object);
  while (!atEnd(body)) {
    const code = body.code();
    const key = stringAt(body, code);
    if (key === notThis) {
      body.mixedMaps.add(start);
      body.leave();
      body.offset = start;
      [body.references.length, body.classes.length, body.typeNames.length] = tables;
      body.referenceTypes.length = tables[0];
      return readMap(body, readValue, readValue);
    }
    try {
      setProperty(object, key, readValue(body));
    } catch (error) {
      throw within(error, keyStep(key));
    }
  }
  body.leave();
  return object;
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
  }
}
