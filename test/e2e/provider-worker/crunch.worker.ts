import { threadId } from 'node:worker_threads';
import { BigDecimal, workerMethods } from '@nestjs-dubbo/core';
import { Crunch, Parcel, TooHeavy } from './crunch.js';

/** Runs in worker threads. */
export default workerMethods(Crunch, {
  burn(ms) {
    const end = performance.now() + ms;
    let rounds = 0n;
    while (performance.now() < end) rounds++;
    return rounds > 0n ? BigInt(threadId) : 0n;
  },
  turn({ id, price, sentAt, content, counts }) {
    return Object.assign(new Parcel(), {
      id: -id,
      price: BigDecimal.of(`-${String(price)}`),
      sentAt: sentAt && new Date(sentAt.getTime() + 1),
      content: content?.toReversed() ?? null,
      counts: new Map([...counts].map(([name, count]) => [name, count + 1n])),
    });
  },
  weigh(grams) {
    if (grams > 100n) throw Object.assign(new TooHeavy(`${grams} g are too heavy`), { grams });
  },
  stumble() {
    throw new RangeError('over a stone');
  },
});
