import type { FieldDeclaration } from '../types/declarations.js';
import { JavaException } from '../types/java-exception.js';
import type { JavaClassConstructor, JavaType } from '../types/java-type.js';
import { bindVariables } from '../types/bind-variables.js';
import { wireFieldsOf } from '../types/wire-fields.js';
import { HessianError } from '../wire/hessian-error.js';
import type { Reader, Readers } from './body-reader.js';
import { defaultOf } from './default-of.js';

/** How the fields of a wire class become an instance of a declared class. */
export interface InstancePlan {
  readonly type: JavaType;
  readonly construct: JavaClassConstructor;
  /** One for each field on the wire, in its order. */
  readonly steps: readonly FieldStep[];
  /** Declared fields that the wire class lacks; they get Java's default unless the constructor set them. */
  readonly missing: readonly { readonly property: string; readonly value: unknown }[];
  readonly throwable: boolean;
  /** Instances read so far; the straight reader is made at {@link hotAfter}. */
  reads: number;
  /** The straight reader, once made. */
  compiled: Reader | undefined;
}

/** Instances read by the plain path before a straight reader is worth its making. */
export const hotAfter = 100;

export interface FieldStep {
  readonly name: string;
  /** Undefined for a field that the declared class lacks: it is read and dropped. */
  readonly property: string | undefined;
  readonly read: Reader;
  /** What the straight reader may do without calling `read`. */
  readonly inline: 'int' | 'string' | 'none';
}

/** Plans the reading of instances with these field names as a class type. */
export function planInstance(type: JavaType, fieldNames: readonly string[], readers: Readers): InstancePlan {
  const { construct, fields } = classFields(type);
  const byName = new Map(fields.map((field) => [field.javaName, field]));
  const present = new Set(fieldNames);
  return {
    type,
    construct,
    steps: fieldNames.map((name) => {
      const field = byName.get(name);
      return {
        name,
        property: field?.property,
        read: field ? readers.of(field.type) : readers.untyped,
        inline: field ? inlineOf(field.type) : 'none',
      };
    }),
    missing: missingFields(fields, present),
    throwable: isThrowable(construct),
    reads: 0,
    compiled: undefined,
  };
}

function inlineOf({ shape }: JavaType): FieldStep['inline'] {
  return shape.kind === 'int' || shape.kind === 'string' ? shape.kind : 'none';
}

/** The declared fields that are not present, with Java's defaults. */
export function missingFields(
  fields: readonly FieldDeclaration[],
  present: ReadonlySet<string>,
): InstancePlan['missing'] {
  return fields
    .filter(({ javaName }) => !present.has(javaName))
    .map((field) => ({ property: field.property, value: defaultOf(field.type) }));
}

/** The fields of a class type, with the type's arguments in place of the class's variables. */
export function classFields(type: JavaType): { construct: JavaClassConstructor; fields: readonly FieldDeclaration[] } {
  const { shape } = type;
  if (shape.kind !== 'class') throw new TypeError(`${type.javaName} is no class type`);
  const fields = wireFieldsOf(shape.construct).map((field) => ({
    ...field,
    type: bindVariables(field.type, shape.args),
  }));
  return { construct: shape.construct, fields };
}

export function isThrowable(construct: JavaClassConstructor): boolean {
  return construct === JavaException || construct.prototype instanceof JavaException;
}

/** A new instance: by its constructor when that takes no arguments, else without calling it, as Java does. */
export function newInstance(construct: JavaClassConstructor): Record<string, unknown> {
  return creatorOf(construct)();
}

/** What makes new instances of a class, see {@link newInstance}. */
export function creatorOf(construct: JavaClassConstructor): () => Record<string, unknown> {
  const prototype = construct.prototype as object;
  if (construct.length > 0) return () => Object.create(prototype) as Record<string, unknown>;
  const concrete = construct as unknown as new () => Record<string, unknown>;
  return () => {
    try {
      return new concrete();
    } catch (cause) {
      throw new HessianError(`the constructor of ${construct.name} fails: ${String(cause)}`, { cause });
    }
  };
}

/** Gives the fields that did not come Java's default. */
export function fillMissing(missing: InstancePlan['missing'], instance: Record<string, unknown>): void {
  for (const { property, value } of missing) instance[property] ??= value;
}
