import { HEADER_BYTES, MAGIC_HIGH, MAGIC_LOW, readInt, type Frame, type Header } from './header.js';

/** Where a {@link FrameReader} delivers. */
export interface FrameSink {
  frame(frame: Frame): void;
  /** A frame whose body is over the limit, or negative. Its body is skipped, never buffered. */
  oversize(header: Header, length: number): void;
  /** Bytes that belong to no frame, up to the next magic. */
  garbage(bytes: Uint8Array): void;
}

const FIRST_ALLOCATION = 64 * 1024;

/**
 * Cuts a byte stream into frames, whatever the boundaries of its chunks. A body that lies within one chunk is a view of it;
 * one that spans chunks is collected in a buffer that grows with what has really arrived, so that a header alone cannot
 * make it allocate.
 */
export class FrameReader {
  readonly #sink: FrameSink;
  readonly #maxBytes: number;
  /** The start of a frame that has not arrived whole; `#filled` of its bytes are valid. */
  #partial: Uint8Array | undefined;
  #filled = 0;
  /** Bytes of an oversize body still to be skipped. */
  #skip = 0;

  /** @param maxBytes largest body delivered; 0 or less means no limit. */
  constructor(sink: FrameSink, maxBytes: number) {
    this.#sink = sink;
    this.#maxBytes = maxBytes > 0 ? maxBytes : 0x7fff_ffff;
  }

  push(chunk: Uint8Array): void {
    let offset = 0;
    while (offset < chunk.length) {
      if (this.#skip > 0) {
        const skipped = Math.min(this.#skip, chunk.length - offset);
        this.#skip -= skipped;
        offset += skipped;
      } else if (this.#partial) {
        offset = this.#complete(chunk, offset);
      } else {
        offset = this.#next(chunk, offset);
      }
    }
  }

  /** Reads one frame at `offset`, or keeps its beginning. Returns where to go on. */
  #next(chunk: Uint8Array, offset: number): number {
    const start = findMagic(chunk, offset);
    if (start > offset) {
      this.#sink.garbage(chunk.subarray(offset, start));
      return start;
    }
    const available = chunk.length - start;
    if (available < HEADER_BYTES) return this.#keep(chunk, start);
    const length = readInt(chunk, start + 12);
    if (this.#refuse(chunk, start, length)) return start + HEADER_BYTES;
    if (available < HEADER_BYTES + length) return this.#keep(chunk, start);
    this.#deliver(chunk, start, length);
    return start + HEADER_BYTES + length;
  }

  /** Adds to the frame that has begun: first until its header is whole, then until its body is. */
  #complete(chunk: Uint8Array, offset: number): number {
    if (this.#filled < HEADER_BYTES) {
      const end = this.#append(chunk, offset, HEADER_BYTES);
      const partial = this.#partial!;
      // A chunk may have ended with 0xDA alone; only now it shows whether that was a magic.
      if (this.#filled >= 2 && partial[1] !== MAGIC_LOW) {
        const bytes = partial.slice(0, this.#filled);
        this.#release();
        this.#sink.garbage(bytes.subarray(0, 1));
        this.push(bytes.subarray(1));
        return end;
      }
      if (this.#filled < HEADER_BYTES) return end;
      const length = readInt(partial, 12);
      if (this.#refuse(partial, 0, length)) this.#release();
      else this.#deliverIfWhole(length);
      return end;
    }
    const length = readInt(this.#partial!, 12);
    const end = this.#append(chunk, offset, HEADER_BYTES + length);
    this.#deliverIfWhole(length);
    return end;
  }

  #deliverIfWhole(length: number): void {
    if (this.#filled < HEADER_BYTES + length) return;
    const whole = this.#partial!;
    this.#release();
    this.#deliver(whole, 0, length);
  }

  #refuse(bytes: Uint8Array, at: number, length: number): boolean {
    if (length >= 0 && length <= this.#maxBytes) return false;
    this.#skip = Math.max(0, length);
    this.#sink.oversize(readHeader(bytes, at), length);
    return true;
  }

  #deliver(bytes: Uint8Array, at: number, length: number): void {
    const body = bytes.subarray(at + HEADER_BYTES, at + HEADER_BYTES + length);
    this.#sink.frame({
      flags: bytes[at + 2]!,
      status: bytes[at + 3]!,
      idHigh: readInt(bytes, at + 4),
      idLow: readInt(bytes, at + 8) >>> 0,
      body,
    });
  }

  #keep(chunk: Uint8Array, start: number): number {
    const available = chunk.length - start;
    this.#partial = new Uint8Array(Math.max(HEADER_BYTES, available));
    this.#partial.set(chunk.subarray(start));
    this.#filled = available;
    return chunk.length;
  }

  /** Copies until `goal` bytes are filled or the chunk ends; doubles the buffer as bytes arrive. */
  #append(chunk: Uint8Array, offset: number, goal: number): number {
    const count = Math.min(goal - this.#filled, chunk.length - offset);
    const filled = this.#filled + count;
    if (filled > this.#partial!.length) {
      const grown = new Uint8Array(Math.min(goal, Math.max(filled, this.#partial!.length * 2, FIRST_ALLOCATION)));
      grown.set(this.#partial!.subarray(0, this.#filled));
      this.#partial = grown;
    }
    this.#partial!.set(chunk.subarray(offset, offset + count), this.#filled);
    this.#filled = filled;
    return offset + count;
  }

  #release(): void {
    this.#partial = undefined;
    this.#filled = 0;
  }
}

/** Index of the next magic at or after `offset`, of a last byte that may begin one, or the end. */
function findMagic(bytes: Uint8Array, offset: number): number {
  for (let i = bytes.indexOf(MAGIC_HIGH, offset); i >= 0; i = bytes.indexOf(MAGIC_HIGH, i + 1)) {
    if (i + 1 === bytes.length || bytes[i + 1] === MAGIC_LOW) return i;
  }
  return bytes.length;
}

function readHeader(bytes: Uint8Array, at: number): Header {
  return {
    flags: bytes[at + 2]!,
    status: bytes[at + 3]!,
    idHigh: readInt(bytes, at + 4),
    idLow: readInt(bytes, at + 8) >>> 0,
  };
}
