import type { Command } from '../command.js';

/** The logger is the application's own, so neither its level nor its lines are ours to show. */
export const log: Command = {
  name: 'log',
  parameter: 'level',
  summary: 'Change log level or show log',
  run: () => `The log belongs to the application's own logger; change its level there.`,
};
