import type { Invoker } from '../invocation/invocation.js';
import type { Logger } from '../invocation/logger.js';
import type { Method, ServiceId } from '../invocation/method.js';
import type { Directory } from './directory.js';
import type { LoadBalance } from './load-balance.js';

/** What a cluster strategy works with. */
export interface ClusterContext {
  readonly service: ServiceId;
  readonly directory: Directory;
  readonly balance: LoadBalance;
  readonly logger: Logger;
  /** How often a call of `method` may be sent again. */
  readonly retries: (method: Method) => number;
  /** A call of `method` may run twice without harm. */
  readonly idempotent: (method: Method) => boolean;
  /** Send again what Java would, also where the call may have run. */
  readonly compat: 'java' | undefined;
}

/** Turns many providers into one invoker. */
export type Cluster = (context: ClusterContext) => Invoker;
