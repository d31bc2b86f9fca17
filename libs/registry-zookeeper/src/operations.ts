/**
 * Why an operation did not succeed: `connection-lost`: unanswered, it may have been done or not; `refused`: we may not do it;
 * `failed`: the server says no.
 */
export type OperationFailure = 'connection-lost' | 'refused' | 'failed';

export class OperationError extends Error {
  override readonly name = 'OperationError';

  constructor(
    readonly failure: OperationFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * What a registry does with ZooKeeper, over one connection; when that is lost, all of it rejects with an `OperationError`. Paths
 * are absolute, below the chroot if there is one. Each operation may be repeated. A watch lasts until it fires or the
 * connection is lost; there is one per path, however often it is asked for.
 */
export interface Operations {
  /** The session, in hexadecimal; the owner of the ephemeral nodes we create. */
  readonly sessionId: string;
  /** Creates a node, and as persistent nodes the missing ones above it, level by level. False if it is there already. */
  create(path: string, mode: 'persistent' | 'ephemeral'): Promise<boolean>;
  /** Removes a node without children. False if it is not there. */
  remove(path: string): Promise<boolean>;
  /** The session that holds a node, `0` for a persistent node, undefined if there is none. Watches it, or for it. */
  owner(path: string): Promise<string | undefined>;
  /** The names below a node, undefined if there is no such node. Watches them if there is. */
  children(path: string): Promise<string[] | undefined>;
}
