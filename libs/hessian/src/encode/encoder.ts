import type { TypeLike } from '../types/java-type.js';
import { java } from '../types/java.js';
import { typeOf } from '../types/type-of.js';
import { within } from '../wire/hessian-error.js';
import { BodyWriter, type Writer } from './body-writer.js';
import { writeRecord } from './map.js';
import { writeUntyped } from './untyped.js';
import { writerOf } from './writer-of.js';

export interface EncoderOptions {
  /** Bytes left free at the front, for a frame header; their content is undefined until the caller fills them. */
  readonly reserve?: number;
  /** Most bytes in all; beyond, writing fails. Default 128 MiB. */
  readonly maxBytes?: number;
  /** Containers within containers. Default 500. */
  readonly maxDepth?: number;
}

/**
 * Writes the values of one body, one after the other; references, class definitions and type names run across all of them.
 * Every method throws a HessianError for a value that does not fit its Java type, after which the encoder is of no more
 * use.
 */
export class Encoder {
  readonly #body: BodyWriter;

  constructor({ reserve = 0, maxBytes = 128 * 1024 * 1024, maxDepth = 500 }: EncoderOptions = {}) {
    this.#body = new BodyWriter(writers, maxBytes, maxDepth);
    this.#body.reserve(reserve);
    this.#body.offset += reserve;
  }

  /** Bytes written so far, the reserved ones included. */
  get length(): number {
    return this.#body.offset - this.#body.start;
  }

  writeString(text: string | null, path = ''): void {
    this.#write(writeString, text, path);
  }

  writeInt(int: number, path = ''): void {
    this.#write(writeInt, int, path);
  }

  /** Writes a value by what it is, or as a type. `path` is what errors call the value. */
  write(value: unknown, type?: TypeLike, path = ''): void {
    this.#write(type === undefined ? writeUntyped : writerOfLike(type), value, path);
  }

  /** Writes a java.util.HashMap of the record's entries; undefined ones are left out. */
  writeMap(record: Readonly<Record<string, unknown>>, path = ''): void {
    this.#write(writeAttachments, record, path);
  }

  /** Appends bytes that are Hessian already. They must define no class and hold no containers or type names. */
  writeRaw(bytes: Uint8Array): void {
    this.#body.raw(bytes);
  }

  /**
   * All bytes, the reserved ones in front. The encoder must not be used any more. The memory behind them is shared with
   * other outputs: to transfer the ArrayBuffer elsewhere, copy them first.
   */
  finish(): Uint8Array {
    return this.#body.finish();
  }

  #write(write: Writer, value: unknown, path: string): void {
    try {
      write(this.#body, value);
    } catch (error) {
      throw path === '' ? error : within(error, path);
    }
  }
}

// Found by what the caller gave, so that a class need not be looked up twice.
const byLike = new WeakMap<TypeLike, Writer>();

function writerOfLike(type: TypeLike): Writer {
  const known = byLike.get(type);
  if (known !== undefined) return known;
  const made = writerOf(typeOf(type));
  byLike.set(type, made);
  return made;
}

const writers = { untyped: writeUntyped, of: writerOf };
const writeString = writerOf(java.string);
const writeInt = writerOf(java.int);

function writeAttachments(body: BodyWriter, value: unknown): void {
  const record = value as Readonly<Record<string, unknown>>;
  const present = Object.entries(record).filter(([, entry]) => entry !== undefined);
  writeRecord(
    body,
    present.length === Object.keys(record).length ? record : Object.fromEntries(present),
    undefined,
    writeUntyped,
  );
}
