import { execFileSync, spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const core = 'libs/core/src';

/** The rooms of core in the order in which they may import: each those before it, narrowed for the first ones. */
const rooms = [
  'invocation',
  'wire',
  'message',
  'contract',
  'exchange',
  'registry',
  'config',
  'cluster',
  'filter',
  'metadata',
  'callback',
  'qos',
  'consumer',
  'provider',
  'testing',
];

/** An import that the linter must refuse: in which file, and of what. */
const forbidden: [string, string][] = [
  ...rooms.flatMap((room, i) =>
    rooms.slice(i + 1).map((other): [string, string] => [`${core}/${room}/x.ts`, `../${other}/y.js`]),
  ),
  [`${core}/provider/x.ts`, '../consumer/y.js'],
  [`${core}/cluster/x.ts`, '../exchange/y.js'],
  [`${core}/cluster/x.ts`, 'node:net'],
  [`${core}/wire/x.ts`, '@nestjs-dubbo/hessian'],
  [`${core}/invocation/x.ts`, '@nestjs-dubbo/hessian'],
  [`${core}/contract/x.ts`, '../message/y.js'],
  [`${core}/consumer/x.ts`, '@nestjs/common'],
  [`${core}/consumer/x.ts`, 'rxjs'],
  ['libs/hessian/src/types/x.ts', '@nestjs-dubbo/core'],
  ['libs/hessian/src/types/x.ts', 'rxjs'],
  ['libs/registry-zookeeper/src/x.ts', '@nestjs/common'],
  ['libs/nestjs/src/provider/x.ts', 'node:net'],
  ['libs/nestjs/src/provider/x.ts', 'node-zookeeper-client'],
];

const allowed: [string, string][] = [
  [`${core}/exchange/x.ts`, '../wire/y.js'],
  [`${core}/consumer/x.ts`, '../cluster/y.js'],
  [`${core}/provider/x.ts`, '../filter/y.js'],
  [`${core}/message/x.ts`, '@nestjs-dubbo/hessian'],
  ['libs/nestjs/src/provider/x.ts', '@nestjs-dubbo/core'],
  ['libs/registry-zookeeper/src/x.ts', 'node-zookeeper-client'],
];

describe('the linter', () => {
  let copy: string;

  beforeAll(async () => {
    copy = await mkdtemp(join(tmpdir(), 'house-'));
    await cp(join(root, '.oxlintrc.json'), join(copy, '.oxlintrc.json'));
    await symlink(join(root, 'node_modules'), join(copy, 'node_modules'));
  });
  afterAll(() => rm(copy, { recursive: true }));

  /** The imports that are refused when each of the files imports what it is given. */
  async function refused(imports: readonly [string, string][]): Promise<string[]> {
    const tree = join(copy, 'tree');
    const sources = new Map<string, string>();
    imports.forEach(([file, specifier], i) => {
      const path = file.replace('x.ts', `x${i}.ts`);
      sources.set(path, `import { x } from '${specifier}';\nexport const y = x;\n`);
    });
    for (const [path, source] of sources) {
      await mkdir(dirname(join(tree, path)), { recursive: true });
      await writeFile(join(tree, path), source);
    }
    await cp(join(copy, '.oxlintrc.json'), join(tree, '.oxlintrc.json'));
    const oxlint = join(root, 'node_modules/.bin/oxlint');
    const { stdout } = spawnSync(oxlint, ['--format=json'], {
      cwd: tree,
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    await rm(tree, { recursive: true });
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] };
    const files = diagnostics
      .filter(({ code }) => code.includes('no-restricted-imports'))
      .map(({ filename }) => filename);
    return imports.flatMap(([file, specifier], i) =>
      files.some((name) => name.endsWith(`x${i}.ts`)) ? [`${file} -> ${specifier}`] : [],
    );
  }

  const names = (imports: readonly [string, string][]): string[] => imports.map(([file, of]) => `${file} -> ${of}`);

  it('refuses imports against the directions of the house', async () => {
    expect(await refused(forbidden)).toEqual(names(forbidden));
  });

  it('takes those along them', async () => {
    expect(await refused(allowed)).toEqual([]);
  });
});

describe('the sources', () => {
  const tracked = execFileSync('git', ['ls-files', '*.ts'], { cwd: root, encoding: 'utf8' }).trim().split('\n');

  it('have no file over 250 lines without a head comment that says why', async () => {
    const long: string[] = [];
    for (const file of tracked.filter((name) => /^(?:libs|apps)\//.test(name) && !name.endsWith('.spec.ts'))) {
      const text = await readFile(join(root, file), 'utf8').catch(() => '');
      if (text.split('\n').length > 251 && !/^\s*\/[/*]/.test(text)) long.push(file);
    }
    expect(long).toEqual([]);
  });
});
