import { existsSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Piscina } from 'piscina';
import type { ContractMethod } from '../contract/contract.js';
import type { Logger } from '../invocation/logger.js';
import { taskOf, valueOf, type WorkerResult } from './worker-methods.js';

/** How long a thread may have nothing to do before it ends, in milliseconds. */
const IDLE_MS = 60_000;

/**
 * The worker threads of a server: one from the start, more when they are needed, up to what piscina takes for right on
 * this machine. It owns them until {@link close}.
 */
export class WorkerPool {
  readonly #logger: Logger;
  #pool: Promise<Piscina> | undefined;
  #needed = false;
  #closed = false;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /**
   * Notes that a module will be run, and gives its path. Throws a TypeError naming `where` if `worker` is neither a file
   * URL nor an absolute path, or if there is no such file.
   */
  module(worker: URL | string, where: string): string {
    this.#needed = true;
    return modulePath(worker, where);
  }

  /** Loads piscina, if there is a module to run. Throws an Error that says what to install if it is not there. */
  async open(): Promise<void> {
    if (this.#needed) await (this.#pool ??= this.#load());
  }

  /**
   * Runs a method in a thread. Rejects with what it throws there, or with an AbortError when the signal is aborted: a
   * thread that runs it then is ended, since nothing else stops a loop.
   */
  async run(file: string, method: ContractMethod, args: readonly unknown[], signal: AbortSignal): Promise<unknown> {
    if (this.#closed) throw new Error('This server is closed');
    const pool = await (this.#pool ??= this.#load());
    const task = taskOf(method, args);
    const options = { filename: file, name: 'default', signal, transferList: [task.args.buffer as ArrayBuffer] };
    return valueOf((await pool.run(task, options)) as WorkerResult, method);
  }

  /** Ends all threads. Idempotent. */
  async close(): Promise<void> {
    this.#closed = true;
    const pool = await this.#pool?.catch(() => undefined);
    await pool?.destroy();
  }

  async #load(): Promise<Piscina> {
    const { Piscina } = await import('piscina').catch((cause: unknown) => {
      const message =
        "Methods with the option worker need the package piscina, which is not there: 'npm install piscina'";
      throw new Error(message, { cause });
    });
    // One thread at least: piscina makes no new one for a waiting task when an abort has ended the last. Without atomics a
    // thread stays alive to its own timers and sockets between two tasks.
    const pool = new Piscina({ minThreads: 1, idleTimeout: IDLE_MS, atomics: 'disabled' });
    pool.on('error', (error: Error) => this.#logger.error(`A worker thread failed: ${error.message}`, error));
    return pool;
  }
}

function modulePath(worker: unknown, where: string): string {
  const path = worker instanceof URL || isFileUrl(worker) ? fileURLToPath(worker) : worker;
  if (typeof path !== 'string' || !isAbsolute(path)) {
    throw new TypeError(
      `The option worker of ${where} is ${String(worker)}; allowed: the file URL or absolute path of a module that ` +
        `exports workerMethods(…) by default: a worker thread has nothing of this process`,
    );
  }
  if (!existsSync(path)) throw new TypeError(`The worker module of ${where} does not exist: ${path}`);
  return path;
}

function isFileUrl(worker: unknown): worker is string {
  return typeof worker === 'string' && worker.startsWith('file:');
}
