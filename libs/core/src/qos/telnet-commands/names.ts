import { telnetCommands } from './index.js';

/** The names of all telnet commands. */
export const telnetCommandNames: readonly string[] = telnetCommands.map(({ name }) => name);

/**
 * The commands that the option `telnet` lists.
 * @throws TypeError if it lists one that does not exist
 */
export function telnetCommandsNamed(telnet: string | readonly string[] = []): ReadonlySet<string> {
  const listed = (typeof telnet === 'string' ? telnet.split(',') : telnet).map((name) => name.trim());
  const names = new Set(listed.filter((name) => name !== ''));
  for (const name of names) {
    if (!telnetCommandNames.includes(name)) {
      throw new TypeError(`protocol.telnet lists "${name}"; allowed: ${telnetCommandNames.join(', ')}`);
    }
  }
  return names;
}
