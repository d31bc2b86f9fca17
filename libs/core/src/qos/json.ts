import { JavaObject, JavaValue } from '@nestjs-dubbo/hessian';

/** A value of a call as one line of JSON, for people to read: long numbers as digits, maps as objects, bytes as base64. */
export function toJson(value: unknown): string {
  return show(value, []);
}

function show(value: unknown, around: readonly unknown[]): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (around.includes(value)) return '"…"';
  const inner = [...around, value];
  if (value instanceof JavaValue) return show(value.value, inner);
  if (value instanceof JavaObject) return showEntries(Object.entries(value.fields), inner);
  if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString('base64'));
  if (Array.isArray(value) || value instanceof Set) {
    return `[${[...(value as Iterable<unknown>)].map((each) => show(each, inner)).join(',')}]`;
  }
  if (value instanceof Map) return showEntries([...(value as Map<unknown, unknown>)], inner);
  if (value instanceof Error) return JSON.stringify(String(value));
  if (value instanceof Date || 'toJSON' in value) return JSON.stringify(value) ?? 'null';
  return ownText(value) ?? showEntries(Object.entries(value), inner);
}

function showEntries(entries: readonly (readonly [unknown, unknown])[], around: readonly unknown[]): string {
  const shown = entries.map(([key, value]) => {
    const name = typeof key === 'string' ? key : show(key, around);
    return `${JSON.stringify(name)}:${show(value, around)}`;
  });
  return `{${shown.join(',')}}`;
}

/** Decimals, java.time values and their like say best themselves what they are. */
function ownText(value: object): string | undefined {
  const own: unknown = Reflect.get(value, 'toString');
  if (typeof own !== 'function' || own === Object.prototype.toString) return undefined;
  return JSON.stringify(Reflect.apply(own, value, []));
}
