import type { Command } from '../command.js';

/** Closes the connection. */
export const exit: Command = {
  name: 'exit',
  parameter: '',
  summary: 'Exit the telnet.',
  run: (_args, session) => {
    session.end();
    return '';
  },
};
