import { words, type Command } from '../command.js';
import { helpTable } from '../table.js';

/** Lists the commands, or shows how one is given. */
export const help: Command = {
  name: 'help',
  parameter: '[command]',
  summary: 'help command',
  run: (args, { commands }) => {
    const [name] = words(args);
    if (name === undefined) return helpTable(commands.map((each) => [each.name, each.summary]));
    const command = commands.find((each) => each.name === name);
    if (!command) return `no such command:${name}`;
    return helpTable([
      ['COMMAND NAME', name],
      ['EXAMPLE', `${name} ${command.parameter}`.trim()],
    ]);
  },
};
