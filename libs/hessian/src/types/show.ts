/** A value for a message: its kind and, where short, itself. */
export function show(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return `string '${value.length > 40 ? `${value.slice(0, 40)}…` : value}'`;
    case 'bigint':
      return `bigint ${shortened(value)}n`;
    case 'number':
      return `number ${Object.is(value, -0) ? '-0' : value}`;
    case 'boolean':
      return `boolean ${value}`;
    case 'undefined':
      return 'undefined';
    case 'function':
      return `function ${value.name}`;
    case 'symbol':
      return 'a symbol';
    default:
      return value === null ? 'null' : showObject(value as object);
  }
}

function showObject(value: object): string {
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'an invalid Date' : `Date ${value.toISOString()}`;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return 'a plain object';
  const { constructor } = value;
  return typeof constructor === 'function' ? `a ${constructor.name}` : 'an object';
}

function shortened(value: bigint): string {
  const small = value >= -0xffff_ffff_ffff_ffff_ffffn && value <= 0xffff_ffff_ffff_ffff_ffffn;
  return small ? String(value) : 'of more than 80 bits';
}
