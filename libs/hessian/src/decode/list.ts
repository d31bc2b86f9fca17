import type { JavaType } from '../types/java-type.js';
import { within } from '../wire/hessian-error.js';
import { Op } from '../wire/opcodes.js';
import type { BodyReader, Reader } from './body-reader.js';
import { intAt, notThis } from './number.js';
import { stringAt } from './string.js';

/** Of a list that ends with `Z`. */
export const untilEnd = -1;

/** How a list begins. */
export interface ListHead {
  /** {@link untilEnd} when the list tells no length. */
  readonly length: number;
  readonly typeName: string | undefined;
}

/** The head of a list of any of its six forms, or {@link notThis}. */
export function listHeadAt(body: BodyReader, code: number): ListHead | typeof notThis {
  if (code >= Op.typedListDirect && code < Op.int1) {
    const typed = code < Op.listDirect;
    return { typeName: typed ? readTypeName(body) : undefined, length: readyLength(body, code & 7) };
  }
  switch (code) {
    case Op.typedListFixed:
      return { typeName: readTypeName(body), length: readLength(body) };
    case Op.listFixed:
      return { typeName: undefined, length: readLength(body) };
    case Op.typedListVariable:
      return { typeName: readTypeName(body), length: untilEnd };
    case Op.listVariable:
      return { typeName: undefined, length: untilEnd };
    default:
      return notThis;
  }
}

/** A type name, or the index of one that came before. */
export function readTypeName(body: BodyReader): string {
  const at = body.offset;
  const code = body.byte();
  const name = stringAt(body, code);
  if (name !== notThis) {
    body.typeNames.push(name);
    return name;
  }
  const index = intAt(body, code);
  const known = index === notThis ? undefined : body.typeNames[index];
  if (known === undefined) throw body.error('expected a type name or the index of one that came before', at);
  return known;
}

/** Reads the elements of a list into an array that has its reference index already. */
export function readElements(body: BodyReader, length: number, into: unknown[], read: Reader): void {
  try {
    if (length === untilEnd) for (; !atEnd(body); body.checkItems(into.length)) into.push(read(body));
    else for (let i = 0; i < length; i++) into.push(read(body));
  } catch (error) {
    throw within(error, `[${into.length}]`);
  }
}

/** As {@link readElements} for ints: the one-byte form without a call. */
export function readInts(body: BodyReader, length: number, into: unknown[], read: Reader): void {
  if (length === untilEnd) return readElements(body, length, into, read);
  const { bytes } = body;
  let at = 0;
  try {
    for (; at < length; at++) {
      const code = bytes[body.offset]!;
      if (code >= 0x80 && code < 0xc0) {
        body.offset++;
        into.push(code - 0x90);
      } else into.push(read(body));
    }
  } catch (error) {
    throw within(error, `[${at}]`);
  }
}

/** Reads a list as an array; `fill` reads its elements. */
export function readArray(
  body: BodyReader,
  head: ListHead,
  read: Reader,
  type: JavaType,
  fill: typeof readElements,
): unknown[] {
  const array: unknown[] = [];
  body.enter(array, type);
  fill(body, head.length, array, read);
  body.leave();
  return array;
}

/** Reads a list as a Set. */
export function readSet(body: BodyReader, head: ListHead, read: Reader, type?: JavaType): Set<unknown> {
  const set = new Set<unknown>();
  body.enter(set, type);
  let index = 0;
  try {
    if (head.length === untilEnd) for (; !atEnd(body); body.checkItems(++index)) set.add(read(body));
    else for (; index < head.length; index++) set.add(read(body));
  } catch (error) {
    throw within(error, `[${index}]`);
  }
  body.leave();
  return set;
}

/** Whether the collection class of a list is one of Java's sets. */
export function isSetName(typeName: string | undefined): boolean {
  return typeName !== undefined && typeName.startsWith('java.util.') && /Set(?:View|N|12)?$/.test(typeName);
}

/** Takes the `Z` of a variable list or map if it is next. */
export function atEnd(body: BodyReader): boolean {
  if (body.offset < body.end && body.bytes[body.offset] === Op.end) {
    body.offset++;
    return true;
  }
  return false;
}

function readLength(body: BodyReader): number {
  const at = body.offset;
  const length = intAt(body, body.byte());
  if (length === notThis || length < 0) throw body.error('expected the length of a list', at);
  return readyLength(body, length);
}

// Each element takes a byte at least, so a length beyond what remains is wrong before anything is allocated.
function readyLength(body: BodyReader, length: number): number {
  body.need(length);
  body.checkItems(length);
  return length;
}
