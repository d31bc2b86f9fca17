import { DubboError } from '../invocation/dubbo-error.js';

/** Where one thing of one interface is: a provider, a consumer, a rule. Dubbo writes it as a URL; only this file reads and writes those. */
export interface ServiceRecord {
  /** `dubbo`, `tri`, `consumer`, `override`, `condition` … */
  readonly protocol: string;
  readonly username?: string | undefined;
  /** Never printed by us. */
  readonly password?: string | undefined;
  /** Name or address; IPv6 without brackets. */
  readonly host: string;
  /** 0: none. */
  readonly port: number;
  /** Without the leading slash; usually the interface. */
  readonly path: string;
  /** Parameter `interface`, else the path (simplified URLs leave it out). */
  readonly interface: string;
  readonly group?: string | undefined;
  readonly version?: string | undefined;
  /** `providers` (the default), `consumers`, `configurators` or `routers`. */
  readonly category: string;
  /** All parameters as they are written. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** What a record is made of; the rest follows from the parameters. `path` defaults to the parameter `interface`. */
export interface ServiceRecordParts {
  readonly protocol: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly host: string;
  readonly port?: number;
  readonly path?: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Builds a frozen record. Throws a `DubboError` of code `registry` if neither path nor parameters name an interface. */
export function serviceRecord(parts: ServiceRecordParts): ServiceRecord {
  // No prototype: a peer chooses the keys.
  const parameters: Record<string, string> = Object.assign(Object.create(null), parts.parameters);
  const own = (key: string) => readParameter(parameters, key);
  const path = parts.path ?? own('interface') ?? '';
  const serviceInterface = own('interface') ?? path;
  if (!serviceInterface) {
    throw new DubboError(
      'registry',
      `${parts.protocol}://${parts.host} names no interface, neither as path nor as parameter`,
    );
  }
  return Object.freeze({
    protocol: parts.protocol,
    username: parts.username,
    password: parts.password,
    host: parts.host,
    port: parts.port ?? 0,
    path,
    interface: serviceInterface,
    group: own('group'),
    version: own('version'),
    category: own('category') ?? 'providers',
    parameters: Object.freeze(parameters),
  });
}

/**
 * A parameter of a record, undefined if absent or empty. Dubbo 2 providers write what they inherit as `default.<key>`,
 * which counts when the key itself is absent (Java: `URL.getParameter`).
 */
export function parameterOf(record: ServiceRecord, key: string): string | undefined {
  return readParameter(record.parameters, key);
}

function readParameter(parameters: Readonly<Record<string, string>>, key: string): string | undefined {
  return parameters[key] || parameters[`default.${key}`] || undefined;
}

/** Whether the record goes with its process (`dynamic`, default true), as opposed to one that an operator wrote to stay. */
export function isDynamic(record: ServiceRecord): boolean {
  return parameterOf(record, 'dynamic') !== 'false';
}

/**
 * Reads `protocol://[user[:password]@]host[:port][/path][?k=v&k=v]` as Java's `URL.valueOf` does: values are raw, a key
 * without `=` has itself as value, the host is split at its last colon. Throws a `DubboError` of code `registry` that says
 * what is wrong and shows the URL without user info and values.
 */
export function parseServiceUrl(text: string): ServiceRecord {
  const url = text.trim();
  const [body, query] = splitFirst(url, '?');
  const separator = body.indexOf('://');
  if (separator <= 0) throw malformed(body, 'it does not begin with protocol://');
  const protocol = body.slice(0, separator);
  if (!/^[a-zA-Z][\w.+-]*$/.test(protocol))
    throw malformed(body, `the protocol ${JSON.stringify(protocol)} is no name`);
  const [authority, path] = splitFirst(body.slice(separator + 3), '/');
  const at = authority.lastIndexOf('@');
  const [username, password] = at < 0 ? [undefined, undefined] : splitFirst(authority.slice(0, at), ':');
  const { host, port } = parseHostPort(authority.slice(at + 1), body);
  try {
    return serviceRecord({
      protocol,
      username,
      password,
      host,
      port,
      path: path ?? '',
      parameters: parseQuery(query ?? ''),
    });
  } catch (error) {
    throw malformed(body, error instanceof Error ? error.message : String(error));
  }
}

function parseHostPort(text: string, body: string): { host: string; port: number } {
  const bracketed = /^\[([^\]]*)\](?::(.*))?$/.exec(text);
  const colon = text.lastIndexOf(':');
  // An unbracketed IPv6 address with a scope, as Java may write it, cannot carry a port: fe80::1%eth0.
  const hasPort = bracketed ? bracketed[2] !== undefined : colon >= 0 && text.lastIndexOf('%') < colon;
  const host = bracketed ? bracketed[1]! : hasPort ? text.slice(0, colon) : text;
  const portText = bracketed ? bracketed[2] : hasPort ? text.slice(colon + 1) : undefined;
  if (!host) throw malformed(body, 'the host is missing');
  if (!portText) return { host, port: 0 };
  const port = Number(portText);
  if (!/^\d+$/.test(portText) || port > 65_535) {
    throw malformed(body, `the port ${JSON.stringify(portText)} is not a number from 0 to 65535`);
  }
  return { host, port };
}

function parseQuery(query: string): Record<string, string> {
  const parameters: Record<string, string> = Object.create(null);
  for (const part of query.split('&')) {
    const [key, value] = splitFirst(part.trim(), '=');
    if (key) parameters[key] = value ?? key;
  }
  return parameters;
}

function splitFirst(text: string, separator: string): [string, string | undefined] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)];
}

function malformed(body: string, why: string): DubboError {
  const shown = body.replace(/\/\/[^/]*@/, '//').slice(0, 200);
  return new DubboError(
    'registry',
    `Not a Dubbo URL: ${JSON.stringify(shown)}: ${why}; expected protocol://host[:port]/interface[?key=value&…]`,
  );
}

/**
 * Java's `URL.toFullString`: parameters sorted by key, values raw, empty keys left out, the port only if there is one.
 * Two records of equal content give the same text, so it also serves as their identity.
 */
export function formatServiceUrl(record: ServiceRecord): string {
  const { protocol, username, password, path, parameters } = record;
  const user = username ? `${username}${password ? `:${password}` : ''}@` : '';
  const host = record.host.includes(':') ? `[${record.host}]` : record.host;
  const port = record.port > 0 ? `:${record.port}` : '';
  const query = Object.keys(parameters)
    .filter((key) => key.trim() !== '')
    .sort()
    .map((key) => `${key}=${parameters[key]}`)
    .join('&');
  return `${protocol}://${user}${host}${port}${path ? `/${path}` : ''}${query ? `?${query}` : ''}`;
}
