import type { Command } from '../command.js';
import { servicesMatching } from './matching.js';

/** Unregisters services; who is connected is served all the same. */
export const offline: Command = {
  name: 'offline',
  parameter: '[pattern of service keys]',
  summary: 'offline dubbo',
  run: async (args, { server }) => {
    const services = servicesMatching(args, server);
    if (services.length === 0) return 'service not found';
    await server.offline(services);
    return 'OK';
  },
};
