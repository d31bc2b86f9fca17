import type { Invoker } from '../invocation/invocation.js';
import type { ServiceRecord } from '../registry/service-record.js';

/** One provider that a call may go to. */
export interface Candidate {
  /** `host:port`. */
  readonly address: string;
  readonly record: ServiceRecord;
  /** False only if it is known that a call would not be served there. */
  readonly available: boolean;
  readonly invoke: Invoker;
  /** Connects, without a call. Rejects with a DubboError if it cannot within `timeoutMs`. */
  open(timeoutMs: number): Promise<void>;
  /** Gives its share of the connection back. */
  close(): void;
}

/** Makes a candidate of what a registry or a `url` names; it connects on first use. */
export type CandidateFactory = (record: ServiceRecord) => Candidate;
