import { declarationOf, describe, JavaException, JavaObject, JavaValue } from '@nestjs-dubbo/hessian';

/**
 * A text that two graphs share if and only if Java would call them equal: sets and maps in any order, a shared part like a
 * copy of it, cycles as cycles, a Map of strings like a plain object, and a wrapped value like the one it is read as.
 */
export function describeValue(value: unknown, path: readonly unknown[] = []): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value !== 'object') return typeof value;
  if (value instanceof JavaValue) return wrapped(value, path);
  if (value instanceof Date) return `date ${value.getTime()}`;
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('hex')}`;
  const before = path.indexOf(value);
  if (before >= 0) return `#${before}`;
  const inner = [...path, value];
  const of = (part: unknown): string => describeValue(part, inner);
  if (Array.isArray(value)) return `[${value.map(of).join(', ')}]`;
  if (value instanceof Set) return `set [${[...value].map(of).toSorted().join(', ')}]`;
  if (value instanceof Map) return entries(value, of);
  if (value instanceof JavaObject) return value.javaName + entries(Object.entries(value.fields), of);
  if (value instanceof JavaException) {
    const { className, message, cause, javaStackTrace, suppressed, fields } = value;
    return `${className}${of([message, cause === value ? null : cause, javaStackTrace, suppressed])}${entries(
      [...Object.entries(fields), ...Object.entries(value)],
      of,
    )}`;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return entries(Object.entries(value), of);
  // The classes of decimals and java.time have a text of their own, declared ones have not.
  const declaration = declarationOf(value.constructor);
  if (declaration === undefined) return `${value.constructor.name} ${(value as { toString(): string }).toString()}`;
  return declaration.javaName + entries(Object.entries(value), of);
}

function entries(all: Iterable<readonly [unknown, unknown]>, of: (part: unknown) => string): string {
  return `{${[...all]
    .map(([key, value]) => `${of(key)}: ${of(value)}`)
    .toSorted()
    .join(', ')}}`;
}

function wrapped({ type, value }: JavaValue, path: readonly unknown[]): string {
  const isPlain = type.shape.kind !== 'value';
  return isPlain ? describeValue(value, path) : `${describe(type)} ${describeValue(value, path)}`;
}
