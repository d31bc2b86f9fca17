import type { Cluster } from './cluster.js';
import { failover } from './failover.js';
import type { LoadBalance } from './load-balance.js';
import { random } from './random.js';

/** The built-in strategies by Dubbo's names. */
export const clusters: Readonly<Record<string, Cluster>> = { failover };

/** The built-in balances by Dubbo's names; made anew for each reference, since some keep state. */
export const loadBalances: Readonly<Record<string, () => LoadBalance>> = { random: () => random };
