import { describe, expect, it, vi } from 'vitest';
import { Deadline, Deadlines } from './deadlines.js';

class Probe extends Deadline {
  constructor(
    readonly log: string[],
    readonly name: string,
  ) {
    super();
  }
  override expire(): void {
    this.log.push(this.name);
  }
}

describe('Deadlines', () => {
  it('expires in the order of the deadlines, never what was removed', async () => {
    const log: string[] = [];
    const deadlines = new Deadlines();
    const removed = new Probe(log, 'removed');
    deadlines.add(new Probe(log, 'late'), 80);
    deadlines.add(removed, 20);
    deadlines.add(new Probe(log, 'early'), 20);
    deadlines.remove(removed);
    deadlines.remove(removed);
    await vi.waitFor(() => expect(log).toEqual(['early', 'late']));
  });

  it('expires nothing early', async () => {
    const startedAt = performance.now();
    const expiredAt = await new Promise<number>((resolve) => {
      class Timed extends Deadline {
        override expire(): void {
          resolve(performance.now());
        }
      }
      new Deadlines().add(new Timed(), 50);
    });
    expect(expiredAt - startedAt).toBeGreaterThanOrEqual(50);
  });

  it('takes any number of different timeouts without keeping their lists', () => {
    const deadlines = new Deadlines();
    for (let i = 1; i <= 1_000; i++) {
      const probe = new Probe([], '');
      deadlines.add(probe, i);
      deadlines.remove(probe);
    }
    expect(deadlines.lists).toBeLessThanOrEqual(64);
  });
});
