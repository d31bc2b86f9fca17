#!/usr/bin/env node
// `npm run demo`. Plain JavaScript, as nothing may have been built yet.
import { parseArgs } from 'node:util';
import { buildIfStale } from './build.js';

const help = `npm run demo [-- --registry local|zookeeper]

Plays the demo: a web application asks a product service, which asks two processes of a comment service. Every scene
checks what it shows; the exit code is 0 only if all of them went as told.

  --registry local       the services find each other by files of this machine (default)
  --registry zookeeper   they do by a real ZooKeeper: the one at ZOOKEEPER_CONNECT if that is set, else one of the
                         demo's own, from Debian's package
  --help                 this text
`;

const options = readOptions();
try {
  await buildIfStale((text) => process.stdout.write(`${text}\n`));
} catch (error) {
  fail(1, /** @type {Error} */ (error).message);
}
const { play } = await import('../dist/apps/demo/src/main.js');
process.exitCode = await play(options);

function readOptions() {
  const registries = ['local', 'zookeeper'];
  try {
    const { values } = parseArgs({
      options: { registry: { type: 'string', default: 'local' }, help: { type: 'boolean', default: false } },
    });
    if (values.help) {
      process.stdout.write(help);
      process.exit(0);
    }
    if (!registries.includes(values.registry)) {
      throw new Error(`--registry is "${values.registry}"; allowed: ${registries.join(', ')}`);
    }
    if (process.platform === 'win32') throw new Error('The demo kills processes as POSIX systems do; run it in WSL');
    return { registry: values.registry };
  } catch (error) {
    return fail(2, `${/** @type {Error} */ (error).message}\n\n${help}`);
  }
}

/** @returns {never} */
function fail(/** @type {number} */ code, /** @type {string} */ message) {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}
