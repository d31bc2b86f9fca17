import type { Invocation } from '../invocation/invocation.js';
import type { Candidate } from './candidate.js';
import type { LoadBalance } from './load-balance.js';

/**
 * Picks where one attempt goes: an available provider not tried yet, else an available one, else any. With every provider
 * down the call still goes to one of them, so that its error says what is wrong there.
 * @param candidates at least one
 */
export function select(
  candidates: readonly Candidate[],
  tried: ReadonlySet<Candidate>,
  balance: LoadBalance,
  invocation: Invocation,
): Candidate {
  if (candidates.length === 1) return candidates[0]!;
  const picked = balance(candidates, invocation);
  if (picked.available && !tried.has(picked)) return picked;
  const available = candidates.filter((candidate) => candidate.available);
  const fresh = available.filter((candidate) => !tried.has(candidate));
  if (fresh.length > 0) return balance(fresh, invocation);
  if (available.length > 0) return balance(available, invocation);
  const untried = candidates.filter((candidate) => !tried.has(candidate));
  return untried.length > 0 ? balance(untried, invocation) : picked;
}
