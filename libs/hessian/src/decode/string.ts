import { Op } from '../wire/opcodes.js';
import type { BodyReader } from './body-reader.js';
import { notThis } from './number.js';

/** The string of an opcode with all its chunks, or {@link notThis}. */
export function stringAt(body: BodyReader, code: number): string | typeof notThis {
  if (code < 0x20) return body.chars(code);
  if (code >= Op.stringShort && code < Op.binaryShort) return body.chars(((code - 0x30) << 8) + body.byte());
  if (code === Op.string) return body.chars(body.uint16());
  if (code !== Op.stringChunk) return notThis;
  const chunks: string[] = [];
  let next: number = code;
  let length = 0;
  while (next === Op.stringChunk) {
    const size = body.uint16();
    body.checkLength((length += size));
    chunks.push(body.chars(size));
    next = body.byte();
  }
  const last = stringAt(body, next);
  if (last === notThis) throw body.error('a string chunk is followed by something else', body.offset - 1);
  return chunks.join('') + last;
}

/** A string that has to be there: a class, field or type name. */
export function readName(body: BodyReader): string {
  const at = body.offset;
  const name = stringAt(body, body.byte());
  if (name === notThis) throw body.error('expected a name, a string', at);
  return name;
}
