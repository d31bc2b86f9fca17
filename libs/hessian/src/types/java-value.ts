import type { JavaType, TypeLike } from './java-type.js';
import { typeOf } from './type-of.js';

/**
 * A value together with its Java type, for untyped positions: `java.double(1)` is written as a double where a bare 1
 * would be an int. Reading gives one where JavaScript has no class of its own (`java.util.UUID`, `java.sql.Timestamp` …).
 */
export class JavaValue<T = unknown> {
  readonly type: JavaType<T>;
  readonly value: T;

  constructor(type: TypeLike, value: T) {
    this.type = typeOf(type) as JavaType<T>;
    this.value = value;
    Object.freeze(this);
  }

  /** The value's own text. */
  toString(): string {
    return String(this.value);
  }

  /** The value alone. */
  toJSON(): T {
    return this.value;
  }
}
