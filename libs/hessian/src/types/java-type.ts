/**
 * A Java type: what the wire carries and, as the phantom `T`, what JavaScript sees. Made by the `java` vocabulary only;
 * frozen.
 */
export interface JavaType<T = unknown> {
  /** `Class.getName` of the erased type: `long`, `java.util.List`, `[J`, `[Ljava.lang.String;`. */
  readonly javaName: string;
  /** Erased JVM descriptor: `J`, `Ljava/util/List;`, `[J`. */
  readonly descriptor: string;
  /** True for Java's primitives and void, which are never null. */
  readonly primitive: boolean;
  /** What the reader and writer know of the type. */
  readonly shape: Shape;
  /** Carries `T` for the compiler; never present. */
  readonly '~value'?: () => T;
}

export interface PrimitiveType<T = unknown> extends JavaType<T> {
  readonly primitive: true;
}

export interface ReferenceType<T = unknown> extends JavaType<T> {
  readonly primitive: false;
}

/** How a type's values are laid out; `list`, `set`, `map` hold boxes, `array` may hold primitives. */
export type Shape =
  | { readonly kind: 'boolean' | 'byte' | 'short' | 'int' | 'float' | 'double' | 'char' | 'void' }
  | { readonly kind: 'string' | 'date' | 'bytes' | 'any' }
  | { readonly kind: 'long'; readonly as: 'bigint' | 'number' | 'string' }
  | { readonly kind: 'list' | 'set' | 'array'; readonly element: JavaType }
  | { readonly kind: 'map'; readonly key: JavaType; readonly value: JavaType }
  | { readonly kind: 'enum'; readonly constants: readonly string[] }
  | { readonly kind: 'class'; readonly construct: JavaClassConstructor; readonly args: readonly JavaType[] }
  | { readonly kind: 'variable'; readonly index: number }
  | { readonly kind: 'value'; readonly layout: ValueLayout }
  | { readonly kind: 'lazy'; readonly resolve: () => JavaType }
  | CallbackShape;

/** An object of the caller that the callee may call back. `release`: the method takes leave of it. */
export interface CallbackShape {
  readonly kind: 'callback';
  readonly contract: JavaClassConstructor;
  readonly release: boolean;
}

/**
 * A JDK class that travels as an object of a few fields and is one value in JavaScript: `java.math.BigDecimal`, the
 * java.time handles. `wireName` is the class name on the wire, `fields` are in wire order.
 */
export interface ValueLayout<T = unknown> {
  readonly wireName: string;
  readonly fields: readonly { readonly name: string; readonly type: JavaType }[];
  /** Fields that only other versions of the class write, read as well. */
  readonly alsoRead?: readonly { readonly name: string; readonly type: JavaType }[];
  /** Java's writers and readers count references to it differently, so none may follow it. */
  readonly unevenlyCounted?: boolean;
  /** Reference indexes that hessian-lite 4.0 counts for it, where that is not 1 as in 3.2. */
  readonly countIn4?: number;
  /** What a wrong value is told to be, such as `a BigDecimal`. */
  readonly expects: string;
  accepts(candidate: unknown): candidate is T;
  /** Field values in wire order. */
  toFields(value: T): readonly unknown[];
  /** The value of the fields read; throws a RangeError or TypeError when they make none. */
  fromFields(fields: Readonly<Record<string, unknown>>): T;
}

/** A class that may stand for a Java class; `@JavaClass` makes it one. */
export type JavaClassConstructor<T extends object = object> = abstract new (...args: never[]) => T;

/** A Java type, or a class decorated with `@JavaClass`, which stands for itself. */
export type TypeLike = JavaType | JavaClassConstructor;

/** The TypeLikes that may be null. */
export type ReferenceLike = ReferenceType | JavaClassConstructor;

/** The JavaScript value of a Java type: `java.long` gives bigint, a class its instance. */
export type ValueOf<D extends TypeLike> =
  D extends JavaType<infer T> ? T : D extends abstract new (...args: never[]) => infer I ? I : never;

/**
 * The type of a field declared with `java.lazy(() => T)`. An alias, so that decorator metadata does not touch a class
 * that a cyclic import has not made yet.
 */
export type Ref<T> = T;

/** Whether a value is a type of the `java` vocabulary. Some of them are functions, as `java.double(1)` is a value. */
export function isJavaType(candidate: unknown): candidate is JavaType {
  return (
    ((typeof candidate === 'object' && candidate !== null) || typeof candidate === 'function') &&
    Object.hasOwn(candidate, 'shape') &&
    Object.hasOwn(candidate, 'descriptor')
  );
}
