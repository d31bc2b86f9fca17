import { nativeFrom, type ByteWriter } from '../wire/byte-writer.js';
import { Op } from '../wire/opcodes.js';

const maxChunk = 0x8000;

/** A string in chunks as Java's writer cuts them: of 0x8000 units, one less where a surrogate pair would be cut. */
export function writeString(out: ByteWriter, text: string): void {
  if (text.length < nativeFrom) return out.shortChars(text);
  let start = 0;
  while (text.length - start > maxChunk) {
    const last = text.charCodeAt(start + maxChunk - 1);
    const stop = start + (last >= 0xd800 && last <= 0xdbff ? maxChunk - 1 : maxChunk);
    out.byte(Op.stringChunk);
    out.int16(stop - start);
    out.chars(text, start, stop);
    start = stop;
  }
  const length = text.length - start;
  if (length <= 31) out.byte(length);
  else if (length <= 1023) {
    out.byte(Op.stringShort + (length >> 8));
    out.byte(length);
  } else {
    out.byte(Op.string);
    out.int16(length);
  }
  out.chars(text, start, text.length);
}
