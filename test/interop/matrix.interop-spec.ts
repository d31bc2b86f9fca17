import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startZooKeeper, type ZooKeeperServer, zooKeeperStartTimeoutMs } from '../support/zookeeper.js';
import { type CheckOutcome, runChecks } from './checks.js';
import { type DubboLine, dubboLines } from './java-build.js';
import { type JavaProvider, runJavaConsumer, startJavaProvider } from './java-peer.js';
import { Matrix } from './matrix.js';
import { registryAddress, removeRoot } from './registry-address.js';
import { type NodeProvider, startNodeConsumer, startNodeProvider } from './node-apps.js';

const matrix = new Matrix();
const versions: string[] = [];
let java: number;
const run = `interop-${randomUUID()}`;
let zooKeeper: ZooKeeperServer;
let nodeProvider: NodeProvider | undefined;

/** The registry of one provider: a root of its own, so that each consumer finds the one it is to call. */
function registryOf(provider: DubboLine | 'node'): string {
  return registryAddress(zooKeeper.connect, `${run}/${provider}`);
}

beforeAll(async () => {
  zooKeeper = await startZooKeeper();
  nodeProvider = await startNodeProvider(registryOf('node'));
}, zooKeeperStartTimeoutMs);

afterAll(async () => {
  await nodeProvider?.stop();
  if (zooKeeper) {
    await removeRoot(zooKeeper.connect, run);
    await zooKeeper.stop();
  }
});

describe.each(dubboLines)('Dubbo %s', (line) => {
  let provider: JavaProvider;
  let referee: CheckOutcome[];

  beforeAll(async () => {
    provider = await startJavaProvider(line, registryOf(line));
    versions.push(provider.dubbo);
    java = provider.java;
  });

  afterAll(() => provider?.stop());

  it('Java consumer, Java provider: the referee', async () => {
    referee = await runJavaConsumer(line, registryOf(line));
    matrix.record(provider.dubbo, 'Java → Java', referee);
    expect(referee.filter(({ ok }) => !ok)).toEqual([]);
  });

  it('Java consumer, Node provider: the same outcomes as from Java', async () => {
    const outcomes = await runJavaConsumer(line, registryOf('node'));
    matrix.record(provider.dubbo, 'Java → Node', outcomes);
    expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
    expect(outcomes.map(comparable)).toEqual(referee.map(comparable));
  });

  it('Node consumer, Java provider', async () => {
    const { references, stop } = await startNodeConsumer(registryOf(line));
    try {
      const outcomes = await runChecks(references);
      matrix.record(provider.dubbo, 'Node → Java', outcomes);
      expect(outcomes.filter(({ ok }) => !ok)).toEqual([]);
    } finally {
      await stop();
    }
  });
});

it('the matrix has no hole', async () => {
  const table = matrix.toMarkdown(versions);
  process.stdout.write(`\nEach cell: Java → Java (the referee), Java → Node, Node → Java\n\n${table}\n`);
  expect(versions).toHaveLength(dubboLines.length);
  expect(matrix.holes(versions)).toEqual([]);
  await keep(table);
});

/** For the README. What has not changed keeps its date, so that a run leaves no change behind. */
async function keep(table: string): Promise<void> {
  const path = join(import.meta.dirname, 'matrix.md');
  const kept = await readFile(path, 'utf8').catch(() => '');
  if (kept.endsWith(`\n${table}`)) return;
  await writeFile(
    path,
    `Measured on ${new Date().toISOString().slice(0, 10)} by \`npm run test:interop\`, through a real ZooKeeper, on JDK ${java}. ` +
      `Each cell: Java calls Java (the referee), Java calls Node, Node calls Java.\n\n${table}`,
  );
}

/** An outcome without what differs from run to run and from place to place. */
function comparable({ name, call, outcome }: CheckOutcome): string {
  const stable = outcome
    .replace(/provider: .*?, cause: /, 'provider: …, cause: ')
    .replace(/\d+(\.\d+){3}:\d+/g, '<address>')
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}/g, '<time>')
    .replace(/elapsed: \d+ ms/g, 'elapsed: … ms')
    .replace(/\bid=-?\d+/g, 'id=…')
    // Two timers of Java run for one call; which fires first is chance, and the rest of the text with it.
    .replace(/cause: (Timeout after|.*?Waiting server-side response timeout).*/, 'cause: timeout');
  return `${name}, ${call}: ${stable}`;
}
