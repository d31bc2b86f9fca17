import { takeFlag, type Command } from '../command.js';

/** Shows the port, or who is connected to it. */
export const ps: Command = {
  name: 'ps',
  parameter: '[-l] [port]',
  summary: 'Print server ports and connections.',
  run: (args, { server }) => {
    const { given: detailed, rest } = takeFlag('-l', args);
    const { host, port } = server.address;
    const [asked] = rest;
    if (asked === undefined) return detailed ? `dubbo://${host}:${port}` : String(port);
    if (!/^\d+$/.test(asked)) return `Illegal port ${asked}, must be integer.`;
    if (Number(asked) !== port) return `No such port ${asked}`;
    return [...server.connections]
      .map(({ remoteAddress, localAddress }) => `/${remoteAddress}${detailed ? ` -> /${localAddress}` : ''}`)
      .join('\r\n');
  },
};
