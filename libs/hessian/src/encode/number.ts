import type { ByteWriter } from '../wire/byte-writer.js';
import { Op } from '../wire/opcodes.js';

/** An int in its shortest form; the caller has checked its range. */
export function writeInt(out: ByteWriter, value: number): void {
  if (value >= -16 && value <= 47) out.byte(0x90 + value);
  else if (value >= -0x800 && value <= 0x7ff) {
    out.byte(0xc8 + (value >> 8));
    out.byte(value);
  } else if (value >= -0x40000 && value <= 0x3ffff) {
    out.byte(0xd4 + (value >> 16));
    out.int16(value);
  } else {
    out.byte(Op.int);
    out.int32(value);
  }
}

/** A long within 32 bits in its shortest form. */
export function writeShortLong(out: ByteWriter, value: number): void {
  if (value >= -8 && value <= 15) out.byte(0xe0 + value);
  else if (value >= -0x800 && value <= 0x7ff) {
    out.byte(0xf8 + (value >> 8));
    out.byte(value);
  } else if (value >= -0x40000 && value <= 0x3ffff) {
    out.byte(0x3c + (value >> 16));
    out.int16(value);
  } else {
    out.byte(Op.longInt);
    out.int32(value);
  }
}

/** A long in its shortest form; the caller has checked its range. */
export function writeLong(out: ByteWriter, value: bigint): void {
  const number = Number(value);
  if (number >= -0x8000_0000 && number <= 0x7fff_ffff) return writeShortLong(out, number);
  out.byte(Op.long);
  out.int64(value);
}

/** A double in the form that Java's writer chooses (Hessian2Output.writeDouble); the sign of -0 is lost. */
export function writeDouble(out: ByteWriter, value: number): void {
  const int = toInt(value);
  if (int === value) {
    if (int === 0) return out.byte(Op.doubleZero);
    if (int === 1) return out.byte(Op.doubleOne);
    if (int >= -0x80 && int <= 0x7f) {
      out.byte(Op.doubleByte);
      return out.byte(int);
    }
    if (int >= -0x8000 && int <= 0x7fff) {
      out.byte(Op.doubleShort);
      return out.int16(int);
    }
  }
  const mills = toInt(value * 1000);
  if (mills * 0.001 === value) {
    out.byte(Op.doubleMill);
    return out.int32(mills);
  }
  out.byte(Op.double);
  out.double(value);
}

// Java's cast of a double to an int: cut, saturated, 0 for NaN.
function toInt(value: number): number {
  if (value >= 0x7fff_ffff) return 0x7fff_ffff;
  if (value <= -0x8000_0000) return -0x8000_0000;
  return value | 0;
}

/**
 * A float in a box as Java's Float is written: the double of its shortest text, 0.1 for 0.1f. A primitive float is widened
 * instead, 0.10000000149011612 for 0.1f.
 */
export function shortestDouble(float: number): number {
  const rounded = Math.fround(float);
  if (!Number.isFinite(rounded)) return rounded;
  for (let digits = 1; digits < 9; digits++) {
    const candidate = Number(rounded.toPrecision(digits));
    if (Math.fround(candidate) === rounded) return candidate;
  }
  return Number(rounded.toPrecision(9));
}
