import zookeeper from 'node-zookeeper-client';
import { type BareClient, bareClient, type ConnectionEnd, type SessionTicket } from './bare-client.js';
import { OperationError, type Operations } from './operations.js';
import { type ServerAddress, showServer, type ZooKeeperSettings } from './settings.js';

type Callback<T> = (error: Error | zookeeper.Exception | null, value: T) => void;

const maxInFlight = 256;
const closeTimeoutMs = 2_000;
const codes = zookeeper.Exception;
// The types lack these two.
const ACL = zookeeper.ACL as unknown as Record<'CREATOR_ALL_ACL' | 'OPEN_ACL_UNSAFE', zookeeper.ACL[]>;

/**
 * One connection to one server, with a session. Whatever ends it ends all of it, once: a server that is silent for too long, an
 * answer that does not come or cannot be read, the loss of the session.
 */
export class Connection implements Operations {
  /** Resolves when the connection is no more; never rejects. */
  readonly ended: Promise<ConnectionEnd>;
  readonly #bare: BareClient;
  readonly #settings: ZooKeeperSettings;
  readonly #server: string;
  readonly #onWatch: (path: string) => void;
  /** Rejects what is under way; also the measure of it. */
  readonly #pending = new Set<(error: OperationError) => void>();
  /** Wakes what waits for something under way to end. */
  readonly #waiting: (() => void)[] = [];
  #settleEnded!: (end: ConnectionEnd) => void;
  #end: ConnectionEnd | undefined;
  #watchdog: NodeJS.Timeout | undefined;

  /**
   * Connects to a server and gets a session: the one given, else the connection ends as expired; or a new one if none is given.
   * Resolves within `connectTimeoutMs`, with how it ended if there is none. `onWatch` is told the path of each watch that fires.
   */
  static async open(
    server: ServerAddress,
    settings: ZooKeeperSettings,
    ticket: SessionTicket | undefined,
    onWatch: (path: string) => void,
    signal: AbortSignal,
  ): Promise<Connection | ConnectionEnd> {
    const connection = new Connection(server, settings, ticket, onWatch);
    const giveUp = (reason: string) => connection.#finish({ reason, expired: false });
    const abort = () => giveUp('it was closed');
    const timeoutMs = settings.connectTimeoutMs;
    const timer = setTimeout(() => giveUp(`no session within ${timeoutMs} ms`), timeoutMs);
    signal.addEventListener('abort', abort, { once: true });
    try {
      const { client } = connection.#bare;
      const connected = new Promise<undefined>((resolve) => client.once('connected', () => resolve(undefined)));
      client.connect();
      const end = await Promise.race([connected, connection.ended]);
      if (end) return end;
      connection.#watch();
      return connection;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    }
  }

