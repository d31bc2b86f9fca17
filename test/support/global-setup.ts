import { randomUUID } from 'node:crypto';
import { runMark, survivors } from './processes.js';

/** Marks the run, and fails it if a program it started is alive 5 s after its last test. */
export function setup(): () => Promise<void> {
  process.env[runMark] = randomUUID();
  return async () => {
    const deadline = Date.now() + 5_000;
    let alive = await survivors();
    while (alive.length > 0 && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      alive = await survivors();
    }
    if (alive.length > 0) throw new Error(`This test run left processes behind:\n${alive.join('\n')}`);
  };
}
