/** Throws a TypeError that names the option at `path` and what is allowed, or does nothing. */
export type OptionCheck = (path: string, value: unknown) => void;

function allowing(allowed: string, fits: (value: unknown) => boolean): OptionCheck {
  return (path, value) => {
    if (!fits(value)) throw new TypeError(`${path} is ${shown(value)}; allowed: ${allowed}`);
  };
}

export const text = allowing('a text that is not empty', (value) => typeof value === 'string' && value !== '');
export const flag = allowing('true or false', (value) => typeof value === 'boolean');
export const functions = allowing(
  'a list of functions or classes',
  (value) => Array.isArray(value) && value.every((item) => typeof item === 'function'),
);
export const record = allowing('an object', isRecord);
export const anything: OptionCheck = () => {};

export function integer(from = Number.MIN_SAFE_INTEGER, to = Number.MAX_SAFE_INTEGER): OptionCheck {
  const bounds =
    from === Number.MIN_SAFE_INTEGER ? '' : to === Number.MAX_SAFE_INTEGER ? ` from ${from}` : ` from ${from} to ${to}`;
  return allowing(`an integer${bounds}`, (value) => Number.isSafeInteger(value) && +value! >= from && +value! <= to);
}

export function oneOf(...choices: readonly string[]): OptionCheck {
  return allowing(choices.map((choice) => `'${choice}'`).join(', '), (value) => choices.includes(value as string));
}

/** An object with these options and no others; an option that is undefined counts as absent. */
export function options(known: Readonly<Record<string, OptionCheck>>, required: readonly string[] = []): OptionCheck {
  return (path, value) => {
    record(path, value);
    const given = value as Readonly<Record<string, unknown>>;
    for (const name of required) {
      if (given[name] === undefined) throw new TypeError(`${path}.${name} is missing`);
    }
    for (const [name, option] of Object.entries(given)) {
      const check = Object.hasOwn(known, name) ? known[name] : undefined;
      if (!check) throw new TypeError(`${path}.${name} is no option; ${suggestion(name, Object.keys(known))}`);
      if (option !== undefined) check(`${path}.${name}`, option);
    }
  };
}

/** An object whose every value passes the check. */
export function each(check: OptionCheck): OptionCheck {
  return (path, value) => {
    record(path, value);
    for (const [name, item] of Object.entries(value as object)) check(`${path}.${name}`, item);
  };
}

/** `did you mean "x"?` if one choice is near, and all choices. */
export function suggestion(name: string, choices: readonly string[]): string {
  const [nearest] = choices
    .map((choice) => ({ choice, distance: distance(name.toLowerCase(), choice.toLowerCase()) }))
    .filter(({ choice, distance }) => distance <= Math.ceil(choice.length / 3))
    .toSorted((a, b) => a.distance - b.distance);
  return `${nearest ? `did you mean "${nearest.choice}"? ` : ''}Known: ${choices.join(', ')}`;
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `"${value}"`;
  if (typeof value === 'function') return `the function ${value.name || 'without a name'}`;
  return isRecord(value) ? 'an object' : Array.isArray(value) ? 'a list' : String(value);
}

/** Levenshtein's distance, one row at a time. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, swap));
    }
    row = next;
  }
  return row[b.length]!;
}
