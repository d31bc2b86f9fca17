import type { Command } from '../command.js';
import type { RegistrationView } from '../server-view.js';
import { centredTable } from '../table.js';

/** Lists what is provided, and where it is registered. */
export const ls: Command = {
  name: 'ls',
  parameter: '',
  summary: 'ls service',
  run: (_args, { server }) => {
    const rows = server.services.map(({ key, registrations }) => [key, registrations.map(published).join('/')]);
    return `As Provider side:\n${centredTable([['Provider Service Name', 'PUB'], ...rows])}`;
  },
};

/** `zookeeper-I(Y)`: by interface, visible; as Dubbo 3 writes it. */
function published({ registry, visible }: RegistrationView): string {
  return `${registry.slice(0, registry.indexOf(':'))}-I(${visible ? 'Y' : 'N'})`;
}
