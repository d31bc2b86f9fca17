import type { ByteWriter } from '../wire/byte-writer.js';
import { Op } from '../wire/opcodes.js';

// Where Java cuts depends on how full its buffer is; readers take any cut that 16 bits can tell.
const maxChunk = 0x8000;

/** A byte[] in chunks. */
export function writeBinary(out: ByteWriter, bytes: Uint8Array): void {
  let start = 0;
  for (; bytes.length - start > maxChunk; start += maxChunk) {
    out.byte(Op.binaryChunk);
    out.int16(maxChunk);
    out.raw(bytes.subarray(start, start + maxChunk));
  }
  const length = bytes.length - start;
  if (length <= 15) out.byte(Op.binaryDirect + length);
  else if (length <= 1023) {
    out.byte(Op.binaryShort + (length >> 8));
    out.byte(length);
  } else {
    out.byte(Op.binary);
    out.int16(length);
  }
  out.raw(bytes.subarray(start));
}
