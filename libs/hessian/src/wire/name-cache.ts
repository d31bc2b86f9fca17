import { longestShort, plainShortAscii, shortAscii } from './short-ascii.js';

// Names come again and again: keys of attachments and maps, constants of enums. The same string object for the same bytes
// saves making it, and its use as a key is faster since the engine knows its hash. Direct-mapped, so bounded: a name takes
// the place of another.

/** Longest name kept, in bytes. */
export const longestName = 31;
const slots = 2048;
const names: string[] = Array.from({ length: slots }, () => '');

/** The string of so many bytes, which is at most {@link longestName}; undefined when they are not all ASCII. */
export function nameAt(bytes: Uint8Array, at: number, length: number): string | undefined {
  if (length === 0) return '';
  const last = at + length - 1;
  const hash =
    (bytes[last]! * 37 + bytes[at + (length >> 1)]! * 101 + (length > 1 ? bytes[last - 1]! * 331 : 0)) ^
    (bytes[at]! + length * 64);
  const slot = hash & (slots - 1);
  const name = names[slot]!;
  if (name.length === length) {
    let i = 0;
    while (i < length && name.charCodeAt(i) === bytes[at + i]) i++;
    if (i === length) return name;
  }
  for (let i = at; i <= last; i++) if (bytes[i]! >= 0x80) return undefined;
  return (names[slot] = length <= longestShort ? shortAscii(bytes, at, length) : plainShortAscii(bytes, at, length));
}
