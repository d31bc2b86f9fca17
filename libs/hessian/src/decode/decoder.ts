import type { TypeLike, ValueOf } from '../types/java-type.js';
import { java } from '../types/java.js';
import { typeOf } from '../types/type-of.js';
import { within } from '../wire/hessian-error.js';
import { BodyReader, type Reader } from './body-reader.js';
import { decodeLimits, type DecoderOptions } from './limits.js';
import { readerOf } from './reader-of.js';
import { readers } from './readers.js';
import { readUntyped } from './untyped.js';

/**
 * Reads the values of one body, one after the other; references, class definitions and type names run across all of them.
 * Every method throws a HessianError for bytes that are no such value, after which the decoder is of no more use. The
 * bytes are not kept: what is read is copied out of them.
 */
export class Decoder {
  readonly #body: BodyReader;

  constructor(bytes: Uint8Array, options?: DecoderOptions) {
    this.#body = new BodyReader(bytes, decodeLimits(options), readers);
  }

  /** Of the next byte. */
  get offset(): number {
    return this.#body.offset;
  }

  /** Bytes not read yet. */
  get remaining(): number {
    return this.#body.remaining;
  }

  readString(path = ''): string | null {
    return this.#read(readString, path) as string | null;
  }

  readInt(path = ''): number {
    return this.#read(readInt, path) as number;
  }

  /** Reads the next value as the wire tells it, or as a type. `path` is what errors call the value. */
  read(type?: undefined, path?: string): unknown;
  read<D extends TypeLike>(type: D, path?: string): ValueOf<D>;
  read(type?: TypeLike, path = ''): unknown {
    return this.#read(type === undefined ? readUntyped : readerOfLike(type), path);
  }

  #read(read: Reader, path: string): unknown {
    try {
      return read(this.#body);
    } catch (error) {
      throw path === '' ? error : within(error, path);
    }
  }
}

// Found by what the caller gave, so that a class need not be looked up twice.
const byLike = new WeakMap<TypeLike, Reader>();

function readerOfLike(type: TypeLike): Reader {
  const known = byLike.get(type);
  if (known !== undefined) return known;
  const made = readerOf(typeOf(type));
  byLike.set(type, made);
  return made;
}

const readString = readerOf(java.string);
const readInt = readerOf(java.int);
