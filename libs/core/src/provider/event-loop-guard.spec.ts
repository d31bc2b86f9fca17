import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { EventLoopGuard } from './event-loop-guard.js';

let guard: EventLoopGuard;
afterEach(() => guard.close());

describe('an event loop guard', () => {
  it('finds the event loop late while its turns are long, and in time again after them', async () => {
    guard = new EventLoopGuard(30);
    expect(guard.late).toBe(false);
    const deadline = performance.now() + 10_000;
    while (!guard.late && performance.now() < deadline) {
      const end = performance.now() + 100;
      while (performance.now() < end);
      await setImmediate();
    }
    expect(guard.late).toBe(true);
    expect(guard.delayMs).toBeGreaterThan(30);
    await vi.waitFor(() => expect(guard.late).toBe(false), 10_000);
  });
});
