import type { Command } from '../command.js';
import { probe } from './probe.js';

/** Says that the process is alive: an event loop that hangs does not answer. */
export const live: Command = {
  name: 'live',
  parameter: '',
  summary: 'Judge if service is alive?',
  run: probe(() => true),
};
