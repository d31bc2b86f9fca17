import type { Attachments } from '../invocation/attachments.js';
import type { Method, ServiceId } from '../invocation/method.js';

/** What a handler may know of the call it serves, and what it may send back beside its result. */
export interface CallContext {
  readonly service: ServiceId;
  readonly method: Method;
  /** What the caller sent beside the arguments. */
  readonly attachments: Readonly<Attachments>;
  /** Sent back beside the result. */
  readonly responseAttachments: Attachments;
  /** The caller, `host:port`. */
  readonly remoteAddress: string;
  readonly localAddress: string;
  /** The caller's application name, where it says so. */
  readonly remoteApplication: string | undefined;
  /** Milliseconds since the epoch after which nobody waits for the result; undefined if the caller did not say. */
  readonly deadline: number | undefined;
  /** Nobody waits for the result. */
  readonly oneway: boolean;
  /** Aborted when the caller is gone: its deadline has passed or its connection is closed. */
  readonly signal: AbortSignal;
  /**
   * Runs this method in a worker thread, by the module of its option `worker`; the thread is ended when {@link signal} is
   * aborted. Rejects with what the method throws there, or with an Error if it has no such option.
   */
  runInWorker(args: readonly unknown[]): Promise<unknown>;
}

/** Serves one method. What it returns, or its promise resolves to, is the result; what it throws is the callee's exception. */
export type Handler = (args: readonly unknown[], context: CallContext) => unknown;
