import type { Command } from '../command.js';
import { servicesMatching } from './matching.js';

/** Registers services again that `offline` has taken back. */
export const online: Command = {
  name: 'online',
  parameter: '[pattern of service keys]',
  summary: 'online dubbo',
  run: async (args, { server }) => {
    const services = servicesMatching(args, server);
    if (services.length === 0) return 'service not found';
    await server.online(services);
    return 'OK';
  },
};
