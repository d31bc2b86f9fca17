import { describe, expect, it } from 'vitest';
import { serviceRecord } from '../registry/service-record.js';
import type { Candidate } from './candidate.js';
import { random } from './random.js';

const invocation = { method: { name: 'm', javaName: 'm', descriptor: '' } } as Parameters<typeof random>[1];

function candidates(...weights: number[]): Candidate[] {
  return weights.map((weight, i) => ({
    address: `h:${i}`,
    record: serviceRecord({ protocol: 'dubbo', host: 'h', port: i, path: 'S', parameters: { weight: String(weight) } }),
    available: true,
    open: () => Promise.resolve(),
    invoke: () => Promise.reject(new Error('not called')),
    close() {},
  }));
}

describe('random', () => {
  it('spreads calls in proportion to the weights', () => {
    const list = candidates(1, 3, 0, 6);
    const hits = new Map<string, number>(list.map(({ address }) => [address, 0]));
    const total = 20_000;
    for (let i = 0; i < total; i++) {
      const { address } = random(list, invocation);
      hits.set(address, hits.get(address)! + 1);
    }
    // Six standard deviations: fails once in 500 million runs.
    const expected = [0.1, 0.3, 0, 0.6];
    [...hits.values()].forEach((count, i) => {
      const p = expected[i]!;
      expect(Math.abs(count - p * total)).toBeLessThanOrEqual(6 * Math.sqrt(total * p * (1 - p)));
    });
  });

  it('picks one all the same when nobody has any weight', () => {
    expect(candidates(0, 0).map(({ address }) => address)).toContain(random(candidates(0, 0), invocation).address);
  });
});
