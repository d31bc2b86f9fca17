import { HessianError } from './hessian-error.js';

const cell = new Float64Array(1);
const longCell = new BigInt64Array(cell.buffer);
const wordCell = new Int32Array(cell.buffer);
const low = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 0 : 1;
const high = 1 - low;

const initialBytes = 1024;

/** Writes the wire's pieces, big-endian, into one buffer that grows. */
export class ByteWriter {
  bytes: Buffer = Buffer.allocUnsafe(initialBytes);
  /** Of the next byte to write. */
  offset = 0;
  readonly #maxBytes: number;

  /** `maxBytes` bounds the whole; writing beyond throws a HessianError. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  error(reason: string): HessianError {
    return new HessianError(reason);
  }

  /** Makes room for so many more bytes. */
  reserve(count: number): void {
    const needed = this.offset + count;
    if (needed > this.bytes.length) this.#grow(needed);
  }

  byte(value: number): void {
    if (this.offset === this.bytes.length) this.reserve(1);
    this.bytes[this.offset++] = value;
  }

  int16(value: number): void {
    this.reserve(2);
    this.bytes[this.offset++] = value >> 8;
    this.bytes[this.offset++] = value;
  }

  int32(value: number): void {
    this.reserve(4);
    this.bytes[this.offset++] = value >> 24;
    this.bytes[this.offset++] = value >> 16;
    this.bytes[this.offset++] = value >> 8;
    this.bytes[this.offset++] = value;
  }

  int64(value: bigint): void {
    longCell[0] = value;
    const lower = wordCell[low]!;
    this.int32(wordCell[high]!);
    this.int32(lower);
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
    this.reserve((stop - start) * 3);
    const { bytes } = this;
    let at = this.offset;
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

  #grow(needed: number): void {
    if (needed > this.#maxBytes) throw this.error(`the output exceeds ${this.#maxBytes} bytes`);
    const grown = Buffer.allocUnsafe(Math.max(needed, this.bytes.length * 2));
    grown.set(this.bytes.subarray(0, this.offset));
    this.bytes = grown;
  }
}
