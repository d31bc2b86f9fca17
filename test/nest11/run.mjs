// Packs the libraries, installs them into a copy of this folder, builds it as CommonJS on Nest 11 and runs it.
// Nothing here sees the workspace: it is what a user of the published packages has.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { packLibraries } from '../pack/pack-libraries.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'nest11-'));
const run = (command, ...args) => execFileSync(command, args, { cwd: folder, stdio: 'inherit' });

try {
  const app = (source) => !source.includes('node_modules') && !source.includes('dist');
  cpSync(here, folder, { recursive: true, filter: app });
  const tarballs = packLibraries(folder);
  run('npm', 'ci', '--no-fund', '--no-audit', '--loglevel=error');
  // The lockfile pins everything but the packages under test, which are new in each run.
  run('npm', 'install', '--no-save', '--no-package-lock', '--no-fund', '--no-audit', '--loglevel=error', ...tarballs);
  run('npm', 'run', '--silent', 'build');
  run('npm', 'run', '--silent', 'start');
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
