import {
  formatServiceUrl,
  type Logger,
  parseServiceUrl,
  rateLimited,
  type RegistryLists,
  type ServiceRecord,
} from '@nestjs-dubbo/core';
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodeNodeName } from './node-name.js';

const delayMs = 500;

/**
 * What was last known of each interface, on disk: for a consumer that starts while ZooKeeper is away. One JSON file per interface, so
 * that a change costs no more than its interface; written whole, soon after a change, readable for this user alone (providers
 * may publish tokens). A disk that fails is told of and otherwise ignored.
 */
export class SnapshotDirectory {
  readonly #path: string;
  readonly #warn: (key: string, message: string) => void;
  /** To be written, by interface. */
  readonly #changed = new Map<string, RegistryLists>();
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  /** `registry` tells the files of one registry from those of another. */
  constructor(path: string, registry: string, logger: Logger) {
    this.#path = join(path, encodeNodeName(registry));
    this.#warn = rateLimited((message) => logger.warn(message), 60_000);
  }

  /** What was known of an interface, undefined if nothing. */
  async read(serviceInterface: string): Promise<RegistryLists | undefined> {
    const file = this.#file(serviceInterface);
    try {
      const urls: unknown = JSON.parse(await readFile(file, 'utf8'));
      if (!Array.isArray(urls)) throw new TypeError('it holds no list of URLs');
      const records = urls.map((url) => parseServiceUrl(String(url)));
      const inCategory = (category: string): ServiceRecord[] =>
        records.filter((record) => record.category === category);
      return {
        providers: inCategory('providers'),
        configurators: inCategory('configurators'),
        routers: inCategory('routers'),
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      this.#warn(file, `Cannot read the snapshot ${file}: ${String(error)}`);
      return undefined;
    }
  }

  /** Keeps what is known of an interface. */
  keep(serviceInterface: string, lists: RegistryLists): void {
    this.#changed.set(serviceInterface, lists);
    this.#timer ??= setTimeout(() => void this.flush(), delayMs).unref();
  }

  /** Resolves when everything kept is written. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return (this.#writing = this.#writing.then(() => this.#writeAll()));
  }

  async #writeAll(): Promise<void> {
    for (const [serviceInterface, lists] of this.#changed) {
      this.#changed.delete(serviceInterface);
      const file = this.#file(serviceInterface);
      const urls = [...lists.providers, ...lists.configurators, ...lists.routers].map(formatServiceUrl);
      try {
        await mkdir(this.#path, { recursive: true, mode: 0o700 });
        const temporary = `${file}.${randomUUID()}.tmp`;
        await writeFile(temporary, JSON.stringify(urls), { mode: 0o600 });
        await rename(temporary, file);
      } catch (error) {
        this.#warn(this.#path, `Cannot write the snapshot ${file}: ${String(error)}`);
      }
    }
  }

  #file(serviceInterface: string): string {
    return join(this.#path, `${encodeNodeName(serviceInterface)}.json`);
  }
}
