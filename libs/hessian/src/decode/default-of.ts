import type { JavaType } from '../types/java-type.js';

/** What a Java field of the type holds before anything sets it. */
export function defaultOf({ primitive, shape }: JavaType): unknown {
  if (!primitive) return null;
  switch (shape.kind) {
    case 'boolean':
      return false;
    case 'char':
      return '\0';
    case 'long':
      return shape.as === 'bigint' ? 0n : shape.as === 'number' ? 0 : '0';
    default:
      return 0;
  }
}
