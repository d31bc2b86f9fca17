import { keyStep, within } from '../wire/hessian-error.js';
import { Op } from '../wire/opcodes.js';
import type { BodyWriter, Writer } from './body-writer.js';
import { writeString } from './string.js';

/** The entries of a Map, typed when `typeName` is given. */
export function writeMap(
  body: BodyWriter,
  map: ReadonlyMap<unknown, unknown>,
  typeName: string | undefined,
  writeKey: Writer,
  writeValue: Writer,
): void {
  if (!body.enter(map)) return;
  writeMapHead(body, typeName);
  for (const [key, value] of map)
    try {
      writeKey(body, key);
      writeValue(body, value);
    } catch (error) {
      throw within(error, keyStep(key));
    }
  body.byte(Op.end);
  body.leave();
}

/** The own enumerable properties of a plain object as a map of strings. */
export function writeRecord(
  body: BodyWriter,
  record: Readonly<Record<string, unknown>>,
  typeName: string | undefined,
  writeValue: Writer,
): void {
  if (!body.enter(record)) return;
  writeMapHead(body, typeName);
  for (const key of Object.keys(record)) {
    writeString(body, key);
    try {
      writeValue(body, record[key]);
    } catch (error) {
      throw within(error, keyStep(key));
    }
  }
  body.byte(Op.end);
  body.leave();
}

/** What precedes the entries. */
export function writeMapHead(body: BodyWriter, typeName: string | undefined): void {
  if (typeName === undefined) return body.byte(Op.map);
  body.byte(Op.typedMap);
  body.typeName(typeName);
}
