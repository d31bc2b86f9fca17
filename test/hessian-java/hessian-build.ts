import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const project = join(import.meta.dirname, 'java');

/** A hessian-lite; java/pom.xml names the same versions. */
export type HessianVersion = '3.2.13' | '4.0.3';

export const hessianVersions: readonly HessianVersion[] = ['3.2.13', '4.0.3'];

/**
 * Compiles the peer, or takes what an earlier run made of the same sources; answers where its classes and both versions are.
 * Throws if there is no Maven or JDK, saying what to install.
 */
export async function buildHessianPeer(): Promise<string> {
  const directory = join(project, 'target', `peer-${await sourcesHash()}`);
  if (!existsSync(directory)) await compile(directory);
  return directory;
}

/** The peer's classpath over a version. */
export async function peerClasspath(version: HessianVersion): Promise<string> {
  const directory = await buildHessianPeer();
  return `${join(directory, 'classes')}:${join(directory, 'lib', `hessian-lite-${version}.jar`)}`;
}

// Into a directory of its own first: two runs side by side may both be at it.
async function compile(directory: string): Promise<void> {
  const draft = `${directory}.${randomUUID()}`;
  const goals = ['-q', '-B', `-Dpeer.directory=${draft}`, 'process-classes'];
  try {
    // Online only if the local repository has not all of it.
    await maven(['-o', ...goals]).catch(() => maven(goals));
    await rename(draft, directory);
  } catch (error) {
    if (!existsSync(directory)) throw error;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function maven(args: readonly string[]): Promise<void> {
  try {
    await run('mvn', args, { cwd: project, timeout: 300_000 });
  } catch (error) {
    const { code, stdout, message } = error as { code?: unknown; stdout?: string; message: string };
    const why =
      code === 'ENOENT'
        ? 'these tests build a real Java peer with Maven, which is not here. On Debian or Ubuntu: ' +
          'apt-get update && apt-get install -y maven openjdk-17-jdk-headless'
        : `mvn ${args.join(' ')} failed, which needs JDK 17 or newer:\n${stdout || message}`;
    throw new Error(why, { cause: error });
  }
}

async function sourcesHash(): Promise<string> {
  const hash = createHash('sha256');
  const files = await readdir(join(project, 'src'), { recursive: true, withFileTypes: true });
  const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  for (const path of [join(project, 'pom.xml'), ...paths.toSorted()]) {
    hash.update(path.slice(project.length)).update(await readFile(path));
  }
  return hash.digest('hex').slice(0, 12);
}
