import { lineageOf, ownFieldsOf } from './declarations.js';
import type { FieldDeclaration } from './declarations.js';
import type { JavaClassConstructor } from './java-type.js';

/**
 * The fields of a class and those it extends, in the order Java's writer gives them (hessian-lite, JavaSerializer): from
 * the class to its root, first the simple ones, then the others, and all of that reversed. A field that a subclass
 * declares again is there once, as the subclass has it.
 */
export function wireFieldsOf(construct: JavaClassConstructor): readonly FieldDeclaration[] {
  const seen = new Set<string>();
  const simple: FieldDeclaration[] = [];
  const compound: FieldDeclaration[] = [];
  for (const at of lineageOf(construct))
    for (const field of ownFieldsOf(at)) {
      if (seen.has(field.javaName)) continue;
      seen.add(field.javaName);
      (isSimple(field) ? simple : compound).push(field);
    }
  return [...simple, ...compound].reverse();
}

function isSimple({ type: { primitive, javaName } }: FieldDeclaration): boolean {
  return primitive || (javaName.startsWith('java.lang.') && javaName !== 'java.lang.Object');
}
