import type { Command } from '../command.js';

/** Closes the connection. Over lines `BYE!` is said instead of the answer. */
export const quit: Command = {
  name: 'quit',
  parameter: '',
  summary: 'quit telnet console',
  run: (_args, session) => {
    session.end();
    return 'close!';
  },
};
