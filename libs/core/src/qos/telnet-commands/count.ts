import { servicesNamed, words, type Command } from '../command.js';
import { leftTable } from '../table.js';

const usage =
  'Please input service name, eg: \r\ncount XxxService\r\ncount XxxService xxxMethod\r\nor "cd XxxService" firstly.';

/** Shows how many calls of a service's methods there were, and how long they took. */
export const count: Command = {
  name: 'count',
  parameter: '[service] [method]',
  summary: 'Count the service.',
  run: (args, { server, service }) => {
    const given = words(args);
    const name = service ?? given.shift();
    if (name === undefined) return usage;
    const services = servicesNamed(name, server);
    if (services.length === 0) return `No such service ${name}`;
    const [method] = given;
    const head = ['method', 'total', 'failed', 'active', 'average', 'max'];
    const tables: string[] = [];
    for (const { id, key, contract } of services) {
      const names = new Set([...contract.methods.values()].map(({ javaName }) => javaName));
      if (method !== undefined && !names.has(method)) return `No such method ${method} in class ${id.interface}`;
      const rows = [...names].filter((each) => method === undefined || each === method).map((each) => row(each));
      tables.push((services.length > 1 ? `${key}\r\n` : '') + leftTable([head, ...rows]));

      function row(javaName: string): string[] {
        const { total, failed, active, elapsedMs, maxMs } = server.watch.count(id, javaName);
        const ended = total - active;
        const average = ended > 0 ? elapsedMs / ended : 0;
        return [
          javaName,
          String(total),
          String(failed),
          String(active),
          `${Math.round(average)}ms`,
          `${Math.round(maxMs)}ms`,
        ];
      }
    }
    return tables.join('\r\n');
  },
};
