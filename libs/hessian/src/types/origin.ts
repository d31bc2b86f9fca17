/** The kind of number that a value was on the wire where the JavaScript value does not tell it. */
export type NumberKind = 'double' | 'long';

/**
 * What the wire said of a list, set, map or holder beyond its content, kept beside it so that it can be written back as it
 * came. It is a hint: a place that holds no number any more has no number kind either.
 */
export interface Origin {
  /** Collection, array or map class; undefined for the untyped forms. */
  readonly typeName: string | undefined;
  /** The kind of all numbers, or of those at some indexes, under some keys, or of some elements of a Set. */
  readonly kinds: NumberKind | ReadonlyMap<unknown, NumberKind> | undefined;
  /** The same of a map's keys. */
  readonly keyKinds?: Origin['kinds'];
  /** A map's keys in their order, where the JavaScript object cannot keep it. */
  readonly keys?: readonly string[];
}

const origins = new WeakMap<object, Origin>();
const shared = new WeakSet<object>();

export function originOf(container: object): Origin | undefined {
  return origins.get(container);
}

/** Whether more than one place of a body referred to the value. */
export function isShared(value: object): boolean {
  return shared.has(value);
}

export function noteShared(value: object): void {
  shared.add(value);
}

interface OriginOfKeys {
  readonly keyKinds?: ReadonlyMap<unknown, NumberKind>;
  readonly keys?: readonly string[];
}

/** Keeps what the wire said of a container of so many values; of most there is nothing to keep. */
export function noteOrigin(
  container: object,
  typeName: string | undefined,
  kinds: ReadonlyMap<unknown, NumberKind> | undefined,
  size: number,
  { keyKinds, keys }: OriginOfKeys = {},
): void {
  if (typeName === undefined && kinds === undefined && keyKinds === undefined && keys === undefined) return;
  origins.set(container, {
    typeName,
    kinds: kinds && soleKind(kinds, size),
    keyKinds: keyKinds && soleKind(keyKinds, size),
    keys,
  });
}

// Most lists hold numbers of one kind; saying so once is smaller, and stays right when the list changes.
function soleKind(kinds: ReadonlyMap<unknown, NumberKind>, size: number): Origin['kinds'] {
  const [first] = kinds.values();
  const one = kinds.size === size && [...kinds.values()].every((kind) => kind === first);
  return one ? first : kinds;
}
