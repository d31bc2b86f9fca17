import { Op } from '../wire/opcodes.js';
import type { BodyReader } from './body-reader.js';
import { notThis } from './number.js';

const maxMillis = 8.64e15;

/** The date of an opcode, or {@link notThis}. Fails for milliseconds beyond JavaScript's range, ±8.64e15. */
export function dateAt(body: BodyReader, code: number): Date | typeof notThis {
  if (code === Op.dateMinutes) return new Date(body.int32() * 60_000);
  if (code !== Op.dateMillis) return notThis;
  const at = body.offset;
  const millis = body.int64AsNumber();
  if (millis > maxMillis || millis < -maxMillis)
    throw body.error('the date is beyond what a Date holds, ±8.64e15 ms', at);
  return new Date(millis);
}
