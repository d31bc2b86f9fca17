import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { observeZooKeeper } from '../../../test/support/zookeeper-client.js';
import { startZooKeeper } from '../../../test/support/zookeeper.js';

export type RegistryKind = 'local' | 'zookeeper';

/** A registry that this run of the demo shares with nobody. */
export interface DemoRegistry {
  readonly name: string;
  /** What tells the services of it. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export function openRegistry(kind: RegistryKind): Promise<DemoRegistry> {
  return kind === 'zookeeper' ? openZooKeeper() : openLocal();
}

/** The local registry is a folder in the temporary directory; so another one of those is another registry. */
async function openLocal(): Promise<DemoRegistry> {
  const directory = await mkdtemp(join(tmpdir(), 'nestjs-dubbo-demo-'));
  return {
    name: 'local, files of this machine',
    env: { DUBBO_REGISTRY: 'local', TMPDIR: directory },
    close: () => rm(directory, { recursive: true, force: true }),
  };
}

async function openZooKeeper(): Promise<DemoRegistry> {
  const server = await startZooKeeper();
  const root = `dubbo-demo-${randomUUID()}`;
  return {
    name: `ZooKeeper at ${server.connect}`,
    env: { DUBBO_REGISTRY: `zookeeper://${server.connect}?group=${root}` },
    async close() {
      // The server may be somebody else's, who will want it clean.
      const observer = await observeZooKeeper(server.connect);
      await observer.remove(`/${root}`);
      await observer.close();
      await server.stop();
    },
  };
}
