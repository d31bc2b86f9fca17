import { HessianError } from './hessian-error.js';
import { longestName, nameAt } from './name-cache.js';
import type { NativeBuffer } from './native-buffer.js';
import { longestShort, shortAscii } from './short-ascii.js';
import { unitsFor, unitsText } from './utf16.js';

// One 64-bit cell seen as what the wire may mean by it; words are in host order, so their places depend on it.
const cell = new Float64Array(1);
const longCell = new BigInt64Array(cell.buffer);
const wordCell = new Int32Array(cell.buffer);
const low = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 0 : 1;
const high = 1 - low;

/** Reads the wire's pieces, big-endian, from bytes it does not own. Every method fails rather than reads past the end. */
export class ByteReader {
  /** Of the next byte. */
  offset = 0;
  readonly bytes: NativeBuffer;
  readonly end: number;

  constructor(bytes: Uint8Array) {
    const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.bytes = buffer as NativeBuffer;
    this.end = bytes.byteLength;
  }

  get remaining(): number {
    return this.end - this.offset;
  }

  /** An error at the current byte or the one given. */
  error(reason: string, offset = this.offset): HessianError {
    return new HessianError(reason, { offset });
  }

  /** Fails unless so many bytes remain. */
  need(count: number): void {
    if (count > this.end - this.offset)
      throw this.error(`the input ends too early: ${count} more bytes needed, ${this.end - this.offset} there`);
  }

  byte(): number {
    if (this.offset >= this.end) this.need(1);
    return this.bytes[this.offset++]!;
  }

  signedByte(): number {
    return (this.byte() << 24) >> 24;
  }

  uint16(): number {
    this.need(2);
    const at = this.offset;
    this.offset = at + 2;
    return (this.bytes[at]! << 8) | this.bytes[at + 1]!;
  }

  int16(): number {
    return (this.uint16() << 16) >> 16;
  }

  int32(): number {
    this.need(4);
    const { bytes, offset: at } = this;
    this.offset = at + 4;
    return (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
  }

  int64(): bigint {
    this.need(8);
    wordCell[high] = this.int32();
    wordCell[low] = this.int32();
    return longCell[0]!;
  }

  /** A 64-bit integer that is no longer exact beyond 2^53. */
  int64AsNumber(): number {
    this.need(8);
    const upper = this.int32();
    return upper * 0x1_0000_0000 + (this.int32() >>> 0);
  }

  double(): number {
    this.need(8);
    wordCell[high] = this.int32();
    wordCell[low] = this.int32();
    return cell[0]!;
  }

  /** A copy of the next bytes. */
  take(count: number): Uint8Array {
    this.need(count);
    const at = this.offset;
    this.offset = at + count;
    return new Uint8Array(this.bytes.subarray(at, at + count));
  }

  /**
   * So many UTF-16 units, each encoded alone in one to three bytes (hessian-lite, Hessian2Input.parseUTF8Char): a
   * surrogate pair is two sequences of three.
   */
  chars(length: number): string {
    this.need(length);
    const { bytes, offset: start } = this;
    const stop = start + length;
    let at = start;
    let seen = 0;
    for (; at + 4 <= stop && seen < 0x80; at += 4)
      seen |= bytes[at]! | bytes[at + 1]! | bytes[at + 2]! | bytes[at + 3]!;
    if (seen < 0x80) while (at < stop) seen |= bytes[at++]!;
    if (seen >= 0x80) return this.#mixedChars(length);
    this.offset = stop;
    return length <= longestShort ? shortAscii(bytes, start, length) : bytes.latin1Slice(start, stop);
  }

  /** As {@link chars}, for strings that come again and again: the same string object, where it can be. */
  name(length: number): string {
    if (length > longestName) return this.chars(length);
    this.need(length);
    const name = nameAt(this.bytes, this.offset, length);
    if (name === undefined) return this.#mixedChars(length);
    this.offset += length;
    return name;
  }

  #mixedChars(length: number): string {
    const units = unitsFor(length);
    const { bytes } = this;
    let at = this.offset;
    for (let i = 0; i < length; i++) {
      // Past the end there is undefined, which fails every check below but is no character either.
      const first = bytes[at]!;
      if (first < 0x80) {
        units[i] = first;
        at++;
      } else if ((first & 0xf0) === 0xe0) {
        const second = bytes[at + 1]!;
        const third = bytes[at + 2]!;
        if ((second & 0xc0) !== 0x80 || (third & 0xc0) !== 0x80) throw this.#badCharacter(at);
        units[i] = ((first & 0x0f) << 12) | ((second & 0x3f) << 6) | (third & 0x3f);
        at += 3;
      } else {
        const second = bytes[at + 1]!;
        if ((first & 0xe0) !== 0xc0 || (second & 0xc0) !== 0x80) throw this.#badCharacter(at);
        units[i] = ((first & 0x1f) << 6) | (second & 0x3f);
        at += 2;
      }
    }
    this.offset = at;
    return unitsText(units, length);
  }

  #badCharacter(at: number): HessianError {
    const first = this.bytes[at];
    if (first === undefined || at + (first < 0xe0 ? 2 : 3) > this.end)
      return this.error('the input ends within a string', at);
    return this.error(`byte 0x${first.toString(16)} starts no character of one to three bytes`, at);
  }
}
