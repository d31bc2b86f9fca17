import { servicesNamed, words, type Command } from '../command.js';

/** Chooses the service that other commands take when none is named. */
export const cd: Command = {
  name: 'cd',
  parameter: '[service]',
  summary: 'Change default service.',
  run: (args, session) => {
    const [name] = words(args);
    if (name === undefined) return 'Please input service name, eg: \r\ncd XxxService\r\ncd com.xxx.XxxService';
    if (name === '/' || name === '..') {
      const before = session.service;
      session.service = undefined;
      return `Cancelled default service ${before ?? 'null'}.`;
    }
    if (servicesNamed(name, session.server).length === 0) return `No such service ${name}`;
    session.service = name;
    return `Used the ${name} as default.\r\nYou can cancel default service by command: cd /`;
  },
};
