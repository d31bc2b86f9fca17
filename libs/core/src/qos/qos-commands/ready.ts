import type { Command } from '../command.js';
import { probe } from './probe.js';

/** Says whether new calls may come: started, not closing, and found by consumers unless nothing is to be registered. */
export const ready: Command = {
  name: 'ready',
  parameter: '',
  summary: 'Judge if service is ready to work?',
  run: probe(({ phase, services }) => {
    const registrations = services.flatMap((service) => service.registrations);
    return phase === 'started' && (registrations.length === 0 || registrations.some(({ visible }) => visible));
  }),
};
