import type { JavaType } from '@nestjs-dubbo/hessian';
import { realize } from '../message/generic-form.js';

/** The values of a list such as `1, "a", {"b": 2}`; undefined if it is no such list. */
export function parseArguments(list: string): unknown[] | undefined {
  try {
    // Numbers that JavaScript cannot hold are kept as their digits.
    return JSON.parse(`[${quoteLongNumbers(list)}]`) as unknown[];
  } catch {
    return undefined;
  }
}

/**
 * JSON values as the arguments that these parameters ask for.
 * @throws HessianError or TypeError if one does not fit
 */
export function fromJson(values: readonly unknown[], params: readonly JavaType[]): unknown[] {
  return params.map((type, i) => realize(prepared(values[i], type), type));
}

/** JSON has neither long numbers nor dates; where one is asked for, its text is taken. */
function prepared(value: unknown, { shape }: JavaType): unknown {
  if (shape.kind === 'long' && typeof value === 'string' && /^-?\d+$/.test(value)) return BigInt(value);
  if (shape.kind === 'date' && (typeof value === 'string' || typeof value === 'number')) return date(value);
  return value;
}

function date(value: string | number): Date {
  const read = new Date(value);
  if (Number.isNaN(read.getTime())) throw new TypeError(`${JSON.stringify(value)} is no date`);
  return read;
}

/** Integers of 16 and more digits outside of texts. */
function quoteLongNumbers(list: string): string {
  return list.replaceAll(/"(?:[^"\\]|\\.)*"|(?<![\w.])-?\d{16,}(?![\d.eE])/g, (token) =>
    token.startsWith('"') ? token : `"${token}"`,
  );
}
