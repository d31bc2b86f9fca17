import type { JavaType, TypeLike } from './java-type.js';
import { referenceType, typeOf } from './type-of.js';

const boxes: Readonly<Record<string, string>> = {
  boolean: 'java.lang.Boolean',
  byte: 'java.lang.Byte',
  short: 'java.lang.Short',
  int: 'java.lang.Integer',
  long: 'java.lang.Long',
  float: 'java.lang.Float',
  double: 'java.lang.Double',
  char: 'java.lang.Character',
};

/** The type as a generic argument: a primitive becomes its box, for Java's generics hold references only. */
export function boxed(like: TypeLike): JavaType {
  const type = typeOf(like);
  if (!type.primitive) return notCallback(type);
  const name = boxes[type.javaName];
  if (name === undefined) throw new TypeError(`${type.javaName} cannot be a generic argument`);
  return referenceType(name, type.shape);
}

/** Callbacks travel beside the arguments, so that no value holds one. Gives the type back or throws a TypeError. */
export function notCallback(type: JavaType): JavaType {
  if (type.shape.kind !== 'callback') return type;
  throw new TypeError(
    `java.callback of ${type.javaName} is the type of a whole parameter only: no list, map, array or field holds a callback`,
  );
}
