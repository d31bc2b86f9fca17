import { DubboError, parseServiceUrl } from '@nestjs-dubbo/core';

export interface ZooKeeperOptions {
  /** The node under which everything is: Dubbo's `group` of a registry. Default `dubbo`. */
  readonly group?: string;
  /**
   * How long ZooKeeper keeps what a silent or dead process registered; the server may narrow it. Default 30,000. A third of it
   * is how long a ZooKeeper may be silent before it is asked, two thirds before it is given up.
   */
  readonly sessionTimeoutMs?: number;
  /** The time for one attempt to connect to one server and to get a session. Default 5,000. */
  readonly connectTimeoutMs?: number;
  /** The time for one answer; after that the connection counts as lost. Default 10,000. */
  readonly operationTimeoutMs?: number;
  /** With `password`: digest authentication, and all that we create is for this user alone, as Dubbo does it. */
  readonly username?: string;
  readonly password?: string;
  /**
   * A directory, created if missing, where what is known of each interface is kept, so that a consumer may start while ZooKeeper is
   * away; it then works with that, marked stale. Default: nothing is kept.
   */
  readonly snapshotDir?: string;
}

/** One ZooKeeper server. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
}

/** Options and address, checked. */
export interface ZooKeeperSettings {
  readonly servers: readonly ServerAddress[];
  /** Prefix of all paths, `''` or `/a/b`. */
  readonly chroot: string;
  /** The node under which everything is, with its slash: `/dubbo`. */
  readonly root: string;
  readonly sessionTimeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly operationTimeoutMs: number;
  /** `user:password`. */
  readonly digest: string | undefined;
  readonly snapshotDir: string | undefined;
  /** For messages: without secrets. */
  readonly display: string;
}

const expected = "'host:port', 'h1:2181,h2:2181/chroot', a list of servers, or 'zookeeper://h1:2181?backup=h2:2181'";

/**
 * Reads where ZooKeeper is: servers, separated by commas and perhaps followed by a chroot; or Dubbo's registry URL, whose
 * parameters `backup`, `group`, `session`, `timeout` (ms), `username` and `password` count where the options are silent.
 * Throws a `DubboError` of code `registry` that names what is wrong, without secrets.
 */
export function zooKeeperSettings(
  address: string | readonly string[],
  options: ZooKeeperOptions = {},
): ZooKeeperSettings {
  const { connect, parameters } = readAddress(typeof address === 'string' ? address : address.join(','));
  const slash = connect.indexOf('/');
  const servers = (slash < 0 ? connect : connect.slice(0, slash))
    .split(',')
    .filter((server) => server.trim() !== '')
    .map((server) => readServer(server.trim()));
  if (servers.length === 0) throw new DubboError('registry', `The address of ZooKeeper is empty; expected ${expected}`);
  const chroot = slash < 0 ? '' : readPath('chroot', connect.slice(slash));
  const username = options.username ?? parameters['username'];
  const password = options.password ?? parameters['password'];
  if ((username === undefined) !== (password === undefined)) {
    throw new DubboError('registry', 'ZooKeeper: username and password belong together, but only one of them is given');
  }
  return Object.freeze({
    servers,
    chroot,
    root: readPath('group', `/${options.group ?? parameters['group'] ?? 'dubbo'}`),
    sessionTimeoutMs: readMs('sessionTimeoutMs', options.sessionTimeoutMs ?? parameters['session'] ?? 30_000),
    connectTimeoutMs: readMs('connectTimeoutMs', options.connectTimeoutMs ?? parameters['timeout'] ?? 5_000),
    operationTimeoutMs: readMs('operationTimeoutMs', options.operationTimeoutMs ?? 10_000),
    digest: username === undefined ? undefined : `${username}:${password}`,
    snapshotDir: options.snapshotDir,
    display: `zookeeper://${servers.map(showServer).join(',')}${chroot}`,
  });
}

/** `host:port`, IPv6 in brackets. */
export function showServer({ host, port }: ServerAddress): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function readAddress(text: string): { connect: string; parameters: Readonly<Record<string, string | undefined>> } {
  const scheme = /^([a-z]\w*):\/\//i.exec(text.trim());
  if (!scheme) return { connect: text.trim(), parameters: {} };
  if (scheme[1]!.toLowerCase() !== 'zookeeper') {
    throw new DubboError('registry', `ZooKeeper cannot be at a ${scheme[1]}:// address; expected ${expected}`);
  }
  const { body, query } = /^[^?]*?:\/\/(?<body>[^?]*)\??(?<query>.*)$/s.exec(text.trim())!.groups!;
  const at = body!.lastIndexOf('@');
  // The parameters are those of any Dubbo URL; the servers are not: there may be several, and a chroot behind them.
  const { parameters } = parseServiceUrl(`zookeeper://registry/RegistryService?${query}`);
  const [username, ...rest] = at < 0 ? [] : body!.slice(0, at).split(':');
  const userInfo = username ? { username, password: rest.join(':') } : {};
  // A path that is Java's name for the registry service is no chroot.
  const servers = body!.slice(at + 1).replace(/\/(?:[\w.]+\.RegistryService)?$/, '');
  const [hosts, chroot] = splitFirst(servers, '/');
  const connect = [hosts, parameters['backup']].filter(Boolean).join(',');
  return { connect: chroot ? `${connect}/${chroot}` : connect, parameters: { ...userInfo, ...parameters } };
}

function splitFirst(text: string, separator: string): [string, string | undefined] {
  const index = text.indexOf(separator);
  return index < 0 ? [text, undefined] : [text.slice(0, index), text.slice(index + 1)];
}

function readServer(text: string): ServerAddress {
  const match = /^(?:\[([^\]]+)\]|([^:[\]@\s]+))(?::(\d{1,5}))?$/.exec(text);
  const port = Number(match?.[3] ?? 2181);
  if (!match || port < 1 || port > 65_535) {
    const shown = JSON.stringify(text.replace(/^.*@/, '…@'));
    throw new DubboError('registry', `${shown} is no ZooKeeper server; expected ${expected}`);
  }
  return { host: match[1] ?? match[2]!, port };
}

function readPath(option: string, text: string): string {
  const path = text.replace(/^\/+|\/+$/g, '');
  if (!path || !path.split('/').every((step) => step !== '' && step !== '.' && step !== '..' && !step.includes('\0'))) {
    throw new DubboError('registry', `ZooKeeper: ${option} is ${JSON.stringify(text)}, which is no path of nodes`);
  }
  return `/${path}`;
}

function readMs(option: string, value: number | string): number {
  const ms = Number(value);
  if (!Number.isInteger(ms) || ms < 1 || ms > 2_147_483_647) {
    throw new DubboError('registry', `ZooKeeper: ${option} is ${value}; expected whole milliseconds, at least 1`);
  }
  return ms;
}
