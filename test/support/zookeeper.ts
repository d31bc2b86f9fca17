import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type ProcessGroup, spawnGroup } from './processes.js';

/** A real ZooKeeper for one test file. */
export interface ZooKeeperServer {
  /** `host:port`, or the list of them. */
  readonly connect: string;
  /** Ends the server, if it is our own. Idempotent. */
  stop(): Promise<void>;
}

/** A real ZooKeeper of the test's own, to be ill-treated. Its sessions may be as short as 1 s. */
export interface OwnZooKeeperServer extends ZooKeeperServer {
  /** `kill -9`: its data directory stays. */
  kill(): Promise<void>;
  /** `kill -9` if it runs, then the same port and data again, or with `wipe` an empty one; resolves when it serves. */
  restart(options?: { wipe?: boolean }): Promise<void>;
  /** Stops the process where it stands (`SIGSTOP`): the port accepts, nobody answers. */
  pause(): void;
  resume(): void;
}

/** For the hook that starts a server: it may have to be installed first. */
export const zooKeeperStartTimeoutMs = 300_000;

/**
 * A real ZooKeeper: `ZOOKEEPER_CONNECT` if set, else an own one as `startOwnZooKeeper` gives it. A test shares the former with
 * others, so it puts all its nodes under a root of its own.
 */
export async function startZooKeeper(): Promise<ZooKeeperServer> {
  const given = process.env['ZOOKEEPER_CONNECT'];
  if (!given) return startOwnZooKeeper();
  for (const server of given.split('/')[0]!.split(',')) {
    const [, host, port] = /^(.*?)(?::(\d+))?$/.exec(server)!;
    if (await serves(host!, Number(port ?? 2181))) return { connect: given, stop: async () => {} };
  }
  throw new Error(`ZOOKEEPER_CONNECT is ${given}, but nothing there accepts a connection`);
}

/**
 * Starts a ZooKeeper on a free port of 127.0.0.1 with a new data directory, from Debian's package `zookeeper`, which it
 * installs first where that does no harm (as root on a Debian system). It ends with the test run, however that ends.
 */
export async function startOwnZooKeeper(): Promise<OwnZooKeeperServer> {
  await install();
  const home = await mkdtemp(join(tmpdir(), 'zookeeper-test-'));
  try {
    return await startOnFreePort(home);
  } catch (error) {
    await rm(home, { recursive: true, force: true });
    throw error;
  }
}

async function startOnFreePort(home: string): Promise<OwnZooKeeperServer> {
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    try {
      const server = member(home, port);
      await server.restart();
      return server;
    } catch (error) {
      // Another run may have taken the port in between.
      if (attempt === 3) throw error;
    }
  }
}

/** Three servers that elect a leader, each to be ill-treated by itself. */
export interface ZooKeeperEnsemble extends ZooKeeperServer {
  readonly members: readonly OwnZooKeeperServer[];
}

/** Starts an ensemble of three as `startOwnZooKeeper` starts one. */
export async function startZooKeeperEnsemble(): Promise<ZooKeeperEnsemble> {
  await install();
  const ids = [1, 2, 3];
  const ports = await Promise.all(
    ids.map(async () => ({ client: await freePort(), quorum: await freePort(), election: await freePort() })),
  );
  const quorum = ports.map(({ quorum, election }, index) => `server.${index + 1}=127.0.0.1:${quorum}:${election}`);
  const homes = await Promise.all(ids.map(() => mkdtemp(join(tmpdir(), 'zookeeper-test-'))));
  const members = ids.map((id, index) =>
    member(homes[index]!, ports[index]!.client, { id, lines: ['initLimit=50', 'syncLimit=25', ...quorum] }),
  );
  const stop = async () => void (await Promise.all(members.map((one) => one.stop())));
  try {
    await Promise.all(members.map((one) => one.restart()));
  } catch (error) {
    await stop();
    throw error;
  }
  return { connect: members.map((one) => one.connect).join(), members, stop };
}

interface Quorum {
  readonly id: number;
  readonly lines: readonly string[];
}

