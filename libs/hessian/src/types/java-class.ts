import { notCallback } from './box.js';
import { declareClass, declareField } from './declarations.js';
import { isJavaType } from './java-type.js';
import type { JavaClassConstructor, JavaType, TypeLike, ValueOf } from './java-type.js';
import { lazyType, typeOf } from './type-of.js';

export interface JavaClassOptions {
  /** For exceptions: Java callers must declare it in `throws`. Default false, as for a RuntimeException. */
  readonly checked?: boolean;
  /** Java package of the interface the class ships with, when it differs from the class's own. */
  readonly api?: string;
}

/**
 * Makes a class the twin of a Java class. `javaName` is `Class.getName`: nested classes with `$`. Fields of super classes
 * belong to it, whether or not those are decorated themselves.
 */
export function JavaClass(javaName: string, options: JavaClassOptions = {}) {
  return (construct: JavaClassConstructor): void => {
    if (javaName === '') throw new TypeError(`@JavaClass of ${construct.name}: the Java class name is empty`);
    declareClass({ construct, javaName, checked: options.checked ?? false, api: options.api });
  };
}

export interface JavaFieldOptions {
  /** The field's name in Java; default the property's. */
  readonly name?: string;
}

/** Decorates a property whose declared type fits D, or D and null. */
export type FieldDecorator<D extends TypeLike> = <K extends string>(
  prototype: { [P in K]?: ValueOf<D> | null },
  property: K,
) => void;

/**
 * Makes a property the twin of a Java field. The property's declared type must fit the Java type; a reference may also be
 * null. A function gives the type later, for the class itself or one of a cyclic import. Throws a TypeError, when the
 * class is declared, for a class without `@JavaClass`.
 */
export function JavaField<D extends TypeLike>(type: D, options?: JavaFieldOptions): FieldDecorator<D>;
export function JavaField<D extends TypeLike>(type: () => D, options?: JavaFieldOptions): FieldDecorator<D>;
export function JavaField(type: TypeLike | (() => TypeLike), options: JavaFieldOptions = {}): FieldDecorator<JavaType> {
  return (prototype: object, property: string): void => {
    declareField(prototype.constructor, {
      property,
      javaName: options.name ?? property,
      type: isThunk(type) ? lazyType(type) : notCallback(typeOf(type)),
    });
  };
}

// An arrow function is no constructor and has no prototype; a class always has one.
function isThunk(type: TypeLike | (() => TypeLike)): type is () => TypeLike {
  return typeof type === 'function' && !isJavaType(type) && (type as { prototype?: unknown }).prototype === undefined;
}
