import type { Command } from '../command.js';
import type { ServerView } from '../server-view.js';

/** A command that answers `true`, or `false` with the HTTP status 503. */
export function probe(holds: (server: ServerView) => boolean): Command['run'] {
  return (_args, session) => {
    if (holds(session.server)) return 'true';
    session.httpStatus = 503;
    return 'false';
  };
}
