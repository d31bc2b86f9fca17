import { declarationOf, lineageOf } from '../types/declarations.js';
import { misfit } from '../types/expectation.js';
import { JavaException } from '../types/java-exception.js';
import { JavaObject } from '../types/java-object.js';
import type { JavaClassConstructor, JavaType, ValueLayout } from '../types/java-type.js';
import { bindVariables } from '../types/bind-variables.js';
import { typeOf } from '../types/type-of.js';
import { date } from '../types/value-type.js';
import { wireFieldsOf } from '../types/wire-fields.js';
import { within } from '../wire/hessian-error.js';
import { writtenClass, type BodyWriter, type Writer, type Writers, type WrittenClass } from './body-writer.js';
import { compileInstanceWriter } from './compiled-instance.js';
import { writeHolder } from './noted.js';
import { writeThrowable } from './throwable.js';

/** How instances of a declared class are written. */
export interface InstancePlan {
  readonly written: WrittenClass;
  readonly steps: readonly FieldStep[];
  /** Instances written so far; the straight writer is made at `hotAfter`. */
  writes: number;
  /** The straight writer, once made. */
  compiled: Writer | undefined;
}

export interface FieldStep {
  readonly property: string;
  readonly write: Writer;
  /** What the straight writer may do without calling `write`. */
  readonly inline: 'int' | 'string' | 'none';
}

/** Instances written by the plain path before a straight writer is worth its making. */
export const hotAfter = 100;

const plans = new WeakMap<JavaType, InstancePlan>();

/** Writes an instance, or a plain object with its fields, as a class type; an instance of a subclass as what it is. */
export function writeClassValue(body: BodyWriter, value: object, type: JavaType): void {
  const { shape } = type;
  if (shape.kind !== 'class') throw body.error(misfit(type, value));
  if (value instanceof JavaObject) return writeHolder(body, value);
  if (value instanceof JavaException) {
    if (!(value instanceof shape.construct)) throw body.error(misfit(type, value));
    return writeThrowable(body, value);
  }
  const { constructor } = value;
  if (constructor === shape.construct || isPlainObject(value)) return writeInstance(body, value, type);
  if (!(value instanceof shape.construct)) throw body.error(misfit(type, value));
  const own = declaredTypeOf(value);
  writeInstance(body, value, own === undefined || own.javaName === type.javaName ? type : own);
}

/** Writes an instance of a class declared here; the caller has found its type. */
export function writeInstance(body: BodyWriter, value: object, type: JavaType): void {
  let plan = plans.get(type);
  if (!plan) plans.set(type, (plan = planInstance(type, body.writers)));
  if (plan.compiled !== undefined) return plan.compiled(body, value);
  if (++plan.writes === hotAfter) plan.compiled = compileInstanceWriter(plan);
  writePlanned(body, value, plan);
}

/** The plain path: one step after the other. */
export function writePlanned(body: BodyWriter, value: object, { written, steps }: InstancePlan): void {
  if (!body.enter(value)) return;
  body.beginObject(written);
  const fields = value as Record<string, unknown>;
  let at = 0;
  try {
    for (; at < steps.length; at++) {
      const { property, write } = steps[at]!;
      write(body, fields[property]);
    }
  } catch (error) {
    throw within(error, `.${steps[at]!.property}`);
  }
  body.leave();
}

/** Writes a value of a JDK class that travels as an object of fields. */
export function layoutWriter(layout: ValueLayout, writers: Writers): (body: BodyWriter, value: unknown) => void {
  const written = writtenClass(
    layout.wireName,
    layout.fields.map(({ name }) => name),
  );
  const writes = layout.fields.map(({ type }) => writers.of(type));
  return (body, value) => {
    body.countLeaf(layout.unevenlyCounted);
    body.beginObject(written);
    layout.toFields(value).forEach((field, at) => writes[at]!(body, field));
  };
}

/** The type of the class declared nearest to an object's own, if any. */
export function declaredTypeOf(value: object): JavaType | undefined {
  const { constructor } = value;
  if (typeof constructor !== 'function') return undefined;
  const declared = declarationOf(constructor)
    ? (constructor as unknown as JavaClassConstructor)
    : lineageOf(constructor as unknown as JavaClassConstructor).find(declarationOf);
  return declared && typeOf(declared);
}

export function isPlainObject(value: object): value is Record<string, unknown> {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Plans the writing of instances of a class type. */
export function planInstance(type: JavaType, writers: Writers): InstancePlan {
  const { shape } = type;
  if (shape.kind !== 'class') throw new TypeError(`${type.javaName} is no class type`);
  const fields = wireFieldsOf(shape.construct);
  return {
    written: writtenClass(
      type.javaName,
      fields.map(({ javaName }) => javaName),
    ),
    steps: fields.map((field) => {
      const bound = fieldType(bindVariables(field.type, shape.args));
      return { property: field.property, write: writers.of(bound), inline: inlineOf(bound) };
    }),
    writes: 0,
    compiled: undefined,
  };
}

function inlineOf({ shape, primitive }: JavaType): FieldStep['inline'] {
  return shape.kind === 'string' || (shape.kind === 'int' && primitive) ? shape.kind : 'none';
}

// Java's field serializers write the java.sql types as bare dates.
const sqlTypes = new Set(['java.sql.Date', 'java.sql.Time', 'java.sql.Timestamp']);

function fieldType(type: JavaType): JavaType {
  return type.shape.kind === 'value' && sqlTypes.has(type.javaName) ? date : type;
}
