import { words, type Command } from '../command.js';

const MOST_LINES = 100;

/** Scrolls the screen away. */
export const clear: Command = {
  name: 'clear',
  parameter: '[lines]',
  summary: 'Clear screen.',
  run: (args) => {
    const [lines = String(MOST_LINES)] = words(args);
    if (!/^\d+$/.test(lines)) return `Illegal lines ${lines}, must be integer.`;
    return '\r\n'.repeat(Math.max(0, Math.min(Number(lines), MOST_LINES) - 1));
  },
};
