import type { Command } from '../command.js';
import { probe } from './probe.js';

/** Says whether the server has started: it listens and has registered, or waits for registries no longer. */
export const startup: Command = {
  name: 'startup',
  parameter: '',
  summary: 'Judge if service has started?',
  run: probe(({ phase }) => phase !== 'starting'),
};
