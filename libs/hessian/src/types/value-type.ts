import type { JavaType, ReferenceType, ValueLayout } from './java-type.js';
import { referenceType } from './type-of.js';

// What the JDK types are made of: the types of their fields, and the three ways an object of fields is one value.

export const string = referenceType<string>('java.lang.String', { kind: 'string' });
export const date = referenceType<Date>('java.util.Date', { kind: 'date' });
export const int: JavaType<number> = Object.freeze({
  javaName: 'int',
  descriptor: 'I',
  primitive: true as const,
  shape: { kind: 'int' as const },
});
export const long: JavaType<bigint> = Object.freeze({
  javaName: 'long',
  descriptor: 'J',
  primitive: true as const,
  shape: { kind: 'long' as const, as: 'bigint' as const },
});
export const ints = referenceType<number[]>('[I', { kind: 'array', element: int });
export const longs = referenceType<bigint[]>('[J', { kind: 'array', element: long });

/** A type whose objects are one value in JavaScript. */
export function valueType<T>(javaName: string, layout: ValueLayout<T>): ReferenceType<T> {
  return referenceType<T>(javaName, { kind: 'value', layout: Object.freeze(layout) as ValueLayout });
}

/** A type with one field that is the value. */
export function wrapperType<T>(
  javaName: string,
  field: string,
  type: JavaType<T>,
  expects: string,
  accepts: (candidate: unknown) => candidate is T,
  { wireName = javaName, countIn4 = 1 }: { wireName?: string; countIn4?: number } = {},
): ReferenceType<T> {
  return valueType<T>(javaName, {
    wireName,
    unevenlyCounted: countIn4 !== 1,
    countIn4,
    fields: [{ name: field, type }],
    expects,
    accepts,
    toFields: (value) => [value],
    fromFields: (fields) => {
      const value = fields[field];
      if (!accepts(value)) throw new TypeError(`its field '${field}' is not ${expects}`);
      return value;
    },
  });
}

/**
 * A type of a JavaScript class whose properties have the names of the fields. `fields` are in the order of its constructor,
 * which is Java's order of declaration; the wire has the reverse.
 */
export function recordType<T extends object>(
  javaName: string,
  wireName: string,
  construct: new (...args: never[]) => T,
  fields: Readonly<Record<string, JavaType>>,
): ReferenceType<T> {
  const names = Object.keys(fields);
  const reversed = names.toReversed();
  return valueType<T>(javaName, {
    wireName,
    fields: reversed.map((name) => ({ name, type: fields[name]! })),
    expects: `a ${construct.name}`,
    accepts: (candidate): candidate is T => candidate instanceof construct,
    toFields: (value) => reversed.map((name) => (value as Record<string, unknown>)[name]),
    fromFields: (values) =>
      Reflect.construct(
        construct,
        names.map((name) => values[name]),
      ) as T,
  });
}

export const isString = (candidate: unknown): candidate is string => typeof candidate === 'string';
export const isBigint = (candidate: unknown): candidate is bigint => typeof candidate === 'bigint';
export const isValidDate = (candidate: unknown): candidate is Date =>
  candidate instanceof Date && !Number.isNaN(candidate.getTime());
