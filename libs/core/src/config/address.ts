import { networkInterfaces } from 'node:os';

/**
 * The address under which others reach this machine: `DUBBO_IP_TO_REGISTRY` if set, else the one given unless it means
 * "any", else the first IPv4 address that is not loopback, else 127.0.0.1.
 */
export function reachableHost(given?: string, environment: NodeJS.ProcessEnv = process.env): string {
  const named = environment['DUBBO_IP_TO_REGISTRY'];
  if (named) return named;
  if (given && !['0.0.0.0', '::', '*'].includes(given)) return given;
  for (const addresses of Object.values(networkInterfaces())) {
    const found = addresses?.find(({ family, internal }) => family === 'IPv4' && !internal);
    if (found) return found.address;
  }
  return '127.0.0.1';
}

/**
 * The port to register: `DUBBO_PORT_TO_REGISTRY` if set, else the bound one.
 * @throws RangeError if the variable is no port
 */
export function reachablePort(bound: number, environment: NodeJS.ProcessEnv = process.env): number {
  const named = environment['DUBBO_PORT_TO_REGISTRY'];
  if (!named) return bound;
  const port = Number(named);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new RangeError(`DUBBO_PORT_TO_REGISTRY is "${named}"; it must be a port from 1 to 65535`);
  }
  return port;
}
