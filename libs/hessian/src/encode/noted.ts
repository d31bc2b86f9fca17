import type { JavaObject } from '../types/java-object.js';
import { originOf, type NumberKind, type Origin } from '../types/origin.js';
import { within } from '../wire/hessian-error.js';
import type { BodyWriter } from './body-writer.js';
import { writeDouble, writeLong } from './number.js';

/** Writes an element that was read without a type: a number as the kind it was, anything else by what it is. */
export function writeNoted(body: BodyWriter, value: unknown, kinds: Origin['kinds'], place: unknown): void {
  const kind = kinds === undefined || typeof kinds === 'string' ? kinds : kinds.get(place);
  if (kind === undefined || !writeAs(body, value, kind)) body.writers.untyped(body, value);
}

/** Writes an object of an undeclared class as it was read. */
export function writeHolder(body: BodyWriter, holder: JavaObject): void {
  if (!body.enterShared(holder)) return;
  const { javaName, names, values } = holder;
  const kinds = originOf(holder)?.kinds;
  body.beginObject({ javaName, fieldNames: names });
  let at = 0;
  try {
    for (; at < names.length; at++) writeNoted(body, values[at], kinds, at);
  } catch (error) {
    throw within(error, `.${names[at]}`);
  }
  body.leave();
}

/**
 * The type name that a list read without a type had, unless it is an array of primitives or strings that now holds
 * something else.
 */
export function typeNameOf(list: readonly unknown[], origin: Origin | undefined): string | undefined {
  const name = origin?.typeName;
  const fits = name === undefined ? undefined : elementChecks[name];
  return fits === undefined || list.every(fits) ? name : undefined;
}

const isNumber = (element: unknown): boolean => typeof element === 'number';
const isLong = (element: unknown): boolean =>
  typeof element === 'bigint' || isNumber(element) || typeof element === 'string';
const elementChecks: Readonly<Record<string, (element: unknown) => boolean>> = {
  '[boolean': (element) => typeof element === 'boolean',
  '[short': (element) => Number.isInteger(element),
  '[int': (element) => Number.isInteger(element),
  '[long': isLong,
  '[float': isNumber,
  '[double': isNumber,
  '[string': (element) => typeof element === 'string' || element === null,
};

function writeAs(body: BodyWriter, value: unknown, kind: NumberKind): boolean {
  if (kind === 'double') {
    if (typeof value !== 'number') return false;
    writeDouble(body, value);
    return true;
  }
  const whole = Number.isSafeInteger(value) || (typeof value === 'string' && /^-?\d{1,19}$/.test(value));
  if (!whole || BigInt.asIntN(64, BigInt(value as string | number)) !== BigInt(value as string | number)) return false;
  writeLong(body, BigInt(value as string | number));
  return true;
}
