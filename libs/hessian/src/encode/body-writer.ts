import type { JavaType } from '../types/java-type.js';
import { isShared } from '../types/origin.js';
import { ByteWriter } from '../wire/byte-writer.js';
import { Op } from '../wire/opcodes.js';
import { writeInt } from './number.js';
import { writeString } from './string.js';

/** Writes one value at the writer's place. */
export type Writer = (body: BodyWriter, value: unknown) => void;

/** The writer of any value and the writers of types; through it the files of the families find each other. */
export interface Writers {
  readonly untyped: Writer;
  of(type: JavaType): Writer;
}

/** A class as it is defined in a body. */
export interface WrittenClass {
  readonly javaName: string;
  readonly fieldNames: readonly string[];
  /** The definition as it is written, where it is known beforehand; then classes that say the same are one object. */
  readonly definition?: Uint8Array;
}

/**
 * The bytes of one body being written and the tables that run across it. A container is written as a reference only where
 * it contains itself: Java's writers and readers count references differently for several JDK classes, a copy is always
 * right.
 */
export class BodyWriter extends ByteWriter {
  readonly writers: Writers;
  readonly #maxDepth: number;
  readonly #classes: WrittenClass[] = [];
  /** Their indexes by what they say, once needed. */
  #byKey: Map<string, number> | undefined;
  #lastClass: WrittenClass | undefined;
  #lastIndex = 0;
  #typeNames: Map<string, number> | undefined;
  /** The containers being written, outermost first, and their reference indexes. */
  readonly #open: unknown[] = [];
  readonly #openIndexes: number[] = [];
  /** Values shared where they were read, with their reference indexes here. */
  #known: Map<object, number> | undefined;
  #references = 0;
  /** Something was written after which Java may count otherwise: sharing is not written any more. */
  #uneven = false;

  constructor(writers: Writers, maxBytes: number, maxDepth: number) {
    super(maxBytes);
    this.writers = writers;
    this.#maxDepth = maxDepth;
  }

  /**
   * Enters a container, which takes the next reference index; false when it is inside itself, then the reference is
   * written and that is all.
   */
  enter(container: unknown): boolean {
    const open = this.#open;
    const depth = open.length;
    for (let at = 0; at < depth; at++)
      if (open[at] === container) {
        this.byte(Op.reference);
        writeInt(this, this.#openIndexes[at]!);
        return false;
      }
    if (depth === this.#maxDepth) throw this.error(`nested deeper than ${this.#maxDepth} levels`);
    open.push(container);
    this.#openIndexes.push(this.#references++);
    return true;
  }

  /**
   * As {@link enter}; a value that was shared where it was read becomes a reference here too, once it is written.
   */
  enterShared(container: object): boolean {
    if (!isShared(container)) return this.enter(container);
    if (this.writeKnown(container)) return false;
    return this.enter(container);
  }

  /** Writes a reference to a value that {@link enterShared} or this noted before; else notes that it is written next. */
  writeKnown(value: object): boolean {
    if (this.#uneven) return false;
    const known = (this.#known ??= new Map<object, number>());
    const index = known.get(value);
    if (index === undefined) {
      known.set(value, this.#references);
      return false;
    }
    this.byte(Op.reference);
    writeInt(this, index);
    return true;
  }

  /** Leaves the container entered last. */
  leave(): void {
    this.#open.pop();
    this.#openIndexes.pop();
  }

  /** Begins an object: its class, defined at its first use. The field values have to follow. */
  beginObject(written: WrittenClass): void {
    const index = written === this.#lastClass ? this.#lastIndex : this.#indexOf(written);
    if (index < 16) this.byte(Op.objectDirect + index);
    else {
      this.byte(Op.object);
      writeInt(this, index);
    }
  }

  /** A leaf that takes a reference index and cannot contain itself; `uneven` when not every Java version counts it. */
  countLeaf(uneven = false): void {
    this.#references++;
    if (uneven) this.#uneven = true;
  }

  // Definitions that say the same are one, whoever made them. Those known beforehand are one object each; others are found
  // by what they say, and so are all once there are many.
  #indexOf(written: WrittenClass): number {
    const classes = this.#classes;
    let index = this.#byKey === undefined ? classes.indexOf(written) : -1;
    if (index < 0)
      index = this.#byKey === undefined && written.definition && classes.length < 16 ? -1 : this.#indexByKey(written);
    if (index < 0) {
      index = classes.push(written) - 1;
      this.#byKey?.set(keyOf(written), index);
      if (written.definition) this.raw(written.definition);
      else writeDefinition(this, written);
    }
    this.#lastClass = written;
    return (this.#lastIndex = index);
  }

  #indexByKey(written: WrittenClass): number {
    this.#byKey ??= new Map(this.#classes.map((known, index) => [keyOf(known), index]));
    return this.#byKey.get(keyOf(written)) ?? -1;
  }

  /** A type name, or the index of one that came before. */
  typeName(name: string): void {
    const typeNames = (this.#typeNames ??= new Map<string, number>());
    const index = typeNames.get(name);
    if (index !== undefined) return writeInt(this, index);
    typeNames.set(name, typeNames.size);
    writeString(this, name);
  }
}

// The classes of declared types, so no more than the program declares.
const known = new Map<string, WrittenClass>();

/** A class whose definition is encoded once; the same object for the same names. */
export function writtenClass(javaName: string, fieldNames: readonly string[]): WrittenClass {
  const key = keyOf({ javaName, fieldNames });
  let written = known.get(key);
  if (!written) {
    const out = new ByteWriter(Infinity);
    writeDefinition(out, { javaName, fieldNames });
    known.set(key, (written = { javaName, fieldNames, definition: Uint8Array.from(out.finish()) }));
  }
  return written;
}

function keyOf({ javaName, fieldNames }: WrittenClass): string {
  return `${javaName} ${fieldNames.join(' ')}`;
}

function writeDefinition(out: ByteWriter, { javaName, fieldNames }: WrittenClass): void {
  out.byte(Op.classDefinition);
  writeString(out, javaName);
  writeInt(out, fieldNames.length);
  for (const name of fieldNames) writeString(out, name);
}
