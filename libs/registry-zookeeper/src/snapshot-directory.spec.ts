import { type Logger, serviceRecord, silent } from '@nestjs-dubbo/core';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SnapshotDirectory } from './snapshot-directory.js';

const record = (category: string) =>
  serviceRecord({ protocol: 'dubbo', host: 'h', port: 1, path: 'a.B', parameters: { category, odd: 'ä b+%' } });
const lists = {
  providers: [record('providers')],
  configurators: [record('configurators')],
  routers: [record('routers')],
};

describe('a snapshot directory', () => {
  let path: string;
  let warnings: string[];
  const open = (registry = 'zookeeper://h:1/dubbo') => {
    const logger: Logger = { ...silent, warn: (message) => warnings.push(message) };
    return new SnapshotDirectory(path, registry, logger);
  };
  beforeEach(async () => {
    path = await mkdtemp(join(tmpdir(), 'dubbo-snapshot-'));
    warnings = [];
  });
  afterEach(() => rm(path, { recursive: true, force: true }));

  it('gives back what was kept, each category for itself', async () => {
    const directory = open();
    directory.keep('a.B', { providers: [], configurators: [], routers: [] });
    directory.keep('a.B', lists);
    await directory.flush();
    expect(await open().read('a.B')).toEqual(lists);
    expect(await open().read('a.C')).toBeUndefined();
    expect(await open('zookeeper://other:1/dubbo').read('a.B')).toBeUndefined();
    expect(warnings).toEqual([]);
  });

  it('writes by itself, whole files, for this user alone', async () => {
    open().keep('a.B', lists);
    await expect.poll(() => open().read('a.B'), { timeout: 5_000 }).toEqual(lists);
    const [registry] = await readdir(path);
    expect(await readdir(join(path, registry!))).toEqual(['a.B.json']);
    const { mode } = await stat(join(path, registry!, 'a.B.json'));
    expect(process.platform === 'win32' ? 0o600 : mode & 0o777).toBe(0o600);
  });

  it('minds neither rubbish nor a disk that fails, but says so', async () => {
    const directory = open();
    directory.keep('a.B', lists);
    await directory.flush();
    const [registry] = await readdir(path);
    await writeFile(join(path, registry!, 'a.B.json'), '["dubbo://h:1/a.B","half');
    expect(await directory.read('a.B')).toBeUndefined();
    await rm(path, { recursive: true });
    await writeFile(path, 'no directory');
    directory.keep('a.C', lists);
    await directory.flush();
    expect(warnings).toEqual([expect.stringContaining('Cannot read'), expect.stringContaining('Cannot write')]);
  });
});
