import { describe, expect, it } from 'vitest';
import { ArrivalQueue } from './arrival-queue.js';

describe('an arrival queue', () => {
  it('gives items back in the order they came', () => {
    const queue = new ArrivalQueue<number>();
    expect(queue.shift()).toBeUndefined();
    queue.push(1);
    queue.push(2);
    expect(queue.shift()).toBe(1);
    queue.push(3);
    expect([queue.size, queue.shift(), queue.shift(), queue.shift(), queue.size]).toEqual([2, 2, 3, undefined, 0]);
  });

  it('keeps order and size over many items that come and go', () => {
    const queue = new ArrivalQueue<number>();
    const taken: (number | undefined)[] = [];
    for (let i = 0; i < 20_000; i++) {
      queue.push(i);
      if (i % 3 !== 0) taken.push(queue.shift());
    }
    expect(queue.size).toBe(20_000 - taken.length);
    while (queue.size > 0) taken.push(queue.shift());
    expect(taken).toEqual(Array.from({ length: 20_000 }, (_, i) => i));
  });

  it('gives up what is beyond a number', () => {
    const queue = new ArrivalQueue<number>();
    for (let i = 0; i < 5; i++) queue.push(i);
    queue.shift();
    expect(queue.beyond(4)).toEqual([]);
    expect(queue.beyond(1)).toEqual([2, 3, 4]);
    expect([queue.shift(), queue.size, queue.beyond(0)]).toEqual([1, 0, []]);
  });

  it('drops what fits, from among what waits', () => {
    const queue = new ArrivalQueue<number>();
    for (let i = 0; i < 10; i++) queue.push(i);
    queue.shift();
    queue.drop((item) => item % 2 === 0);
    expect([queue.size, queue.shift(), queue.shift()]).toEqual([5, 1, 3]);
    queue.clear();
    expect([queue.size, queue.shift()]).toEqual([0, undefined]);
  });
});
