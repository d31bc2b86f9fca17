import { expect, it } from 'vitest';
import { longestShort, plainShortAscii, shortAscii } from './short-ascii.js';

it('makes short strings as the plain path does', () => {
  const bytes = Uint8Array.from({ length: 128 }, (_, at) => at);
  for (let length = 0; length <= longestShort; length++)
    for (const at of [0, 5, 100]) expect(shortAscii(bytes, at, length)).toBe(plainShortAscii(bytes, at, length));
});
