import type { JavaType } from '../types/java-type.js';
import { ByteReader } from '../wire/byte-reader.js';
import { Op } from '../wire/opcodes.js';
import type { DecodeLimits } from './limits.js';
import { readClassDefinition, type WireClass } from './wire-class.js';

/** Reads one value at the reader's place. */
export type Reader = (body: BodyReader) => unknown;

/** The reader of any value and the readers of types. */
export interface Readers {
  readonly untyped: Reader;
  /** As `untyped`, the opcode being read already. */
  untypedAt(body: BodyReader, code: number): unknown;
  of(type: JavaType): Reader;
}

/** How often a body may be read again, all such reading together. */
const MAX_READ_AGAIN = 4;

/** Stands in the reference table for a value that exists only once all of it is read. */
export const unfinished = Symbol('unfinished');

/**
 * The bytes of one body and the three tables that run across it: references, classes and type names. The reference table
 * counts as Java's writer does: each list, map and object takes its index where it starts, before its children.
 */
export class BodyReader extends ByteReader {
  readonly limits: DecodeLimits;
  /** Where the files of the families find each other. */
  readonly readers: Readers;
  /** Whether declared classes are read as such and any class may come, so that nothing is to be asked of an object. */
  readonly open: boolean;
  readonly references: unknown[] = [];
  /** The type each reference was read as; undefined when read untyped. */
  readonly referenceTypes: (JavaType | undefined)[] = [];
  readonly classes: WireClass[] = [];
  readonly typeNames: string[] = [];
  /** Starts of maps known to hold keys that are no strings. */
  mixedMaps: Set<number> | undefined;
  /** Reference indexes of the containers being read, outermost first; as many as `depth` says. */
  readonly #open: number[] = [];
  #readAgain = 0;
  depth = 0;
  /** First reference index that the lines of hessian-lite count differently in this body. */
  doubtFrom = Infinity;

  constructor(bytes: Uint8Array, limits: DecodeLimits, readers: Readers) {
    super(bytes);
    this.readers = readers;
    this.limits = limits;
    this.open = limits.classes.isOpen && !limits.holders;
    if (bytes.length > limits.maxBytes) throw this.error(`the body has more than ${limits.maxBytes} bytes`);
  }

  /** The next value's opcode; class definitions on the way are taken into the table. */
  code(): number {
    let code = this.byte();
    while (code === Op.classDefinition) {
      if (this.classes.length === this.limits.maxClasses)
        throw this.error(`more than ${this.limits.maxClasses} class definitions`);
      this.classes.push(readClassDefinition(this));
      code = this.byte();
    }
    return code;
  }

  /** Enters a container: gives it the next reference index, which is returned. */
  enter(container: unknown, type?: JavaType): number {
    const index = this.references.length;
    if (this.depth === this.limits.maxDepth) throw this.error(`nested deeper than ${this.limits.maxDepth} levels`);
    if (index === this.limits.maxReferences) throw this.error(`more than ${this.limits.maxReferences} containers`);
    this.#open[this.depth++] = index;
    this.references.push(container);
    this.referenceTypes.push(type);
    return index;
  }

  /**
   * Corrects the reference table after an object that hessian-lite 4.0 counts otherwise than 3.2, where `index` is what 3.2
   * gave it. While the peer is unknown, references from there on are in doubt.
   */
  recount(index: number, countIn4: number): void {
    const { hessianLite } = this.limits;
    if (hessianLite === 'unknown') this.doubtFrom = Math.min(this.doubtFrom, index);
    if (hessianLite !== '4.0') return;
    const value = this.references[index];
    const type = this.referenceTypes[index];
    this.forget(index);
    for (let count = 0; count < countIn4; count++) {
      this.references.push(value);
      this.referenceTypes.push(type);
    }
  }

  /** Takes a value and all after it out of the reference table. */
  forget(index: number): void {
    this.references.length = this.referenceTypes.length = index;
  }

  /** Leaves the container entered last. */
  leave(): void {
    this.depth--;
  }

  /** Notes that so many bytes are read a second time; fails when maps within maps would have most of the body read often. */
  readAgain(count: number): void {
    this.#readAgain += count;
    if (this.#readAgain > this.end * MAX_READ_AGAIN)
      throw this.error('maps that refer to themselves, with keys that are no strings behind others, nest too deep');
  }

  /** Fails for a list or map of more items than allowed. */
  checkItems(count: number): void {
    if (count > this.limits.maxItems) throw this.error(`more than ${this.limits.maxItems} items in one list or map`);
  }

  /** Fails for a string or binary longer than allowed, its chunks together. */
  checkLength(length: number): void {
    if (length > this.limits.maxLength) throw this.error(`a string or binary longer than ${this.limits.maxLength}`);
  }

  /** Whether the container of a reference index is still being read. */
  isOpen(index: number): boolean {
    for (let at = 0; at < this.depth; at++) if (this.#open[at] === index) return true;
    return false;
  }
}
