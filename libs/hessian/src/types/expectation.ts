import type { JavaType } from './java-type.js';
import { describe, resolved } from './type-of.js';
import { show } from './show.js';

/** Bounds of Java's integers that a JavaScript number stands for. */
export const intBounds = {
  byte: [-0x80, 0x7f],
  short: [-0x8000, 0x7fff],
  int: [-0x8000_0000, 0x7fff_ffff],
} as const;

export const minLong = -0x8000_0000_0000_0000n;
export const maxLong = 0x7fff_ffff_ffff_ffffn;

/** Why a value is none of the type: what was expected and what was found. */
export function misfit(type: JavaType, value: unknown): string {
  const hint = value === null && type.primitive ? '; a primitive is never null, declare its box' : '';
  return `expected ${describe(type)}, ${expectation(type)}, got ${show(value)}${hint}`;
}

// What stands for the type in JavaScript, in words.
function expectation(type: JavaType): string {
  const { shape } = resolved(type);
  switch (shape.kind) {
    case 'boolean':
      return 'true or false';
    case 'byte':
    case 'short':
    case 'int':
      return `an integer from ${intBounds[shape.kind][0]} to ${intBounds[shape.kind][1]}`;
    case 'long':
      return { bigint: 'a bigint of 64 bits', number: 'a safe integer', string: 'decimal text of 64 bits' }[shape.as];
    case 'float':
      return 'a number within the range of a float';
    case 'double':
      return 'a number';
    case 'char':
      return 'a string of one UTF-16 unit';
    case 'string':
      return 'a string';
    case 'date':
      return 'a valid Date';
    case 'bytes':
      return 'a Uint8Array';
    case 'list':
    case 'array':
      return 'an array';
    case 'set':
      return 'a Set';
    case 'map':
      return 'a Map';
    case 'enum':
      return `one of ${shape.constants.join(', ')}`;
    case 'class':
      return `a ${shape.construct.name} or a plain object with its fields`;
    case 'value':
      return shape.layout.expects;
    case 'callback':
      return 'nothing but null, as callbacks travel beside the arguments';
    case 'void':
      return 'no value';
    default:
      return 'any value';
  }
}
