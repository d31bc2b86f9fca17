import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ProcessGroup, spawnGroup } from '../support/processes.js';

const root = resolve(import.meta.dirname, '../..');
const guidesFolder = join(root, 'docs/guides');
const english = await readFile(join(root, 'README.md'), 'utf8');
const chinese = await readFile(join(root, 'README.zh-CN.md'), 'utf8');

/** Language and text of all fenced blocks. */
function blocksOf(markdown: string): { language: string; text: string }[] {
  const fences = markdown.matchAll(/^```(\w*)\n([^]*?)^```$/gm);
  return [...fences].map(([, language, text]) => ({ language: language!, text: text! }));
}

/** The programs: blocks whose first line names a file. */
function programsOf(markdown: string): Map<string, string> {
  const named = blocksOf(markdown).map(({ text }) => [/^\/\/ (\S+\.ts)\n/.exec(text)?.[1], text] as const);
  return new Map(named.filter((entry): entry is [string, string] => entry[0] !== undefined));
}

/** Links to files that are not there. */
function brokenLinksOf(markdown: string, folder: string): string[] {
  const links = [...markdown.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) => path!);
  return links.filter((path) => !existsSync(join(folder, path)));
}

/** Compiles as an application would, with all checks; resolves to the compiler's complaints. */
function compile(folder: string, files: readonly string[]): string {
  const base = ts.readConfigFile(join(root, 'tsconfig.base.json'), (path) => ts.sys.readFile(path)).config as object;
  const { options } = ts.parseJsonConfigFileContent(base, ts.sys, root);
  const program = ts.createProgram(
    files.map((file) => join(folder, file)),
    { ...options, declaration: false, declarationMap: false, sourceMap: false },
  );
  const diagnostics = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
  return ts.formatDiagnostics(diagnostics, {
    getCanonicalFileName: (name) => name,
    getCurrentDirectory: () => folder,
    getNewLine: () => '\n',
  });
}

/** Waits for the end of a program, and fails with its output if the exit code is another. */
async function ending(program: ProcessGroup, code: number): Promise<void> {
  const found = await program.ended;
  if (found !== code) throw new Error(`Exit code ${found} instead of ${code}:\n${program.output()}`);
}

describe('README.md', () => {
  let folder = '';
  const running: ProcessGroup[] = [];

  async function run(file: string): Promise<ProcessGroup> {
    // An own temporary directory is an own local registry.
    const group = await spawnGroup(process.execPath, [join(folder, file)], { env: { TMPDIR: folder, NO_COLOR: '1' } });
    running.push(group);
    return group;
  }

  beforeAll(async () => {
    const build = await spawnGroup(process.execPath, ['apps/demo/bin/build.js'], { cwd: root });
    await ending(build, 0);
    // Within the repository the packages are found, and below `dist` nothing else looks.
    await mkdir(join(root, 'dist'), { recursive: true });
    folder = await mkdtemp(join(root, 'dist', 'readme-'));
  }, 180_000);

  afterAll(async () => {
    await Promise.all(running.map((group) => group.stop()));
    if (folder) await rm(folder, { recursive: true, force: true });
  });

  it('shows a contract, a provider and a consumer that compile and call each other', async () => {
    const programs = programsOf(english);
    expect([...programs.keys()]).toEqual(['contract.ts', 'provider.ts', 'consumer.ts']);
    for (const [file, text] of programs) await writeFile(join(folder, file), text);
    expect(compile(folder, [...programs.keys()])).toBe('');

    const provider = await run('provider.js');
    await provider.waitFor(/microservice successfully started/);
    const consumer = await run('consumer.js');
    await ending(consumer, 0);
    const answer = /^Comment \{[^]*$/m.exec(consumer.output())?.[0];
    expect(answer).toMatch(/^Comment \{\n? +id: 9007199254740993n,\n? +content: 'Well made',\n? +tags: \[ 'teapot' \]/);
    expect(answer).toContain('CommentNotFound: Nobody has commented on product 8 (8n)');
  });

  it.each([
    ['README.md', english],
    ['README.zh-CN.md', chinese],
  ])('%s shows the interop matrix as it was measured last', async (file, markdown) => {
    const matrix = await readFile(join(root, 'test/interop/matrix.md'), 'utf8');
    const block = /(<!-- interop matrix: .* -->\n\n)[^]*?(\n<!-- end of the interop matrix -->)/;
    expect(markdown).toMatch(block);
    // After a new measurement, `vitest run -u` with this file writes it into the pages.
    await expect(markdown.replace(block, `$1${matrix}$2`)).toMatchFileSnapshot(join(root, file));
  });

  it('shows what its commands are', async () => {
    const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { scripts: object };
    const commands = [...english.matchAll(/npm (?:run )?(demo|test\S*|build|lint)\b/g)].map(([, name]) => name!);
    expect(commands.length).toBeGreaterThan(0);
    for (const name of commands) expect(scripts).toHaveProperty([name]);
  });

  it.each([
    ['README.md', english],
    ['README.zh-CN.md', chinese],
  ])('%s refers to files that are there', (_, markdown) => {
    expect(brokenLinksOf(markdown, root)).toEqual([]);
  });
});

describe('the guides', () => {
  it('show code that compiles, and refer to files that are there', async () => {
    await mkdir(join(root, 'dist'), { recursive: true });
    const folder = await mkdtemp(join(root, 'dist', 'guides-'));
    try {
      await writeFile(join(folder, 'contract.ts'), programsOf(english).get('contract.ts')!);
      const guides = (await readdir(guidesFolder)).filter((name) => name.endsWith('.md'));
      expect(guides.length).toBeGreaterThan(0);
      const files: string[] = [];
      for (const guide of guides) {
        const markdown = await readFile(join(guidesFolder, guide), 'utf8');
        const code = blocksOf(markdown).filter(({ language }) => language === 'ts');
        files.push(guide.replace(/md$/, 'ts'));
        await writeFile(join(folder, files.at(-1)!), code.map(({ text }) => text).join('\n') || 'export {};');
        expect(brokenLinksOf(markdown, guidesFolder)).toEqual([]);
      }
      expect(compile(folder, files)).toBe('');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('README.zh-CN.md', () => {
  it('has the same code and the same structure', () => {
    expect(blocksOf(chinese)).toEqual(blocksOf(english));
    const levels = (markdown: string) => [...markdown.matchAll(/^#+(?= )/gm)].map(([level]) => level);
    expect(levels(chinese)).toEqual(levels(english));
  });
});
