import { words, type Command } from '../command.js';

/** Lists the commands, or says what one does. */
export const help: Command = {
  name: 'help',
  parameter: '[command]',
  summary: 'Show help.',
  run: (args, { commands }) => {
    const [name] = words(args);
    if (name === undefined) {
      const usages = commands.map((each) => usage(each));
      const width = Math.max(...usages.map(({ length }) => length));
      const lines = commands.map(({ summary }, i) => ` ${usages[i]!.padEnd(width)} - ${summary}`);
      return ['Please input "help [command]" show detail.', ...lines].join('\r\n');
    }
    const command = commands.find((each) => each.name === name);
    if (!command) return `No such command ${name}`;
    const { summary } = command;
    return `Command:\r\n    ${usage(command)}\r\nSummary:\r\n    ${summary}\r\nDetail:\r\n    ${summary}`;
  },
};

function usage({ name, parameter }: Command): string {
  return parameter === '' ? name : `${name} ${parameter}`;
}
