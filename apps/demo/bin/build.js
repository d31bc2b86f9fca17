// Builds all packages, if a source is newer than what was built of it. Also a command: `node apps/demo/bin/build.js`.
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const lock = join(root, 'node_modules', '.build.lock');
const lockTimeoutMs = 180_000;

/**
 * Of several processes one builds, the others wait for it. Rejects with the compiler's output if that fails.
 * @param {(text: string) => void} say is told what takes its time
 */
export async function buildIfStale(say) {
  if (isFresh()) return;
  await acquire(say);
  try {
    if (isFresh()) return;
    say('Building the libraries and the services …');
    const startedAt = Date.now();
    await build();
    say(`Built in ${((Date.now() - startedAt) / 1000).toFixed(0)} s.`);
  } finally {
    rmSync(lock, { force: true });
  }
}

function isFresh() {
  const projects = Object.entries(JSON.parse(readFileSync(join(root, 'nest-cli.json'), 'utf8')).projects);
  const sources = projects.flatMap(([, project]) => [
    ...tree(join(root, project.sourceRoot)),
    join(root, project.root, 'package.json'),
    join(root, project.compilerOptions.tsConfigPath),
  ]);
  const shared = ['tsconfig.base.json', 'nest-cli.json', 'test/support'].map((name) => join(root, name));
  const newestSource = Math.max(...[...sources, ...shared].map(changedAt));
  const built = projects.map(([name, project]) =>
    // The demo's build holds the tests' support too, so its layout is that of the repository.
    join(root, project.root, 'dist', name === 'demo' ? 'apps/demo/src' : '', `${project.entryFile}.js`),
  );
  return Math.min(...built.map(changedAt)) > newestSource;
}

/** A folder counts too: it changes when a file is removed. */
function tree(/** @type {string} */ folder) {
  return [folder, ...readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name)))];
}

/** 0 for what is not there. */
function changedAt(/** @type {string} */ path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** @returns {Promise<void>} */
function build() {
  return new Promise((resolve, reject) => {
    const nest = spawn(process.execPath, [join(root, 'node_modules/@nestjs/cli/bin/nest.js'), 'build', '--all'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [nest.stdout, nest.stderr]) stream.on('data', (chunk) => (output += chunk));
    nest.once('error', reject);
    nest.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`The build failed (nest build --all):\n${output}`)),
    );
  });
}

async function acquire(/** @type {(text: string) => void} */ say) {
  const deadline = Date.now() + lockTimeoutMs;
  let waiting = false;
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    }
    if (Date.now() > deadline) throw new Error(`Another build has not ended; if there is none, remove ${lock}`);
    if (!waiting) say('Waiting for another build of these packages …');
    waiting = true;
    removeIfLeftBehind();
    await sleep(100);
  }
}

function removeIfLeftBehind() {
  const holder = readHolder();
  if (holder !== undefined && !isRunning(holder)) rmSync(lock, { force: true });
}

/** The process that holds the lock; undefined if nobody does, or it has not written yet. */
function readHolder() {
  try {
    return Number(readFileSync(lock, 'utf8')) || undefined;
  } catch {
    return undefined;
  }
}

function isRunning(/** @type {number} */ pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await buildIfStale((text) => process.stdout.write(`${text}\n`));
  } catch (error) {
    process.stderr.write(`${/** @type {Error} */ (error).message}\n`);
    process.exitCode = 1;
  }
}
