import { observeZooKeeper } from '../support/zookeeper-client.js';

/** A registry below a root of its own, as both languages write its address. */
export function registryAddress(connect: string, root: string): string {
  const [servers, chroot] = connect.split('/', 2);
  const [first, ...backup] = servers!.split(',');
  const group = chroot ? `${chroot}/${root}` : root;
  return `zookeeper://${first}?group=${group}${backup.length > 0 ? `&backup=${backup.join(',')}` : ''}`;
}

/** Removes a root and all below it. */
export async function removeRoot(connect: string, root: string): Promise<void> {
  const observer = await observeZooKeeper(connect);
  await observer.remove(`/${root}`);
  await observer.close();
}
