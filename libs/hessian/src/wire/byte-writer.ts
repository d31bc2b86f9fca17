import { HessianError } from './hessian-error.js';
import type { NativeBuffer } from './native-buffer.js';

const cell = new Float64Array(1);
const longCell = new BigInt64Array(cell.buffer);
const wordCell = new Int32Array(cell.buffer);
const low = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 0 : 1;
const high = 1 - low;

// Outputs are cut one after the other from a chunk, which is left to the next writer while it has room. A writer that is
// dropped keeps its chunk to itself.
const chunkBytes = 16 * 1024;
const leastRoom = 2 * 1024;
let spare: NativeBuffer | undefined;
let spareFrom = 0;

/** Longer ASCII strings are copied by native code, shorter ones are faster in a loop. */
export const nativeFrom = 20;

/** Writes the wire's pieces, big-endian, into one buffer that grows. */
export class ByteWriter {
  bytes: NativeBuffer;
  /** Of the next byte to write, in `bytes`. */
  offset: number;
  /** Of the first byte written, in `bytes`. */
  start: number;
  /** Of the end of the room in `bytes`. */
  limit: number;
  readonly #maxBytes: number;

  /** `maxBytes` bounds the whole; writing beyond throws a HessianError. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
    if (spare === undefined) {
      this.bytes = Buffer.allocUnsafeSlow(chunkBytes) as NativeBuffer;
      this.start = this.offset = 0;
    } else {
      this.bytes = spare;
      this.start = this.offset = spareFrom;
      spare = undefined;
    }
    this.limit = Math.min(this.bytes.length, this.start + maxBytes);
  }

  error(reason: string): HessianError {
    return new HessianError(reason);
  }

  /** What was written. The writer must not be used any more. */
  finish(): Buffer {
    const { bytes, start, offset } = this;
    if (bytes.length === chunkBytes && chunkBytes - offset >= leastRoom) {
      spare = bytes;
      spareFrom = offset;
    }
    return bytes.subarray(start, offset);
  }

  /** Makes room for so many more bytes. */
  reserve(count: number): void {
    if (this.offset + count > this.limit) this.#grow(count);
  }

  byte(value: number): void {
    if (this.offset === this.limit) this.#grow(1);
    this.bytes[this.offset++] = value;
  }

  int16(value: number): void {
    this.reserve(2);
    const { bytes, offset: at } = this;
    bytes[at] = value >> 8;
    bytes[at + 1] = value;
    this.offset = at + 2;
  }

  int32(value: number): void {
    this.reserve(4);
    const { bytes, offset: at } = this;
    bytes[at] = value >> 24;
    bytes[at + 1] = value >> 16;
    bytes[at + 2] = value >> 8;
    bytes[at + 3] = value;
    this.offset = at + 4;
  }

  int64(value: bigint): void {
    longCell[0] = value;
    const lower = wordCell[low]!;
    this.int32(wordCell[high]!);
    this.int32(lower);
  }

  /** A safe integer as 64 bits. */
  int64FromNumber(value: number): void {
    this.int32(Math.floor(value / 0x1_0000_0000));
    this.int32(value | 0);
  }

  double(value: number): void {
    cell[0] = value;
    const lower = wordCell[low]!;
    this.int32(wordCell[high]!);
    this.int32(lower);
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.offset);
    this.offset += bytes.length;
  }

  /** The UTF-16 units from `start` to `stop`, each encoded alone in one to three bytes. */
  chars(text: string, start: number, stop: number): void {
    const length = stop - start;
    if (this.offset + length * 3 > this.limit) this.reserve(encodedLength(text, start, stop));
    const { bytes } = this;
    let at = this.offset;
    if (length >= nativeFrom) {
      // Native UTF-8 is right for ASCII, of which it makes as many bytes as there are units.
      const whole = length === text.length ? text : text.slice(start, stop);
      if (bytes.utf8Write(whole, at, Math.min(length * 3, this.limit - at)) === length) {
        this.offset = at + length;
        return;
      }
    }
    for (let i = start; i < stop; i++) {
      const unit = text.charCodeAt(i);
      if (unit < 0x80) bytes[at++] = unit;
      else if (unit < 0x800) {
        bytes[at++] = 0xc0 | (unit >> 6);
        bytes[at++] = 0x80 | (unit & 0x3f);
      } else {
        bytes[at++] = 0xe0 | (unit >> 12);
        bytes[at++] = 0x80 | ((unit >> 6) & 0x3f);
        bytes[at++] = 0x80 | (unit & 0x3f);
      }
    }
    this.offset = at;
  }

  /** The length of a short string, in one byte, and its characters. */
  shortChars(text: string): void {
    const { length } = text;
    this.reserve(1 + length * 3);
    const { bytes } = this;
    let at = this.offset;
    bytes[at++] = length;
    for (let i = 0; i < length; i++) {
      const unit = text.charCodeAt(i);
      if (unit >= 0x80) {
        this.offset = at;
        return this.chars(text, i, length);
      }
      bytes[at++] = unit;
    }
    this.offset = at;
  }

  #grow(count: number): void {
    const { bytes, start, offset } = this;
    const needed = offset - start + count;
    if (needed > this.#maxBytes) throw this.error(`the output exceeds ${this.#maxBytes} bytes`);
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, chunkBytes * 2, (offset - start) * 2)) as NativeBuffer;
    bytes.copy(grown, 0, start, offset);
    this.bytes = grown;
    this.offset = offset - start;
    this.start = 0;
    this.limit = Math.min(grown.length, this.#maxBytes);
  }
}

function encodedLength(text: string, start: number, stop: number): number {
  let length = stop - start;
  for (let i = start; i < stop; i++) {
    const unit = text.charCodeAt(i);
    length += unit < 0x80 ? 0 : unit < 0x800 ? 1 : 2;
  }
  return length;
}