  private constructor(
    server: ServerAddress,
    settings: ZooKeeperSettings,
    ticket: SessionTicket | undefined,
    onWatch: (path: string) => void,
  ) {
    this.#server = showServer(server);
    this.#settings = settings;
    this.#onWatch = onWatch;
    this.ended = new Promise((resolve) => (this.#settleEnded = resolve));
    this.#bare = bareClient(server, settings, ticket, (end) => this.#finish(end));
  }

  get sessionId(): string {
    return hexadecimal(this.#bare.client.getSessionId());
  }

  /** What it takes to go on with this session over another connection. */
  get ticket(): SessionTicket {
    const { client } = this.#bare;
    return { id: client.getSessionId(), password: client.getSessionPassword() };
  }

  /** Ends the session, and with it all its ephemeral nodes; within 2 s. */
  async close(): Promise<void> {
    const closed = { reason: 'it was closed', expired: true };
    if (!this.#end && this.#bare.connected()) {
      const timer = setTimeout(() => this.#finish(closed), closeTimeoutMs);
      this.#bare.client.close();
      await this.ended;
      clearTimeout(timer);
    }
    this.#finish(closed);
  }

  #finish(end: ConnectionEnd): void {
    if (this.#end) return;
    this.#end = end;
    clearTimeout(this.#watchdog);
    this.#bare.destroy();
    const error = this.#lost(end.reason);
    for (const reject of this.#pending) reject(error);
    this.#pending.clear();
    for (const wake of this.#waiting.splice(0)) wake();
    this.#settleEnded(end);
  }

  /**
   * The client pings, but does not care for the answers. So each third of the session we ask something ourselves, and expect the
   * answer within another third.
   */
  #watch(): void {
    if (this.#end) return;
    const { client } = this.#bare;
    const thirdMs = Math.floor(client.getSessionTimeout() / 3);
    this.#watchdog = setTimeout(() => {
      const probe = this.#call<unknown>('a probe', '/', (done) => client.exists('/', done), thirdMs);
      void probe.catch(() => {}).then(() => this.#watch());
    }, thirdMs);
  }

  create(path: string, mode: 'persistent' | 'ephemeral'): Promise<boolean> {
    const { EPHEMERAL, PERSISTENT } = zookeeper.CreateMode;
    return this.#create(this.#full(path), mode === 'ephemeral' ? EPHEMERAL : PERSISTENT);
  }

  async #create(full: string, mode: number, tries = 3): Promise<boolean> {
    const acl = this.#settings.digest ? ACL.CREATOR_ALL_ACL : ACL.OPEN_ACL_UNSAFE;
    try {
      await this.#call('create', full, (done) => this.#bare.client.create(full, Buffer.alloc(0), acl, mode, done));
      return true;
    } catch (error) {
      if (codeOf(error) === codes.NODE_EXISTS) return false;
      if (codeOf(error) !== codes.NO_NODE || tries === 0) throw error;
      await this.#create(full.slice(0, full.lastIndexOf('/')), zookeeper.CreateMode.PERSISTENT);
      return this.#create(full, mode, tries - 1);
    }
  }

  async remove(path: string): Promise<boolean> {
    const full = this.#full(path);
    try {
      await this.#call<void>('remove', full, (done) => this.#bare.client.remove(full, (error) => done(error)));
      return true;
    } catch (error) {
      if (codeOf(error) === codes.NO_NODE) return false;
      throw error;
    }
  }

  async owner(path: string): Promise<string | undefined> {
    const full = this.#full(path);
    const stat = await this.#call<zookeeper.Stat | null>('exists', full, (done) =>
      this.#bare.client.exists(full, this.#watcher, done),
    );
    return stat ? hexadecimal(stat.ephemeralOwner) : undefined;
  }

  async children(path: string): Promise<string[] | undefined> {
    const full = this.#full(path);
    try {
      return await this.#call<string[]>('getChildren', full, (done) =>
        this.#bare.client.getChildren(full, this.#watcher, done),
      );
    } catch (error) {
      if (codeOf(error) === codes.NO_NODE) return undefined;
      throw error;
    }
  }

  #full(path: string): string {
    return `${this.#settings.chroot}${path}`;
  }

  // One function for all paths: so the client keeps one watch for each, however often it is asked for.
  readonly #watcher = (event: zookeeper.Event): void => {
    if (!this.#end) this.#onWatch(event.getPath().slice(this.#settings.chroot.length));
  };

  async #call<T>(
    operation: string,
    path: string,
    start: (done: Callback<T>) => void,
    timeoutMs = this.#settings.operationTimeoutMs,
  ): Promise<T> {
    while (this.#pending.size >= maxInFlight && !this.#end) await new Promise<void>((wake) => this.#waiting.push(wake));
    if (this.#end) throw this.#lost(this.#end.reason);
    return new Promise<T>((resolve, reject) => {
      const fail = (error: OperationError) => {
        clearTimeout(timer);
        reject(error);
      };
      // What arrived while this process was busy is read before the connection is given up.
      const timer = setTimeout(() => {
        setImmediate(() => {
          if (!this.#pending.has(fail)) return;
          this.#finish({ reason: `no answer to ${operation} within ${timeoutMs} ms`, expired: false });
        });
      }, timeoutMs);
      this.#pending.add(fail);
      const done: Callback<T> = (error, value) => {
        if (!this.#pending.delete(fail)) return;
        this.#waiting.shift()?.();
        if (error) return fail(this.#explain(operation, path, error));
        clearTimeout(timer);
        resolve(value);
      };
      try {
        start(done);
      } catch (error) {
        done(error as Error, undefined as T);
      }
    });
  }

  #explain(operation: string, path: string, cause: Error | zookeeper.Exception): OperationError {
    const code = cause instanceof zookeeper.Exception ? cause.getCode() : undefined;
    if (code === codes.SESSION_EXPIRED) {
      this.#finish({ reason: 'the session has expired', expired: true });
      return this.#lost('the session has expired');
    }
    if (code === codes.CONNECTION_LOSS) return this.#lost('it is closing');
    const unknown = this.#bare.unknownError();
    const why = unknown === undefined ? String(cause) : `error ${unknown}`;
    const failure = code === codes.NO_AUTH || code === codes.INVALID_ACL ? 'refused' : 'failed';
    return new OperationError(failure, `ZooKeeper at ${this.#server}: ${operation} ${path}: ${why}`, { cause });
  }

  #lost(reason: string): OperationError {
    return new OperationError('connection-lost', `ZooKeeper at ${this.#server} is lost: ${reason}`);
  }
}

function codeOf(error: unknown): number | undefined {
  const cause = error instanceof OperationError ? error.cause : undefined;
  return cause instanceof zookeeper.Exception ? cause.getCode() : undefined;
}

function hexadecimal(id: Buffer): string {
  return id.toString('hex').replace(/^0+(?=.)/, '');
}