/** A server that does not run yet. */
function member(home: string, port: number, quorum?: Quorum): OwnZooKeeperServer {
  let group: ProcessGroup | undefined;
  return {
    connect: `127.0.0.1:${port}`,
    async kill() {
      await group?.kill();
    },
    async restart({ wipe = false } = {}) {
      await group?.kill();
      if (wipe) await rm(join(home, 'data'), { recursive: true, force: true });
      group = await start(home, port, quorum);
    },
    pause: () => group?.signal('SIGSTOP'),
    resume: () => group?.signal('SIGCONT'),
    async stop() {
      await group?.kill();
      await rm(home, { recursive: true, force: true });
    },
  };
}

const jar = '/usr/share/java/zookeeper.jar';

async function start(home: string, port: number, quorum?: Quorum): Promise<ProcessGroup> {
  const config = join(home, 'zoo.cfg');
  const dataDir = join(home, 'data');
  const lines = [
    `dataDir=${dataDir}`,
    `clientPort=${port}`,
    'clientPortAddress=127.0.0.1',
    'tickTime=200',
    'minSessionTimeout=1000',
    'maxSessionTimeout=60000',
    'maxClientCnxns=0',
    'admin.enableServer=false',
    '4lw.commands.whitelist=srvr,mntr',
    ...(quorum?.lines ?? []),
  ];
  await mkdir(dataDir, { recursive: true });
  await writeFile(config, `${lines.join('\n')}\n`);
  if (quorum) await writeFile(join(dataDir, 'myid'), `${quorum.id}\n`);
  const jvm = ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Dzookeeper.forceSync=no', '-cp', jar];
  const group = await spawnGroup('java', [...jvm, 'org.apache.zookeeper.server.quorum.QuorumPeerMain', config]);
  const deadline = Date.now() + 60_000;
  let running = true;
  void group.ended.then(() => (running = false));
  while (running && Date.now() < deadline) {
    const answer = await fourLetters('127.0.0.1', port, 'srvr').catch(() => '');
    if (answer.includes('Mode:')) return group;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await group.kill();
  throw new Error(`ZooKeeper did not start on port ${port}; its output:\n${group.output()}`);
}

/** ZooKeeper's own plain-text commands (`srvr`, `mntr`): what it says of itself. */
export function fourLetters(host: string, port: number, command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: 1_000 }, () => socket.write(command));
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (answer += chunk));
    socket.on('timeout', () => socket.destroy(new Error(`${host}:${port} does not answer ${command}`)));
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}

function serves(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 5_000 }, () => finish(true));
    const finish = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.on('timeout', () => finish(false));
    socket.on('error', () => finish(false));
  });
}

/**
 * A port nobody listens on, below the range from which systems take the ports of outgoing connections: so that none of those
 * sits on it while the server is down between `kill` and `restart`.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 15_000 + Math.floor(Math.random() * 17_000);
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => resolve(true));
    });
    if (free) {
      await new Promise((resolve) => server.close(resolve));
      return port;
    }
  }
}

const command = 'apt-get update && apt-get install -y --no-install-recommends zookeeper';

async function install(): Promise<void> {
  if (await installed()) return;
  const harmless = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get') && existsSync('/usr/bin/flock');
  if (!harmless) {
    throw new Error(
      `These tests need a real ZooKeeper. On Debian or Ubuntu: sudo sh -c '${command}'. ` +
        'Anywhere: start one (docker run --rm -p 2181:2181 zookeeper:3.8) and set ZOOKEEPER_CONNECT=127.0.0.1:2181; ' +
        'tests that kill or pause their server need the package.',
    );
  }
  process.stderr.write(`No ZooKeeper here: installing one for the tests (${command})\n`);
  // Two runs side by side: the second waits for the first and then finds the package there.
  const script = `test -e ${jar} && command -v java >/dev/null || { ${command}; }`;
  const apt = spawn('flock', ['/run/nestjs-dubbo-zookeeper.lock', 'sh', '-c', script], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 2, 2],
  });
  const code = await new Promise((resolve, reject) => {
    apt.once('error', reject);
    apt.once('close', resolve);
  });
  if (code !== 0 || !(await installed())) {
    throw new Error(`Installing ZooKeeper failed (exit code ${String(code)}); run it yourself: ${command}`);
  }
}

async function installed(): Promise<boolean> {
  return (
    existsSync(jar) &&
    promisify(execFile)('java', ['-version']).then(
      () => true,
      () => false,
    )
  );
}
