import type { Command } from '../command.js';

/** Says which service `cd` has chosen. */
export const pwd: Command = {
  name: 'pwd',
  parameter: '',
  summary: 'Print working default service.',
  run: (_args, { service }) => service ?? '/',
};
