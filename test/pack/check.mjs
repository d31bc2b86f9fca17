// Checks the packages as they would be published: publint finds nothing, versions are in step, no tests or sources of
// them are left out or in by mistake.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { libraries, manifestOf, packLibraries } from './pack-libraries.mjs';

const problems = [];
const manifests = libraries().map((folder) => ({ folder, manifest: manifestOf(folder) }));
const ours = new Map(manifests.map(({ manifest }) => [manifest.name, manifest.version]));

if (new Set(ours.values()).size > 1) problems.push(`versions differ: ${[...ours].join(' ')}`);

const records = readFileSync(
  join(
    libraries().find((folder) => folder.endsWith('core')),
    'src/config/records.ts',
  ),
  'utf8',
);
const release = `'nestjs-dubbo-${ours.get('@nestjs-dubbo/core')}'`;
if (!records.includes(release)) problems.push(`config/records.ts must publish the release ${release}`);

for (const { folder, manifest } of manifests) {
  for (const [name, range] of Object.entries(manifest.dependencies ?? {})) {
    if (ours.has(name) && range !== ours.get(name))
      problems.push(`${manifest.name} wants ${name} ${range}, not ${ours.get(name)}`);
  }
  const { messages } = await publint({ pkgDir: folder, strict: true });
  for (const message of messages) problems.push(`${manifest.name}: ${formatMessage(message, manifest)}`);
}

const destination = mkdtempSync(join(tmpdir(), 'pack-'));
try {
  for (const tarball of packLibraries(destination)) {
    const files = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
    for (const needed of ['package/LICENSE', 'package/README.md', 'package/dist/index.js', 'package/dist/index.d.ts']) {
      if (!files.includes(needed)) problems.push(`${tarball} lacks ${needed}`);
    }
    const tests = files.filter((file) => /\.spec\./.test(file));
    if (tests.length > 0) problems.push(`${tarball} holds tests: ${tests.join(', ')}`);
  }
} finally {
  rmSync(destination, { recursive: true, force: true });
}

for (const problem of problems) console.error(problem);
console.log(`pack: ${manifests.length} packages, ${problems.length} problems`);
process.exitCode = problems.length === 0 ? 0 : 1;
