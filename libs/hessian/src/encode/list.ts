import { within } from '../wire/hessian-error.js';
import { Op } from '../wire/opcodes.js';
import type { BodyWriter, Writer } from './body-writer.js';
import { writeInt } from './number.js';

/** A list of values, typed when `typeName` is given; `identity` is the object that cycles are told by. */
export function writeList(
  body: BodyWriter,
  identity: unknown,
  values: ArrayLike<unknown>,
  typeName: string | undefined,
  write: Writer,
): void {
  if (!body.enter(identity)) return;
  const { length } = values;
  writeListHead(body, length, typeName);
  let at = 0;
  try {
    for (; at < length; at++) write(body, values[at]);
  } catch (error) {
    throw within(error, `[${at}]`);
  }
  body.leave();
}

/** As {@link writeList} for ints: the one-byte form without a call. */
export function writeInts(
  body: BodyWriter,
  identity: unknown,
  values: ArrayLike<unknown>,
  typeName: string | undefined,
  write: Writer,
): void {
  if (!body.enter(identity)) return;
  const { length } = values;
  writeListHead(body, length, typeName);
  body.reserve(length);
  let at = 0;
  try {
    for (; at < length; at++) {
      const value = values[at] as number;
      if (value >= -16 && value <= 47 && value === (value | 0)) body.byte(0x90 + value);
      else write(body, value);
    }
  } catch (error) {
    throw within(error, `[${at}]`);
  }
  body.leave();
}

/** What precedes the elements. Java's readers do not take lists that tell no length, so none is written. */
export function writeListHead(body: BodyWriter, length: number, typeName: string | undefined): void {
  if (typeName === undefined) {
    if (length <= 7) return body.byte(Op.listDirect + length);
    body.byte(Op.listFixed);
    return writeInt(body, length);
  }
  if (length <= 7) {
    body.byte(Op.typedListDirect + length);
    return body.typeName(typeName);
  }
  body.byte(Op.typedListFixed);
  body.typeName(typeName);
  writeInt(body, length);
}
