import { describe, expect, it } from 'vitest';
import { coalesced } from './coalesced.js';

describe('a coalesced task', () => {
  function controlled() {
    const runs: { finish(): void; fail(error: Error): void }[] = [];
    const call = coalesced(() => new Promise<void>((finish, fail) => runs.push({ finish, fail })));
    return { runs, call };
  }

  it('runs once more after the run under way, however often it was called', async () => {
    const { runs, call } = controlled();
    const first = call();
    const second = call();
    expect(call()).toBe(second);
    expect(runs).toHaveLength(1);
    runs[0]!.finish();
    await first;
    await Promise.resolve();
    expect(runs).toHaveLength(2);
    runs[1]!.finish();
    await second;
    void call();
    expect(runs).toHaveLength(3);
  });

  it('fails the calls of the run that failed, and runs on', async () => {
    const { runs, call } = controlled();
    const first = call();
    const second = call();
    runs[0]!.fail(new Error('no'));
    await expect(first).rejects.toThrow('no');
    runs[1]!.finish();
    await second;
  });
});
