import type { JavaClassConstructor, JavaType } from './java-type.js';

/** What `@JavaClass` says of a class. */
export interface ClassDeclaration {
  readonly construct: JavaClassConstructor;
  /** `Class.getName`: nested classes with `$`. */
  readonly javaName: string;
  /** For exceptions: whether Java must declare it in `throws`. */
  readonly checked: boolean;
  /** Java package of the interface the class ships with, when it differs from the class's own. */
  readonly api: string | undefined;
}

/** What `@JavaField` says of a property. */
export interface FieldDeclaration {
  readonly property: string;
  /** The field's name in Java, and so on the wire. */
  readonly javaName: string;
  readonly type: JavaType;
}

// The declaration list behind the decorators: what classes say of themselves, once per process. Nothing else is kept here.
const byConstructor = new Map<JavaClassConstructor, ClassDeclaration>();
const byName = new Map<string, ClassDeclaration>();
const ownFields = new WeakMap<object, FieldDeclaration[]>();
const interfaceNames = new WeakMap<object, string>();

/** Notes a class. A later class of the same Java name takes the name over in untyped positions. */
export function declareClass(declaration: ClassDeclaration): void {
  byConstructor.set(declaration.construct, declaration);
  byName.set(declaration.javaName, declaration);
}

/** Notes a field of the class whose constructor is given; declared again, it replaces the former. */
export function declareField(construct: object, field: FieldDeclaration): void {
  let fields = ownFields.get(construct);
  if (!fields) ownFields.set(construct, (fields = []));
  const at = fields.findIndex(({ property }) => property === field.property);
  if (at < 0) fields.push(field);
  else fields[at] = field;
}

/** Tells the Java name of an interface contract, so that `java.callback(contract)` can name it. */
export function declareInterface(contract: object, javaName: string): void {
  interfaceNames.set(contract, javaName);
}

export function interfaceNameOf(contract: object): string | undefined {
  return interfaceNames.get(contract);
}

/** The declaration of exactly this class, not of the ones it extends. */
export function declarationOf(construct: unknown): ClassDeclaration | undefined {
  return byConstructor.get(construct as JavaClassConstructor);
}

/** The class last declared under a Java name. */
export function declarationNamed(javaName: string): ClassDeclaration | undefined {
  return byName.get(javaName);
}

/** The fields a class declares itself, in declaration order. */
export function ownFieldsOf(construct: object): readonly FieldDeclaration[] {
  return ownFields.get(construct) ?? [];
}

/** The class and those it extends, innermost first. */
export function lineageOf(construct: JavaClassConstructor): JavaClassConstructor[] {
  const lineage: JavaClassConstructor[] = [];
  for (
    let at: unknown = construct;
    typeof at === 'function' && at !== Function.prototype;
    at = Object.getPrototypeOf(at)
  )
    lineage.push(at as JavaClassConstructor);
  return lineage;
}
