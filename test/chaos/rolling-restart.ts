import type { ProviderProcess } from './peers.js';

/** What a rolling restart needs to know of its providers. */
export type Restartable = Pick<ProviderProcess, 'shutDown' | 'kill'>;

/**
 * Restarts two providers gracefully in turn, as a deploy does: the next one only when the one before has `settled`.
 * `providers` always holds those that run.
 */
export async function restartInTurn<T extends Restartable>(
  providers: [T, T],
  times: number,
  start: () => Promise<T>,
  settled: (provider: T) => Promise<unknown>,
): Promise<void> {
  for (let i = 0; i < times * providers.length; i++) {
    const index = i % providers.length;
    await providers[index]!.shutDown();
    const next = (providers[index] = await start());
    await settled(next);
  }
}
