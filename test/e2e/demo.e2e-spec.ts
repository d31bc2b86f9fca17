import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ProcessGroup, spawnGroup, survivors } from '../support/processes.js';
import { zooKeeperStartTimeoutMs } from '../support/zookeeper.js';

const demo = 'apps/demo/bin/demo.js';
let temporary: string;

async function start(...args: string[]): Promise<ProcessGroup> {
  return spawnGroup(process.execPath, [demo, ...args], { env: { TMPDIR: temporary } });
}

/** Waits for the end of a program, and fails with its output if the exit code is another. */
async function ending(program: ProcessGroup, code: number): Promise<void> {
  const found = await program.ended;
  if (found !== code) throw new Error(`Exit code ${found} instead of ${code}:\n${program.output()}`);
}

beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'demo-test-'));
  const build = await spawnGroup(process.execPath, ['apps/demo/bin/build.js']);
  await ending(build, 0);
}, 180_000);

afterAll(() => rm(temporary, { recursive: true, force: true }));

describe('the demo', () => {
  it('plays every scene, and leaves nothing behind', { timeout: 60_000 }, async () => {
    const run = await start();
    await ending(run, 0);
    expect(run.output()).toMatch(/\ndemo: 5 of 5 scenes ok\n$/);
    expect(await readdir(temporary)).toEqual([]);
    expect(await survivors()).toEqual([]);
  });

  it('plays the same on a real ZooKeeper', { timeout: 60_000 + zooKeeperStartTimeoutMs }, async () => {
    const run = await start('--registry', 'zookeeper');
    await ending(run, 0);
    expect(run.output()).toMatch(/registry +ZooKeeper at \S+:\d+\n[^]*\ndemo: 5 of 5 scenes ok\n$/);
    expect(await readdir(temporary)).toEqual([]);
    expect(await survivors()).toEqual([]);
  });

  it('fails if a scene does not go as told', { timeout: 60_000 }, async () => {
    const run = await start();
    const [, web] = await run.waitFor(/ web +process (\d+)/);
    await run.waitFor(/\n2 /);
    process.kill(Number(web), 'SIGKILL');
    await ending(run, 1);
    expect(run.output()).toMatch(/\ndemo: 1 of 5 scenes ok\n$/);
    expect(await survivors()).toEqual([]);
  });

  it('ends everything when it is interrupted', { timeout: 60_000 }, async () => {
    const run = await start();
    await run.waitFor(/\n2 /);
    run.signal('SIGINT');
    await ending(run, 130);
    expect(await readdir(temporary)).toEqual([]);
    expect(await survivors()).toEqual([]);
  });

  it.each([
    [['--registry', 'nacos'], '--registry is "nacos"; allowed: local, zookeeper'],
    [['--verbose'], "Unknown option '--verbose'"],
    [['zookeeper'], "Unexpected argument 'zookeeper'"],
  ])('refuses %j with its help', async (args, message) => {
    const run = await start(...args);
    await ending(run, 2);
    expect(run.output()).toContain(message);
    expect(run.output()).toContain('npm run demo [-- --registry local|zookeeper]');
  });
});
