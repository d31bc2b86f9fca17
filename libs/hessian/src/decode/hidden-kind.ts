import type { NumberKind } from '../types/origin.js';
import { Op } from '../wire/opcodes.js';
import type { BodyReader } from './body-reader.js';

/** The kind of a number just read that untyped writing would not choose for its value; undefined for anything else. */
export function hiddenKind(body: BodyReader, code: number, value: unknown): NumberKind | undefined {
  if (typeof value === 'number') {
    if ((code >= Op.doubleZero && code <= Op.doubleMill) || code === Op.double)
      return Number.isSafeInteger(value) ? 'double' : undefined;
    return body.limits.longs === 'number' && isLong(code) ? 'long' : undefined;
  }
  return typeof value === 'string' && body.limits.longs === 'string' && isLong(code) ? 'long' : undefined;
}

function isLong(code: number): boolean {
  return code >= Op.long1 || (code >= Op.long3 && code < Op.binaryChunk) || code === Op.long || code === Op.longInt;
}
