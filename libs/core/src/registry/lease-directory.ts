import { randomUUID } from 'node:crypto';
import { lstatSync, mkdirSync } from 'node:fs';
import { readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { DubboError } from '../invocation/dubbo-error.js';
import type { ProcessIdentity } from './process-identity.js';
import { parseServiceUrl, type ServiceRecord } from './service-record.js';

/** One registration: what is registered, and by whom. */
export interface Lease {
  readonly record: ServiceRecord;
  readonly holder: ProcessIdentity;
}

/** `<tmp>/nestjs-dubbo-<uid>`: the same for all processes of a user that have the same temporary directory. */
export function defaultLeaseDirectory(): string {
  const user = process.getuid?.() ?? userInfo().username.replace(/\W/g, '_');
  return join(tmpdir(), `nestjs-dubbo-${user}`);
}

const suffix = '.lease';
const forgottenAfterMs = 60_000;

/**
 * The files of the local registry: one per registration, JSON, written whole under a name that is never used twice. The
 * directory is ours alone; whoever may write there could send our calls anywhere.
 */
export class LeaseDirectory {
  /** Creates the directory if need be. Throws a `DubboError` of code `registry` if it is not private to this user. */
  constructor(readonly path: string) {
    this.#ensure();
  }

  #ensure(): void {
    try {
      mkdirSync(this.path, { recursive: true, mode: 0o700 });
    } catch (cause) {
      throw new DubboError('registry', `Cannot create the directory of the local registry, ${this.path}`, { cause });
    }
    const found = lstatSync(this.path);
    if (!found.isDirectory()) throw this.#refused('is no directory');
    if (!process.getuid) return;
    if (found.uid !== process.getuid())
      throw this.#refused(`belongs to user ${found.uid}, not to us (${process.getuid()})`);
    if (found.mode & 0o077)
      throw this.#refused(`is open to others (mode ${(found.mode & 0o777).toString(8)}, expected 700)`);
  }

  #refused(why: string): DubboError {
    return new DubboError(
      'registry',
      `The directory of the local registry, ${this.path}, ${why}. Remove it, or name another: local({ dir: '…' })`,
    );
  }

  /** A name for a new lease. */
  newName(): string {
    return `${randomUUID()}${suffix}`;
  }

  async write(name: string, content: { url: string; holder: ProcessIdentity }): Promise<void> {
    const temporary = join(this.path, `${name}.tmp`);
    const write = async () => {
      await writeFile(temporary, JSON.stringify(content), { mode: 0o600 });
      await rename(temporary, join(this.path, name));
    };
    try {
      await write();
    } catch (error) {
      if (!isMissing(error)) throw error;
      // Somebody cleaned the temporary directory.
      this.#ensure();
      await write();
    }
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.path, name), { force: true });
  }

  /** Shows that the holder lives; false if the lease is gone. */
  async touch(name: string): Promise<boolean> {
    const now = new Date();
    return utimes(join(this.path, name), now, now).then(
      () => true,
      (error: unknown) => {
        if (isMissing(error)) return false;
        throw error;
      },
    );
  }

  /** The names of all leases. Clears away what a writer left that died while writing. */
  async list(): Promise<string[]> {
    let names: string[];
    try {
      names = await readdir(this.path);
    } catch (error) {
      if (!isMissing(error)) throw error;
      return [];
    }
    for (const name of names) {
      if (!name.endsWith(`${suffix}.tmp`)) continue;
      const age = await this.age(name);
      if (age !== undefined && age > forgottenAfterMs) await this.remove(name);
    }
    return names.filter((name) => name.endsWith(suffix));
  }

  /** Milliseconds since the last sign of life of the holder; undefined if the lease is gone. */
  async age(name: string): Promise<number | undefined> {
    return stat(join(this.path, name)).then(
      (found) => Date.now() - found.mtimeMs,
      () => undefined,
    );
  }

  /** A lease, undefined if it is gone. Throws if it is no lease. */
  async read(name: string): Promise<Lease | undefined> {
    let text: string;
    try {
      text = await readFile(join(this.path, name), 'utf8');
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
    const { url, holder } = JSON.parse(text) as { url?: unknown; holder?: unknown };
    if (typeof url !== 'string' || !isIdentity(holder)) throw new Error('it holds no url and holder');
    return { record: parseServiceUrl(url), holder };
  }
}

function isIdentity(value: unknown): value is ProcessIdentity {
  const { pid, start } = (value ?? {}) as { pid?: unknown; start?: { scope?: unknown; time?: unknown } | null };
  const known = start === null || (typeof start?.scope === 'string' && typeof start.time === 'string');
  return Number.isInteger(pid) && (pid as number) > 0 && known;
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
