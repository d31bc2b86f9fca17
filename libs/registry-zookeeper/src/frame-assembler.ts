/** The largest answer taken: some 100,000 children with long names. */
const maxFrameBytes = 64 * 1024 * 1024;

/**
 * Cuts what a server sends into frames, a length (int32) and so many bytes each. Each byte is copied at most once, however
 * large the frame and small the pieces. Throws a `RangeError` if a length is negative or beyond reason.
 */
export class FrameAssembler {
  #pieces: Buffer[] = [];
  #bytes = 0;

  /** The frames that are whole now, with their lengths. */
  push(chunk: Buffer): Buffer[] {
    this.#pieces.push(chunk);
    this.#bytes += chunk.length;
    const frames: Buffer[] = [];
    for (let needed = this.#needed(); needed <= this.#bytes; needed = this.#needed()) frames.push(this.#take(needed));
    return frames;
  }

  #needed(): number {
    if (this.#bytes < 4) return 4 + this.#bytes;
    if (this.#pieces[0]!.length < 4) this.#pieces = [Buffer.concat(this.#pieces)];
    const length = this.#pieces[0]!.readInt32BE(0);
    if (length < 0 || length > maxFrameBytes) throw new RangeError(`ZooKeeper announces an answer of ${length} bytes`);
    return 4 + length;
  }

  #take(bytes: number): Buffer {
    const all = this.#pieces.length === 1 ? this.#pieces[0]! : Buffer.concat(this.#pieces, this.#bytes);
    this.#bytes -= bytes;
    this.#pieces = this.#bytes > 0 ? [all.subarray(bytes)] : [];
    return all.subarray(0, bytes);
  }
}
