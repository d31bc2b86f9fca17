import { declarationOf } from './declarations.js';
import { isJavaType } from './java-type.js';
import type { JavaClassConstructor, JavaType, Shape, TypeLike } from './java-type.js';

const classTypes = new WeakMap<JavaClassConstructor, JavaType>();

/** The Java type a TypeLike stands for. Throws a TypeError that names a class without `@JavaClass`. */
export function typeOf(like: TypeLike): JavaType {
  if (isJavaType(like)) return like;
  if (typeof like !== 'function')
    throw new TypeError(
      `${String(like)} is no Java type: use the java vocabulary or a class with @JavaClass` +
        (like === undefined ? '; a class of a cyclic import is not there yet, use java.lazy(() => TheClass)' : ''),
    );
  const known = classTypes.get(like);
  if (known) return known;
  const made = classType(like, []);
  classTypes.set(like, made);
  return made;
}

/** The type of a decorated class with type arguments. Throws a TypeError that names a class without `@JavaClass`. */
export function classType(construct: JavaClassConstructor, args: readonly JavaType[]): JavaType {
  const declaration = declarationOf(construct);
  if (!declaration)
    throw new TypeError(
      `class ${construct.name} has no @JavaClass: decorate it with the name of its Java class to use it as a type`,
    );
  return referenceType(declaration.javaName, { kind: 'class', construct, args });
}

/** A frozen reference type. `javaName` may name an array class. */
export function referenceType<T>(javaName: string, shape: Shape): JavaType<T> & { readonly primitive: false } {
  return Object.freeze({ javaName, descriptor: descriptorOf(javaName), primitive: false as const, shape });
}

/** A type that is found when first needed, for classes that refer to each other. */
export function lazyType(find: () => TypeLike): JavaType & { readonly primitive: false } {
  let found: JavaType | undefined;
  const resolve = (): JavaType => {
    if (found) return found;
    const type = typeOf(find());
    if (type.primitive) throw new TypeError(`java.lazy(() => ${type.javaName}): a primitive needs no laziness`);
    return (found = type);
  };
  return Object.freeze({
    get javaName() {
      return resolve().javaName;
    },
    get descriptor() {
      return resolve().descriptor;
    },
    primitive: false as const,
    shape: { kind: 'lazy' as const, resolve },
  });
}

/** The type behind a lazy one. */
export function resolved(type: JavaType): JavaType {
  let at = type;
  while (at.shape.kind === 'lazy') at = at.shape.resolve();
  return at;
}

/** For messages: `java.util.List<com.acme.Comment>`, `long[]`. */
export function describe(like: TypeLike): string {
  const type = resolved(typeOf(like));
  const { shape } = type;
  switch (shape.kind) {
    case 'array':
      return `${describe(shape.element)}[]`;
    case 'list':
    case 'set':
      return `${type.javaName}<${describe(shape.element)}>`;
    case 'map':
      return `${type.javaName}<${describe(shape.key)}, ${describe(shape.value)}>`;
    case 'class':
      return shape.args.length === 0 ? type.javaName : `${type.javaName}<${shape.args.map(describe).join(', ')}>`;
    case 'bytes':
      return 'byte[]';
    default:
      return type.javaName;
  }
}

/** JVM descriptor of a reference type's name as `Class.getName` gives it. */
function descriptorOf(javaName: string): string {
  const slashed = javaName.replaceAll('.', '/');
  return slashed.startsWith('[') ? slashed : `L${slashed};`;
}
