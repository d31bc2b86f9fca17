import type { JavaType } from './java-type.js';
import { classType, lazyType, referenceType } from './type-of.js';
import { any } from './any.js';

/** The type with `args` in place of the variables of a generic class; variables without an argument hold any value. */
export function bindVariables(type: JavaType, args: readonly JavaType[]): JavaType {
  const { shape } = type;
  switch (shape.kind) {
    case 'variable':
      return args[shape.index] ?? any;
    case 'list':
    case 'set':
    case 'array': {
      const element = bindVariables(shape.element, args);
      return element === shape.element ? type : referenceType(type.javaName, { kind: shape.kind, element });
    }
    case 'map': {
      const key = bindVariables(shape.key, args);
      const value = bindVariables(shape.value, args);
      const same = key === shape.key && value === shape.value;
      return same ? type : referenceType(type.javaName, { kind: 'map', key, value });
    }
    case 'class': {
      const bound = shape.args.map((arg) => bindVariables(arg, args));
      return bound.every((arg, at) => arg === shape.args[at]) ? type : classType(shape.construct, bound);
    }
    case 'lazy':
      return args.length === 0 ? type : lazyType(() => bindVariables(shape.resolve(), args));
    default:
      return type;
  }
}
