import type { JavaType } from '../types/java-type.js';
import { JavaValue } from '../types/java-value.js';
import { noteShared } from '../types/origin.js';
import { describe, resolved } from '../types/type-of.js';
import { adapt } from './adapt.js';
import { unfinished, type BodyReader } from './body-reader.js';
import { intAt, notThis } from './number.js';

/** The value that a reference, whose opcode was just read, points to; as `type` where one is expected. */
export function readReference(body: BodyReader, type?: JavaType): unknown {
  const at = body.offset;
  const index = intAt(body, body.byte());
  if (index === notThis || index < 0 || index >= body.references.length)
    throw body.error(
      `a reference to ${index === notThis ? 'no number' : `value ${index}`}, ${body.references.length} values are known`,
      at,
    );
  if (index >= body.doubtFrom)
    throw body.error(
      `a reference to value ${index} after a Calendar, URI or LongAdder, which hessian-lite 3.2 and 4.0 count differently; ` +
        `the option hessianLite tells which the peer has`,
      at,
    );
  const value = body.references[index];
  if (value === unfinished) throw body.error(`a reference to value ${index}, which refers to itself but cannot`, at);
  const readAs = body.referenceTypes[index];
  if (typeof value === 'object' && value !== null) noteShared(value);
  if (type === undefined || fits(value, readAs, type)) return value;
  if (body.isOpen(index))
    throw body.error(
      `value ${index} refers to itself as ${describe(type)}, and is read as ${describeRead(readAs)}`,
      at,
    );
  try {
    return adapt(value, type);
  } catch (error) {
    throw error instanceof RangeError || error instanceof TypeError ? body.error(error.message, at) : error;
  }
}

// Whether a value read as one type serves as another as it is; anything else is adapted into a copy.
function fits(value: unknown, readAs: JavaType | undefined, type: JavaType): boolean {
  const { shape } = resolved(type);
  if (shape.kind === 'any' || shape.kind === 'variable') return true;
  // What is wrapped where no type is declared stands alone where one is.
  if (value instanceof JavaValue) return false;
  if (type === readAs) return true;
  if (shape.kind === 'class') return value instanceof shape.construct;
  const holdsAny = shape.kind === 'list' || shape.kind === 'array' ? shape.element.shape.kind === 'any' : false;
  if (holdsAny) return Array.isArray(value);
  return readAs !== undefined && describe(readAs) === describe(type);
}

function describeRead(type: JavaType | undefined): string {
  return type === undefined ? 'an untyped value' : describe(type);
}
