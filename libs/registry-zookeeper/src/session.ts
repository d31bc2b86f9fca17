import { type Logger, rateLimited } from '@nestjs-dubbo/core';
import type { ConnectionEnd, SessionTicket } from './bare-client.js';
import { Connection } from './connection.js';
import type { Operations } from './operations.js';
import { type ServerAddress, showServer, type ZooKeeperSettings } from './settings.js';

/** Told what becomes of a session. Nothing is told after `close`. */
export interface SessionListener {
  /** There is a connection, the first or another. No watch is left of the one before, and perhaps no node: everything is to be done, or looked at, again. */
  connected(operations: Operations): void;
  /** There is no connection: it was lost, and what was under way rejects; or it could not be had, told after each attempt. */
  away(): void;
  /** Something happened to a path that was watched; read it again. */
  changed(path: string): void;
}

const firstDelayMs = 100;
const maxDelayMs = 2_000;
/** A connection that lasted so long makes earlier failures forgotten. */
const stableMs = 5_000;

/**
 * Keeps a session with ZooKeeper: one connection after the other, each of them an object of its own, for as long as it takes.
 * The session is taken up again over the next connection while the server knows it; else the next one begins a new session.
 */
export class Session {
  readonly #settings: ZooKeeperSettings;
  readonly #logger: Logger;
  readonly #listener: SessionListener;
  readonly #warn: (key: string, message: string) => void;
  readonly #abort = new AbortController();
  readonly #running: Promise<void>;
  #connection: Connection | undefined;

  /** Begins to connect. */
  constructor(settings: ZooKeeperSettings, logger: Logger, listener: SessionListener) {
    this.#settings = settings;
    this.#logger = logger;
    this.#listener = listener;
    this.#warn = rateLimited((message) => logger.warn(message));
    this.#running = this.#run();
  }

  /** Idempotent. Ends the session, so that what it created is gone at once if the server can be reached. */
  async close(): Promise<void> {
    this.#abort.abort();
    await this.#connection?.close();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#abort;
    const servers = shuffled(this.#settings.servers);
    let ticket: SessionTicket | undefined;
    for (let failures = 0; !signal.aborted;) {
      const server = servers[failures % servers.length]!;
      const name = showServer(server);
      const opened = await Connection.open(server, this.#settings, ticket, (path) => this.#changed(path), signal);
      let end: ConnectionEnd;
      if (opened instanceof Connection) {
        const since = Date.now();
        const session = ticket ? 'the same session' : 'a new session';
        ticket = opened.ticket;
        this.#logger.info(`Connected to ZooKeeper at ${name}, ${session} (0x${opened.sessionId})`);
        end = await this.#serve(opened);
        if (Date.now() - since >= stableMs) failures = 0;
      } else {
        end = opened;
      }
      if (signal.aborted) return;
      this.#listener.away();
      if (end.expired && ticket) {
        ticket = undefined;
        this.#logger.warn(`The session with ZooKeeper has expired, says ${name}; beginning a new one`);
        continue;
      }
      this.#warn(name, `ZooKeeper at ${name} is away (${end.reason}); trying again`);
      failures++;
      // All servers are tried at once, before anybody waits.
      if (failures % servers.length === 0) await pause(jittered(failures / servers.length), signal);
    }
  }

  async #serve(connection: Connection): Promise<ConnectionEnd> {
    if (this.#abort.signal.aborted) {
      await connection.close();
    } else {
      this.#connection = connection;
      this.#listener.connected(connection);
    }
    const end = await connection.ended;
    this.#connection = undefined;
    return end;
  }

  #changed(path: string): void {
    if (!this.#abort.signal.aborted) this.#listener.changed(path);
  }
}

/** 100 ms doubled with each round, at most 2 s, a random half of it off: a crowd of clients must not come back as one. */
function jittered(round: number): number {
  return Math.min(maxDelayMs, firstDelayMs * 2 ** (round - 1)) * (0.5 + Math.random() / 2);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, ms);
    signal.addEventListener('abort', finish, { once: true });
  });
}

function shuffled(servers: readonly ServerAddress[]): ServerAddress[] {
  return servers
    .map((server) => ({ server, order: Math.random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ server }) => server);
}
