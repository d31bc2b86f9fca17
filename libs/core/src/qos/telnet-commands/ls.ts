import type { JavaType } from '@nestjs-dubbo/hessian';
import { servicesNamed, takeFlag, type Command } from '../command.js';
import type { ServiceView } from '../server-view.js';

/** Lists services, or the methods of one. */
export const ls: Command = {
  name: 'ls',
  parameter: '[-l] [service]',
  summary: 'List services and methods.',
  run: (args, { server, service }) => {
    const { given: detailed, rest } = takeFlag('-l', args);
    const name = rest[0] ?? (detailed ? undefined : service);
    if (name === undefined) return listServices(server.services, detailed);
    const found = servicesNamed(name, server);
    if (found.length === 0) return `No such service: ${name}`;
    const note = rest[0] === undefined ? `Use default service ${name}.\r\n` : '';
    return note + found.map((each) => listMethods(each, detailed)).join('');
  },
};

function listServices(services: readonly ServiceView[], detailed: boolean): string {
  const lines = services.map(({ key, registrations }) => {
    const published = registrations.some(({ visible }) => visible) ? 'Y' : 'N';
    return detailed ? `${key} ->  published: ${published}` : key;
  });
  return ['PROVIDER:', ...lines, ''].join('\r\n');
}

function listMethods({ key, contract }: ServiceView, detailed: boolean): string {
  const methods = [...contract.methods.values()].map(({ javaName, params, returns }) =>
    detailed ? `${typeName(returns)} ${javaName}(${params.map(typeName).join(',')})` : javaName,
  );
  return `${[`${key} (as provider):`, ...methods.map((method) => `\t${method}`)].join('\r\n')}\r\n`;
}

function typeName({ javaName }: JavaType): string {
  return javaName;
}
