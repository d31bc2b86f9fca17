import { type Logger, local, type Registry, silent } from '@nestjs-dubbo/core';
import { execFileSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { follow, provider, registryConformance } from '../conformance/registry.js';
import { sayIfNotRun } from '../support/not-run.js';
import { type ProcessGroup, spawnGroup } from '../support/processes.js';

const newDirectory = () => mkdtemp(join(tmpdir(), 'dubbo-leases-'));

registryConformance('the local registry', async () => {
  const dir = await newDirectory();
  return {
    open: local({ dir }),
    remove: () => rm(dir, { recursive: true, force: true }),
  };
});

describe('the local registry', () => {
  let dir: string;
  let opened: Registry[];
  let warnings: string[];
  const logger: Logger = { ...silent, warn: (message) => warnings.push(message) };
  const open = () => {
    const registry = local({ dir })({ application: 'suite', logger });
    opened.push(registry);
    return registry;
  };
  const leases = () => readdir(dir);

  beforeEach(async () => {
    dir = await newDirectory();
    opened = [];
    warnings = [];
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await Promise.all(opened.map((registry) => registry.close()));
    await rm(dir, { recursive: true, force: true });
  });

  /** Another process that registers, by the sources' own file format. */
  async function registerElsewhere(): Promise<ProcessGroup> {
    const registry = open();
    await registry.register(provider('com.acme.A', 1));
    const [name] = await leases();
    const ours = JSON.parse(await readFile(join(dir, name!), 'utf8')) as { holder: { start: { time: string } } };
    const group = await spawnGroup('sleep', ['1000']);
    const stat = await readFile(`/proc/${group.pid}/stat`, 'utf8');
    const time = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]!;
    const holder = { ...ours.holder, pid: group.pid, start: { ...ours.holder.start, time } };
    await registry.close();
    await writeFile(
      join(dir, '11111111-1111-1111-1111-111111111111.lease'),
      JSON.stringify({ url: 'dubbo://10.0.0.1:7/com.acme.A', holder }),
    );
    return group;
  }

  it('leaves nothing when closed', async () => {
    const registry = open();
    void registry.register(provider('com.acme.A', 1)).catch(() => {});
    await registry.register(provider('com.acme.B', 2));
    await registry.close();
    expect(await leases()).toEqual([]);
  });

  const linux = sayIfNotRun(
    process.platform === 'linux',
    'deaths seen at once',
    'only Linux tells when a process began',
  );
  it.runIf(linux)('forgets what a process registered that was killed', async () => {
    const group = await registerElsewhere();
    const seen = follow(open(), 'com.acme.A');
    await expect.poll(seen.providers).toEqual(['10.0.0.1:7']);
    await group.kill();
    await expect.poll(seen.providers, { timeout: 5_000 }).toEqual([]);
    await expect.poll(leases).toEqual([]);
  });

  it.runIf(linux)('does not take a later process for the one that had its pid', async () => {
    const registry = open();
    await registry.register(provider('com.acme.A', 1));
    const [name] = await leases();
    const lease = JSON.parse(await readFile(join(dir, name!), 'utf8')) as { holder: { start: { time: string } } };
    lease.holder.start.time = '1';
    await writeFile(join(dir, '22222222-2222-2222-2222-222222222222.lease'), JSON.stringify(lease));
    const seen = follow(registry, 'com.acme.A');
    await expect.poll(leases).toEqual([name]);
    await expect.poll(seen.providers).toHaveLength(1);
  });

  it('goes by heartbeats where it cannot look at a process', async () => {
    const url = 'dubbo://10.0.0.1:1/com.acme.A';
    const write = async (name: string, holder: object, ageMs: number) => {
      await writeFile(join(dir, `${name}.lease`), JSON.stringify({ url: url.replace('1/', `${name}/`), holder }));
      const then = new Date(Date.now() - ageMs);
      await utimes(join(dir, `${name}.lease`), then, then);
    };
    const elsewhere = { scope: 'another container', time: '1' };
    await write('1', { pid: 1, start: elsewhere }, 0);
    await write('2', { pid: 1, start: elsewhere }, 60_000);
    await write('3', { pid: process.pid, start: null }, 0);
    await write('4', { pid: process.pid, start: null }, 60_000);
    const gone = execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' });
    await write('5', { pid: Number(gone), start: null }, 0);
    const seen = follow(open(), 'com.acme.A');
    await expect.poll(seen.providers).toEqual(['10.0.0.1:1', '10.0.0.1:3']);
    await expect.poll(leases).toEqual(['1.lease', '3.lease']);
  });

  it('restores its leases when somebody cleans the directory', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    try {
      const registry = open();
      await registry.register(provider('com.acme.A', 1));
      const before = await leases();
      await rm(dir, { recursive: true });
      vi.advanceTimersByTime(5_000);
      await expect.poll(() => leases().catch(() => []), { timeout: 5_000 }).toEqual(before);
    } finally {
      vi.useRealTimers();
    }
  });

  it('skips what is no lease, with one warning each', async () => {
    await writeFile(join(dir, 'half.lease'), '{"url":"dubbo://10.0.0.1:1/com.ac');
    await writeFile(join(dir, 'foreign.lease'), '[]');
    await writeFile(join(dir, 'rubbish.lease'), JSON.stringify({ url: 'rubbish', holder: { pid: 1, start: null } }));
    await writeFile(join(dir, 'readme.txt'), 'not ours');
    await mkdir(join(dir, 'folder.lease'));
    const registry = open();
    const seen = follow(registry, 'com.acme.A');
    await registry.register(provider('com.acme.A', 1));
    await registry.register(provider('com.acme.A', 2));
    await expect.poll(seen.providers).toHaveLength(2);
    const skipped = warnings.map((text) => /Skipping (\w+)\.lease/.exec(text)?.[1]);
    expect(skipped).toHaveLength(4);
    expect(skipped).toEqual(expect.arrayContaining(['folder', 'foreign', 'half', 'rubbish']));
  });

  it.runIf(sayIfNotRun(process.platform !== 'win32', 'a private directory', 'Windows has no modes'))(
    'refuses a directory that others can reach, or that is none',
    async () => {
      await chmod(dir, 0o755);
      expect(open).toThrow(/open to others \(mode 755, expected 700\).*local\(\{ dir/);
      await chmod(dir, 0o700);
      const link = `${dir}.link`;
      await symlink(dir, link);
      expect(() => local({ dir: link })({ application: 'suite', logger })).toThrow('is no directory');
      await rm(link);
    },
  );

  it('warns in production', () => {
    open();
    expect(warnings).toEqual([]);
    vi.stubEnv('NODE_ENV', 'production');
    open();
    expect(warnings).toEqual([expect.stringContaining('only processes of this machine')]);
  });
});
