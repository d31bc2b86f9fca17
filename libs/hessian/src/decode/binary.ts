import { Op } from '../wire/opcodes.js';
import type { BodyReader } from './body-reader.js';
import { notThis } from './number.js';

/** The binary of an opcode with all its chunks, copied; or {@link notThis}. */
export function binaryAt(body: BodyReader, code: number): Uint8Array | typeof notThis {
  if (code >= Op.binaryDirect && code < Op.stringShort) return body.take(code - 0x20);
  if (code >= Op.binaryShort && code < Op.long3) return body.take(((code - 0x34) << 8) + body.byte());
  if (code === Op.binary) return body.take(body.uint16());
  if (code !== Op.binaryChunk) return notThis;
  const chunks: Uint8Array[] = [];
  let next: number = code;
  let length = 0;
  while (next === Op.binaryChunk) {
    const size = body.uint16();
    body.checkLength((length += size));
    chunks.push(body.take(size));
    next = body.byte();
  }
  const last = binaryAt(body, next);
  if (last === notThis) throw body.error('a binary chunk is followed by something else', body.offset - 1);
  chunks.push(last);
  const whole = new Uint8Array(length + last.length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
