import type { Attachments } from './attachments.js';
import type { Method, ServiceId } from './method.js';

/**
 * One call on its way: everything callable takes it. A filter may add to the attachments; what it replaces it passes on in
 * a derived invocation, never by changing this one.
 */
export interface Invocation {
  readonly service: ServiceId;
  readonly method: Method;
  readonly args: readonly unknown[];
  /** Owned by this call; filters may add to it. */
  readonly attachments: Attachments;
  /** Milliseconds the caller waits for each attempt, greater than 0. Undefined: as configured (consumer), not told (provider). */
  readonly timeoutMs: number | undefined;
  /** How often the caller lets a failed call be sent again. Undefined: as configured. */
  readonly retries?: number | undefined;
  /** When nobody waits any more, in milliseconds since the epoch: what an outer call has left. Undefined: no such limit. */
  readonly deadline?: number | undefined;
  /** The caller does not wait for an answer; none is sent. */
  readonly oneway: boolean;
  /** Aborted when nobody waits for the result any more. */
  readonly signal?: AbortSignal | undefined;
  /** Per-call data that filters of this process share; never on the wire. */
  readonly context: Map<unknown, unknown>;
}

/** What a call came to: a value, or the callee's own exception. Everything else is a thrown {@link DubboError}. */
export type Result =
  | { readonly ok: true; readonly value: unknown; readonly attachments: Attachments }
  | { readonly ok: false; readonly exception: unknown; readonly attachments: Attachments };

/**
 * Everything callable: a connection to one provider, a cluster of them, a filter around either, a provider's export.
 * Rejects with a {@link DubboError} when the call did not come to a result.
 */
export type Invoker = (invocation: Invocation) => Promise<Result>;

/** Wraps an invoker. Composed once, when the reference or export is made. */
export type Filter = (next: Invoker) => Invoker;

/** Composes filters around an invoker; the first filter is the outermost. */
export function compose(filters: readonly Filter[], innermost: Invoker): Invoker {
  return filters.reduceRight((next, filter) => filter(next), innermost);
}
