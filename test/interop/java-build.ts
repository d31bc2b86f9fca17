import { execFile } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const project = join(import.meta.dirname, 'java');

/** A line of Dubbo, by its Maven profile in java/pom.xml, where the exact versions stand. */
export type DubboLine = '2.6' | '2.7' | '3.2' | '3.3';

export const dubboLines: readonly DubboLine[] = ['2.6', '2.7', '3.2', '3.3'];

/** A Java file of options that the JVM of a line needs on JDK 17 and newer. */
export const opensFile = join(project, 'opens.args');

/** `java` by JAVA_HOME, else by PATH. */
export function javaCommand(): string {
  const home = process.env['JAVA_HOME'];
  return home ? join(home, 'bin', 'java') : 'java';
}

/**
 * Compiles the Java peers against a line of Dubbo and resolves their classpath, or takes what an earlier run made of the
 * same sources. Throws if there is no JDK 17 or no Maven, saying what to install.
 */
export async function buildJavaPeer(line: DubboLine): Promise<string> {
  await requireJava();
  const directory = join(project, 'target', `dubbo-${line}-${await sourcesHash()}`);
  if (!existsSync(directory)) await compile(line, directory);
  const libraries = await readFile(join(directory, 'classpath.txt'), 'utf8');
  const missing = libraries.split(':').find((library) => !existsSync(library));
  if (missing !== undefined) {
    // The local Maven repository was emptied since.
    await rm(directory, { recursive: true });
    return buildJavaPeer(line);
  }
  return `${join(directory, 'classes')}:${libraries}`;
}

// Into a directory of its own first: two runs side by side may both be at it.
async function compile(line: DubboLine, directory: string): Promise<void> {
  process.stderr.write(`Building the Java peer for Dubbo ${line}\n`);
  const draft = `${directory}.${randomUUID()}`;
  const goals = ['-q', '-B', '-P', `dubbo-${line}`, `-Dpeer.directory=${draft}`, 'process-classes'];
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
    if (code === 'ENOENT') {
      throw new Error(
        'The interop tests build real Java peers with Maven, which is not here. On Debian or Ubuntu: ' +
          'apt-get update && apt-get install -y maven openjdk-17-jdk-headless',
        { cause: error },
      );
    }
    throw new Error(`mvn ${args.join(' ')} failed:\n${stdout || message}`, { cause: error });
  }
}

async function requireJava(): Promise<void> {
  const install = 'On Debian or Ubuntu: apt-get update && apt-get install -y openjdk-17-jdk-headless';
  const { stderr } = await run(javaCommand(), ['-version']).catch((cause: unknown) => {
    throw new Error(`The interop tests need JDK 17 or newer, but ${javaCommand()} does not run. ${install}`, { cause });
  });
  const major = Number(/version "(\d+)/.exec(stderr)?.[1]);
  if (!(major >= 17)) throw new Error(`The interop tests need JDK 17 or newer; this is ${stderr.trim()}. ${install}`);
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
