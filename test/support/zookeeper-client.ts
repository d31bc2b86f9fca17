import { connect as dial } from 'node:net';
import zookeeper from 'node-zookeeper-client';

/**
 * An observer of a ZooKeeper that shares nothing with the registry under test but the wire client. It expects a server that is
 * well; where that is not so, an operation may hang until the test's time is over.
 */
export interface ZooKeeperObserver {
  /** Names of the children, sorted; undefined if there is no such node. */
  children(path: string): Promise<string[] | undefined>;
  /** The session (hex) that holds an ephemeral node, `0` for a persistent one, undefined if there is no such node. */
  owner(path: string): Promise<string | undefined>;
  data(path: string): Promise<string>;
  acl(path: string): Promise<string[]>;
  /** Creates a node and its missing parents; true if the node was not there. All may read it. */
  create(path: string, options?: { ephemeral?: boolean; data?: string; writers?: 'all' | 'creator' }): Promise<boolean>;
  /** Removes a node with all below it at once, if it is there. */
  remove(path: string): Promise<void>;
  /** Ends the session and with it its ephemeral nodes. */
  close(): Promise<void>;
}

// The types lack these.
const ACL = zookeeper.ACL as unknown as Record<
  'OPEN_ACL_UNSAFE' | 'CREATOR_ALL_ACL' | 'READ_ACL_UNSAFE',
  zookeeper.ACL[]
>;

/** Connects, as `user:password` if `digest` is given. */
export async function observeZooKeeper(connect: string, digest?: string): Promise<ZooKeeperObserver> {
  const client = zookeeper.createClient(connect, { sessionTimeout: 10_000 });
  if (digest) client.addAuthInfo('digest', Buffer.from(digest));
  const { promise: connected, resolve } = withResolvers<void>();
  client.once('connected', resolve);
  client.connect();
  await connected;
  const { NO_NODE, NODE_EXISTS } = zookeeper.Exception;

  const children = (path: string) =>
    call<string[] | undefined>((done) =>
      client.getChildren(path, (error, names) =>
        is(error, NO_NODE) ? done(null, undefined) : done(error, names?.sort()),
      ),
    );
  const create = (path: string, mode: number, data = '', acl = ACL.OPEN_ACL_UNSAFE) =>
    call<boolean>((done) =>
      client.create(path, Buffer.from(data), acl, mode, (error) =>
        is(error, NODE_EXISTS) ? done(null, false) : done(error, true),
      ),
    );
  // From below: one may have no right to create what is there already.
  const createDeep = async (path: string, mode: number, data?: string, acl?: zookeeper.ACL[]): Promise<boolean> => {
    try {
      return await create(path, mode, data, acl);
    } catch (error) {
      if (!is(error, NO_NODE)) throw error;
      await createDeep(path.slice(0, path.lastIndexOf('/')), zookeeper.CreateMode.PERSISTENT);
      return createDeep(path, mode, data, acl);
    }
  };
  const tree = async (path: string): Promise<string[]> => {
    const names = await children(path);
    if (!names) return [];
    const below = await Promise.all(names.map((name) => tree(path === '/' ? `/${name}` : `${path}/${name}`)));
    return [...below.flat(), path];
  };
  const remove = async (path: string): Promise<void> => {
    const paths = await tree(path);
    if (paths.length === 0) return;
    const transaction = paths.reduce((all, one) => all.remove(one), client.transaction());
    const done = await call<boolean>((settle) =>
      transaction.commit((error) =>
        is(error, NO_NODE) || is(error, zookeeper.Exception.NOT_EMPTY) ? settle(null, false) : settle(error, true),
      ),
    );
    // Somebody was at it in between.
    if (!done) await remove(path);
  };

  return {
    children,
    remove,
    owner: (path) =>
      call((done) => client.exists(path, (error, stat) => done(error, stat ? hex(stat.ephemeralOwner) : undefined))),
    data: (path) =>
      call((done) => client.getData(path, (error, data) => done(error, (data ?? Buffer.alloc(0)).toString()))),
    acl: (path) =>
      call((done) =>
        client.getACL(path, (error, acls) =>
          done(
            error,
            acls?.map(({ id }) => `${id.scheme}:${id.id}`),
          ),
        ),
      ),
    create(path, { ephemeral = false, data, writers = 'all' } = {}) {
      const { EPHEMERAL, PERSISTENT } = zookeeper.CreateMode;
      const acl = writers === 'all' ? ACL.OPEN_ACL_UNSAFE : [...ACL.CREATOR_ALL_ACL, ...ACL.READ_ACL_UNSAFE];
      return createDeep(path, ephemeral ? EPHEMERAL : PERSISTENT, data, acl);
    },
    close: () =>
      new Promise((closed) => {
        client.once('disconnected', closed);
        client.close();
      }),
  };
}

/**
 * Ends somebody's session (hex, as `owner` gives it) from outside, as a server does that heard nothing of it for too long: joins
 * it and closes it. Both requests go out at once, or the owner, whom the server disconnects, would be back first. The password
 * is the one a ZooKeeper 3.x server computes from the session id (`ZooKeeperServer.generatePasswd`).
 */
export async function expireSession(server: string, session: string): Promise<void> {
  const id = Buffer.from(session.padStart(16, '0'), 'hex');
  const join = Buffer.alloc(4 + 44);
  join.writeInt32BE(44); // length; then protocol version 0 and last zxid 0
  join.writeInt32BE(10_000, 16); // session timeout
  id.copy(join, 20);
  join.writeInt32BE(16, 28);
  sessionPassword(id).copy(join, 32);
  const close = Buffer.alloc(12);
  close.writeInt32BE(8);
  close.writeInt32BE(1, 4); // xid
  close.writeInt32BE(-11, 8); // closeSession
  const [host, port] = server.split(':');
  await new Promise((resolve, reject) => {
    const socket = dial(Number(port), host, () => socket.write(Buffer.concat([join, close])));
    socket.resume().once('error', reject).once('close', resolve);
  });
}

// 16 bytes of a java.util.Random whose seed is the id and a constant of the server.
function sessionPassword(id: Buffer): Buffer {
  const mask = (1n << 48n) - 1n;
  const multiplier = 0x5deece66dn;
  let seed = (id.readBigInt64BE() ^ 0xb3415c00n ^ multiplier) & mask;
  const password = Buffer.alloc(16);
  for (let offset = 0; offset < 16; offset += 4) {
    seed = (seed * multiplier + 0xbn) & mask;
    password.writeUInt32LE(Number(seed >> 16n), offset);
  }
  return password;
}

type Done<T> = (error: unknown, value?: T) => void;

function call<T>(start: (done: Done<T>) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    start((error, value) => (error ? reject(error) : resolve(value as T)));
  });
}

function is(error: unknown, code: number): boolean {
  return error instanceof zookeeper.Exception && error.getCode() === code;
}

function hex(id: Buffer): string {
  return id.toString('hex').replace(/^0+(?=.)/, '');
}

function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve!: (value: T) => void;
  return { promise: new Promise<T>((settle) => (resolve = settle)), resolve };
}
