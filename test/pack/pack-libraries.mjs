import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Folders of the libraries that are published. */
export function libraries() {
  const folders = readdirSync(join(root, 'libs')).map((name) => join(root, 'libs', name));
  return folders.filter((folder) => existsSync(join(folder, 'package.json')));
}

export function manifestOf(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}

/** Packs every library into `destination`, as published; they must be built. Returns the tarballs' paths. */
export function packLibraries(destination) {
  return libraries().map((folder) => {
    if (!existsSync(join(folder, 'dist/index.js'))) throw new Error(`${folder} is not built; run npm run build first`);
    const args = ['pack', '--json', '--loglevel=error', '--pack-destination', destination];
    const [{ filename }] = JSON.parse(execFileSync('npm', args, { cwd: folder, encoding: 'utf8' }));
    return join(destination, filename);
  });
}
