import { coalesced, DubboError, isDynamic, type Logger, rateLimited, type ServiceRecord } from '@nestjs-dubbo/core';
import { recordPath } from './layout.js';
import { OperationError, type Operations } from './operations.js';
import { Retry } from './retry.js';

/** A record, and whether it should be registered. It stays known until ZooKeeper is as it should be. */
interface Registration {
  readonly record: ServiceRecord;
  readonly path: string;
  wanted: boolean;
  /** Seen in ZooKeeper over the present connection. */
  visible: boolean;
  /** When it was last created, and how often soon after that it was gone again. */
  ensuredAt: number;
  /** Told how it went. */
  readonly waiting: ((error?: DubboError) => void)[];
  /** Makes ZooKeeper so, as far as it can now; never rejects, never overlaps itself. */
  converge(): Promise<void>;
  readonly retry: Retry;
}

const maxPathLength = 900_000;
const settledMs = 5_000;

/**
 * What we want registered, and the way there from whatever ZooKeeper holds: after each connection, each change of a watched node
 * and each failure, the same steps again until they agree.
 */
export class Registrations {
  readonly #byPath = new Map<string, Registration>();
  readonly #root: string;
  readonly #display: string;
  readonly #logger: Logger;
  readonly #warn: (key: string, message: string) => void;
  #operations: Operations | undefined;

  constructor(root: string, display: string, logger: Logger) {
    this.#root = root;
    this.#display = display;
    this.#logger = logger;
    this.#warn = rateLimited((message) => logger.warn(message));
  }

  /** Resolves when the record is visible. */
  register(record: ServiceRecord): Promise<void> {
    const path = recordPath(this.#root, record);
    // A longer request makes the server drop the connection, and with it everything else.
    if (path.length > maxPathLength) {
      return Promise.reject(
        new DubboError('registry', `The URL of ${record.interface} is too long for ZooKeeper (${path.length})`),
      );
    }
    const registration = this.#byPath.get(path) ?? this.#add(record, path);
    if (registration.wanted && registration.visible) return Promise.resolve();
    registration.wanted = true;
    const visible = new Promise<void>((resolve, reject) => {
      registration.waiting.push((error) => (error ? reject(error) : resolve()));
    });
    void registration.converge();
    return visible;
  }

  /** Resolves when the record is gone, or ZooKeeper is away; it is removed when that is back, unless it expired before. */
  async unregister(record: ServiceRecord): Promise<void> {
    const registration = this.#byPath.get(recordPath(this.#root, record));
    if (!registration) return;
    registration.wanted = false;
    registration.retry.reset();
    this.#settle(
      registration,
      new DubboError('registry', `${record.interface} was unregistered before it was visible`),
    );
    await registration.converge();
  }

  connected(operations: Operations): void {
    this.#operations = operations;
    for (const registration of this.#byPath.values()) void registration.converge();
  }

  away(): void {
    this.#operations = undefined;
    for (const registration of this.#byPath.values()) {
      registration.visible = false;
      registration.retry.reset();
    }
  }

  /** Something happened to a node: if it is one of ours, it is looked at. True if so. */
  changed(path: string): boolean {
    const registration = this.#byPath.get(path);
    if (!registration) return false;
    // If somebody insists, we do not race with him.
    if (Date.now() - registration.ensuredAt < settledMs) registration.retry.later();
    else void registration.converge();
    return true;
  }

  /** Nothing is wanted any more; what still waited to be visible rejects. */
  close(): void {
    for (const registration of this.#byPath.values()) {
      registration.retry.stop();
      this.#settle(
        registration,
        new DubboError(
          'registry',
          `The registry ${this.#display} was closed before ${registration.record.interface} was registered`,
        ),
      );
    }
    this.#byPath.clear();
  }

  #add(record: ServiceRecord, path: string): Registration {
    const converge = coalesced(() => this.#converge(registration));
    const registration: Registration = {
      record,
      path,
      wanted: true,
      visible: false,
      ensuredAt: 0,
      waiting: [],
      converge,
      retry: new Retry(() => void converge()),
    };
    this.#byPath.set(path, registration);
    return registration;
  }

  async #converge(registration: Registration): Promise<void> {
    const operations = this.#operations;
    if (!operations || this.#byPath.get(registration.path) !== registration) return;
    const { wanted } = registration;
    try {
      if (wanted) await this.#ensure(operations, registration);
      else await operations.remove(registration.path);
    } catch (error) {
      this.#failed(registration, error);
      return;
    }
    // Changed its mind, or lost the connection, while we were at it: there is another run to come.
    if (wanted !== registration.wanted || operations !== this.#operations) return;
    if (!wanted) {
      registration.retry.stop();
      this.#byPath.delete(registration.path);
      return;
    }
    registration.visible = true;
    this.#settle(registration);
  }

  /** Leaves a node that is ours, and watched. */
  async #ensure(operations: Operations, registration: Registration): Promise<void> {
    const { record, path } = registration;
    const dynamic = isDynamic(record);
    for (let tries = 0; tries < 5; tries++) {
      const created = await operations.create(path, dynamic ? 'ephemeral' : 'persistent');
      if (created) {
        if (Date.now() - registration.ensuredAt >= settledMs) registration.retry.reset();
        registration.ensuredAt = Date.now();
      }
      const owner = await operations.owner(path);
      // Gone meanwhile.
      if (owner === undefined) continue;
      // What somebody wrote to stay may stay, whoever it was.
      if (!dynamic || owner === operations.sessionId) return;
      // Of an earlier session of ours: ZooKeeper will remove it when that expires.
      this.#logger.debug(`${path} belongs to session 0x${owner}, not to ours; replacing it`);
      await operations.remove(path);
    }
    throw new OperationError('failed', `Somebody keeps changing ${path}`);
  }

  #failed(registration: Registration, error: unknown): void {
    // The next connection begins anew.
    if (error instanceof OperationError && error.failure === 'connection-lost') return;
    const { record, wanted, waiting, path } = registration;
    const message = `Cannot ${wanted ? 'register' : 'unregister'} ${record.interface} in ${this.#display}`;
    const why = error instanceof Error ? error.message : String(error);
    if (error instanceof OperationError && error.failure === 'refused' && waiting.length > 0) {
      this.#byPath.delete(path);
      this.#settle(
        registration,
        new DubboError('registry', `${message}: ${why}. Has it other credentials?`, { cause: error }),
      );
      return;
    }
    this.#warn(path, `${message}: ${why}; trying again`);
    registration.retry.later();
  }

  #settle(registration: Registration, error?: DubboError): void {
    for (const tell of registration.waiting.splice(0)) tell(error);
  }
}
