import { describe, expect, it } from 'vitest';
import { LineEditor } from './line-editor.js';

/** What an editor of 10 bytes makes of the pieces: lines as they are, everything else in brackets. */
function edited(...pieces: (string | number[])[]): string[] {
  const seen: string[] = [];
  const editor = new LineEditor(
    {
      line: (text) => seen.push(text),
      tooLong: (maxBytes) => seen.push(`[over ${maxBytes}]`),
      echo: (text) => seen.push(`[echo ${JSON.stringify(text)}]`),
      interrupt: () => seen.push('[interrupt]'),
      garbage: (count) => seen.push(`[garbage ${count}]`),
    },
    10,
  );
  for (const piece of pieces) editor.push(typeof piece === 'string' ? Buffer.from(piece) : Uint8Array.from(piece));
  return seen;
}

const UP = '\x1b[A';
const DOWN = '\x1b[B';

describe('LineEditor', () => {
  it.each<[string, (string | number[])[], string[]]>([
    ['ends of lines of every kind', ['a\nb\r\nc\r\0d\n'], ['a', 'b', 'c', 'd']],
    ['lines in pieces', ['a', 'b\r', '\nc', '\n'], ['ab', 'c']],
    ['blanks around', ['  ls\t-l  \n'], ['ls\t-l']],
    ['backspace and delete', ['lx\bss\x7f\n'], ['ls']],
    ['backspace of a character of several bytes', ['aé\bb\n'], ['ab']],
    ['backspace at the start', ['\b\bls\n'], ['ls']],
    ['a terminal that waits behind a backspace', ['lx', '\b'], ['[echo " \\b"]']],
    ['a character cut in two', [[0xc3], [0xa9, 0x0a]], ['é']],
    ['negotiations of telnet', [[0xff, 0xfd, 0x01, 0xff], [0xfb, 0x03], 'ls\n'], ['ls']],
    ['keys that move', ['l\x1b[Ds\x1b[3~\n'], ['ls']],
    ['too long a line', ['12345678901', '2345', '\nls\n'], ['[over 10]', 'ls']],
    ['Ctrl-C', [[0x03]], ['[interrupt]']],
    ['Ctrl-C of a telnet client', [[0xff, 0xf4, 0xff, 0xfd, 0x06]], ['[interrupt]']],
    ['control bytes', [[0x41, 0x01, 0x42], [0x43, 0x0a], 'ls\n'], ['[garbage 3]', '[garbage 2]', 'ls']],
    ['bytes that are no UTF-8', [[0xfe, 0x0a], 'ls\n'], ['[garbage 1]', 'ls']],
    ['a wrong sequence of telnet', [[0xff, 0x41, 0x0a], 'ls\n'], ['[garbage 3]', 'ls']],
  ])('takes %s', (_name, pieces, seen) => {
    expect(edited(...pieces)).toEqual(seen);
  });

  it('goes through the history and begins anew at its ends', () => {
    expect(edited('a\n', 'bb\n', UP, UP, UP, DOWN, '\n')).toEqual([
      'a',
      'bb',
      '[echo "bb"]',
      '[echo "\\b\\b  \\b\\ba"]',
      '[echo "\\b \\bbb"]',
      '[echo "\\b\\b  \\b\\ba"]',
      'a',
    ]);
  });

  it('remembers ten lines, each once, and none that is empty', () => {
    const lines = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'a', ''].map((line) => `${line}\n`);
    const shown = edited(...lines, ...Array.from({ length: 10 }, () => UP)).filter((each) => each.startsWith('[echo'));
    const last = shown.map((each) => each.at(-3)).join('');
    expect(last).toBe('ab98765432');
  });
});
