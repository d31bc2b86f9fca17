import { servicesNamed, words, type Command } from '../command.js';

const usage =
  'Please input service name, eg: \r\ntrace XxxService\r\ntrace XxxService xxxMethod\r\n' +
  'trace XxxService xxxMethod 10\r\nor "cd XxxService" firstly.';

/** Shows the next calls of a service as they end, with what they were given, came to and took. */
export const trace: Command = {
  name: 'trace',
  parameter: '[service] [method] [times]',
  summary: 'Trace the service.',
  run: (args, session) => {
    const given = words(args);
    const name = session.service ?? given.shift();
    if (name === undefined) return usage;
    const method = /^\d+$/.test(given[0] ?? '0') ? undefined : given.shift();
    const [times = '1'] = given;
    if (!/^\d+$/.test(times)) return `Illegal times ${times}, must be integer.`;
    const services = servicesNamed(name, session.server);
    if (services.length === 0) return `No such service ${name}`;
    for (const { id, contract } of services) {
      const known = [...contract.methods.values()].some(({ javaName }) => javaName === method);
      if (method !== undefined && !known) return `No such method ${method} in class ${id.interface}`;
    }
    const traced = session.server.watch.trace({
      services: new Set(services.map(({ key }) => key)),
      method,
      left: Number(times),
      report: (text) => session.show(text),
      closed: () => session.closed,
    });
    return traced ? '' : 'Too many traces wait for calls; end one by closing its connection';
  },
};
