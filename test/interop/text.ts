import { createHash } from 'node:crypto';
import { BigDecimal, DubboError, JavaException } from 'nestjs-dubbo';

const longest = 200;

/** A value as text that expectation and outcome are compared by: classes named, fields, maps and sets sorted. */
export function textOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'string') {
    return value.length <= longest ? JSON.stringify(value) : `string of ${value.length}, ${digest(value)}`;
  }
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
  if (typeof value !== 'object') return `${typeof value} ${String(value as boolean)}`;
  if (value instanceof Uint8Array) {
    return value.length <= longest ? `bytes ${Buffer.from(value).toString('hex')}` : `bytes, ${digest(value)}`;
  }
  if (value instanceof Date) return `Date ${value.toISOString()}`;
  if (value instanceof BigDecimal) return `BigDecimal ${value.toString()}`;
  if (value instanceof Map) return `Map {${[...value].map(pair).toSorted().join(', ')}}`;
  if (value instanceof Set) return `Set {${[...value].map(textOf).toSorted().join(', ')}}`;
  if (Array.isArray(value)) return `[${value.map(textOf).join(', ')}]`;
  return `${value.constructor?.name ?? 'Object'} ${fields(value)}`;
}

/** Class, first line of the message, and what else the error carries. */
export function textOfError(error: unknown): string {
  if (error instanceof DubboError) return `DubboError {code: ${error.code}}: ${firstLine(error)}`;
  if (error instanceof JavaException) return `${error.className}: ${firstLine(error)} ${fields(error)}`;
  if (error instanceof Error) return `${error.name}: ${firstLine(error)}`;
  return `thrown: ${textOf(error)}`;
}

function firstLine({ message }: Error): string {
  return message.split('\n', 1)[0]!;
}

function fields(value: object): string {
  return `{${Object.entries(value).map(pair).toSorted().join(', ')}}`;
}

function pair([key, value]: [unknown, unknown]): string {
  return `${typeof key === 'string' ? key : textOf(key)}: ${textOf(value)}`;
}

function digest(content: string | Uint8Array): string {
  return `sha-256 ${createHash('sha256').update(content).digest('hex').slice(0, 16)}`;
}
