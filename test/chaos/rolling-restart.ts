import { type ProviderProcess, until } from './peers.js';

/** What a rolling restart needs to know of its providers. */
export type Restartable = Pick<ProviderProcess, 'shutDown' | 'kill'>;

/**
 * Restarts two providers gracefully in turn, as a deploy does: the next one only when the one before takes calls again.
 * `providers` always holds those that run.
 */
export async function restartInTurn<T extends Restartable>(
  providers: [T, T],
  times: number,
  start: () => Promise<T>,
  takesCalls: (provider: T) => Promise<boolean>,
): Promise<void> {
  for (let i = 0; i < times * providers.length; i++) {
    const index = i % providers.length;
    await providers[index]!.shutDown();
    const next = (providers[index] = await start());
    await until('the new provider takes calls', () => takesCalls(next), Boolean, 30_000);
  }
}
