import { Op } from '../wire/opcodes.js';
import type { BodyReader } from './body-reader.js';

/** Answers of the `…At` functions for an opcode of another kind; no number is NaN by those opcodes but a double's. */
export const notThis = Symbol('not this kind');

/** The int of an opcode, or {@link notThis}. */
export function intAt(body: BodyReader, code: number): number | typeof notThis {
  if (code >= Op.int1) {
    if (code < Op.int2) return code - 0x90;
    if (code < Op.int3) return ((code - 0xc8) << 8) + body.byte();
    if (code < Op.long1) return ((code - 0xd4) << 16) + body.uint16();
  }
  return code === Op.int ? body.int32() : notThis;
}

/** The long of an opcode when it fits in 32 bits, or {@link notThis}. */
export function shortLongAt(body: BodyReader, code: number): number | typeof notThis {
  if (code >= Op.long2) return ((code - 0xf8) << 8) + body.byte();
  if (code >= Op.long1) return code - 0xe0;
  if (code >= Op.long3 && code < 0x40) return ((code - 0x3c) << 16) + body.uint16();
  return code === Op.longInt ? body.int32() : notThis;
}

/** The double of an opcode, or {@link notThis}. */
export function doubleAt(body: BodyReader, code: number): number | typeof notThis {
  switch (code) {
    case Op.double:
      return body.double();
    case Op.doubleZero:
      return 0;
    case Op.doubleOne:
      return 1;
    case Op.doubleByte:
      return body.signedByte();
    case Op.doubleShort:
      return body.int16();
    case Op.doubleMill:
      return body.int32() * 0.001; // Java multiplies too: dividing by 1000 gives other doubles
    default:
      return notThis;
  }
}

/** Any numeric opcode as a number or, for long64, a bigint; {@link notThis} for others. */
export function numberAt(body: BodyReader, code: number): number | bigint | typeof notThis {
  const int = intAt(body, code);
  if (int !== notThis) return int;
  const long = shortLongAt(body, code);
  if (long !== notThis) return long;
  return code === Op.long ? body.int64() : doubleAt(body, code);
}
