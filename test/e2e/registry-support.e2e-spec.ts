import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expireSession, observeZooKeeper } from '../support/zookeeper-client.js';
import { type ProcessGroup, spawnGroup, survivors } from '../support/processes.js';
import {
  fourLetters,
  type OwnZooKeeperServer,
  startOwnZooKeeper,
  zooKeeperStartTimeoutMs,
} from '../support/zookeeper.js';

describe('a program started for a test', () => {
  const groups: ProcessGroup[] = [];
  const start = async (script: string) => {
    const group = await spawnGroup('sh', ['-c', script]);
    groups.push(group);
    return group;
  };
  afterAll(() => Promise.all(groups.map((group) => group.kill())));

  it('tells what it wrote and how it ended', async () => {
    const group = await start('echo port 4711; exit 3');
    expect((await group.waitFor(/port (\d+)/))[1]).toBe('4711');
    expect(await group.ended).toBe(3);
    await expect(group.waitFor(/never/)).rejects.toThrow(/it ended before .*never.*\n.*port 4711/s);
  });

  it('is killed with all it started, though it is stopped', async () => {
    const group = await start('sleep 1001 & sleep 1002');
    await expect.poll(survivors).toEqual(expect.arrayContaining([expect.stringContaining('sleep 1002')]));
    group.signal('SIGSTOP');
    await group.kill();
    await expect.poll(survivors).toEqual([]);
  });

  it('is asked to stop before it is killed', async () => {
    const polite = await start(`trap 'echo bye; exit 0' TERM; echo ready; while :; do sleep 0.02; done`);
    await polite.waitFor(/ready/);
    await polite.stop();
    expect(polite.output()).toContain('bye');
    const stubborn = await start(`trap '' TERM; echo ready; while :; do sleep 0.02; done`);
    await stubborn.waitFor(/ready/);
    await stubborn.stop(50);
    await expect.poll(survivors).toEqual([]);
  });

  it('that cannot be started says so', async () => {
    const group = await start('exec /no/such/program');
    expect(await group.ended).toBe(127);
    await expect(spawnGroup('sh', [], { cwd: '/no/such/folder' })).rejects.toThrow('Cannot start sh');
  });
});

describe('a ZooKeeper for a test', () => {
  let server: OwnZooKeeperServer;
  const ask = () => fourLetters('127.0.0.1', Number(server.connect.split(':')[1]), 'srvr');
  beforeAll(async () => {
    server = await startOwnZooKeeper();
  }, zooKeeperStartTimeoutMs);
  afterAll(() => server.stop());

  it('serves, can be killed and started again on its port, paused and resumed', async () => {
    expect(await ask()).toContain('Mode: standalone');
    await server.kill();
    await expect(ask()).rejects.toThrow('ECONNREFUSED');
    await server.restart();
    expect(await ask()).toContain('Mode: standalone');
    server.pause();
    await expect(ask()).rejects.toThrow('does not answer');
    server.resume();
    expect(await ask()).toContain('Mode: standalone');
  });

  it('lets a session be ended from outside', async () => {
    const [victim, observer] = await Promise.all([observeZooKeeper(server.connect), observeZooKeeper(server.connect)]);
    await victim.create('/a/b', { ephemeral: true, data: 'x' });
    expect(await observer.data('/a/b')).toBe('x');
    await expireSession(server.connect, (await observer.owner('/a/b'))!);
    expect(await observer.children('/a')).toEqual([]);
    await observer.remove('/a');
    expect(await observer.children('/')).toEqual(['zookeeper']);
    await observer.close();
  });
});
