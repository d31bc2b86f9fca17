import type { ByteWriter } from '../wire/byte-writer.js';
import { Op } from '../wire/opcodes.js';

/** A valid date: in minutes where it has no seconds and the minutes fit in an int, else in milliseconds. */
export function writeDate(out: ByteWriter, date: Date): void {
  const millis = date.getTime();
  const minutes = millis / 60_000;
  if (Number.isInteger(minutes) && minutes >= -0x8000_0000 && minutes <= 0x7fff_ffff) {
    out.byte(Op.dateMinutes);
    return out.int32(minutes);
  }
  out.byte(Op.dateMillis);
  out.int64FromNumber(millis);
}
