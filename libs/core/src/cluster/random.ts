import type { LoadBalance } from './load-balance.js';
import { weightOf } from './weight.js';

/** By chance, in proportion to the weights. */
export const random: LoadBalance = (candidates, { method }) => {
  const now = Date.now();
  const weights = candidates.map(({ record }) => weightOf(record, method.javaName, now));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return candidates[Math.floor(Math.random() * candidates.length)]!;
  let offset = Math.random() * total;
  for (const [i, weight] of weights.entries()) {
    offset -= weight;
    if (offset < 0) return candidates[i]!;
  }
  return candidates.at(-1)!;
};
