import { declarationNamed } from '../types/declarations.js';
import type { WireClass } from './wire-class.js';

// Class definitions of declared classes as peers sent them, so that the next body's is recognised by its bytes instead of
// being read again. A cache: it is bounded, holds nothing but what the bytes themselves say, and serves all decoders.

interface Known {
  readonly bytes: Uint8Array;
  readonly wire: WireClass;
}

const byHash = new Map<number, Known[]>();
const most = 1000;
const mostBytes = 4096;
let count = 0;

/** The class whose definition stands at `at`, and where it ends; undefined when it was not seen before. */
export function knownDefinition(
  bytes: Uint8Array,
  at: number,
  end: number,
): { wire: WireClass; end: number } | undefined {
  const candidates = byHash.get(hashAt(bytes, at, end));
  if (candidates === undefined) return undefined;
  for (const { bytes: known, wire } of candidates)
    if (startsWith(bytes, at, end, known) && declarationNamed(wire.javaName) === wire.declaration)
      return { wire, end: at + known.length };
  return undefined;
}

/** Remembers the definition of a declared class that stands from `start` to `stop`. */
export function rememberDefinition(bytes: Uint8Array, start: number, stop: number, wire: WireClass): void {
  if (wire.declaration === undefined || stop - start > mostBytes) return;
  if (count === most) {
    byHash.clear();
    count = 0;
  }
  const hash = hashAt(bytes, start, bytes.length);
  const known = { bytes: Uint8Array.prototype.slice.call(bytes, start, stop), wire };
  const candidates = byHash.get(hash);
  if (candidates) candidates.push(known);
  else byHash.set(hash, [known]);
  count++;
}

// The class name's length, its end, and the count of fields after it: enough to tell classes apart, cheap to read.
function hashAt(bytes: Uint8Array, at: number, end: number): number {
  const length = bytes[at]! < 0x20 ? bytes[at]! : 256 + (bytes[at + 1] ?? 0);
  const last = Math.min(at + length, end - 2);
  return (length << 16) ^ (bytes[last - 1]! << 12) ^ (bytes[last]! << 6) ^ bytes[last + 1]!;
}

function startsWith(bytes: Uint8Array, at: number, end: number, known: Uint8Array): boolean {
  const { length } = known;
  if (at + length > end) return false;
  for (let i = 0; i < length; i++) if (bytes[at + i] !== known[i]) return false;
  return true;
}
