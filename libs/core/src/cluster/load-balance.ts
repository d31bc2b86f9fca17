import type { Invocation } from '../invocation/invocation.js';
import type { Candidate } from './candidate.js';

/** Chooses one of at least one candidates; synchronous, called for each attempt. */
export type LoadBalance = (candidates: readonly Candidate[], invocation: Invocation) => Candidate;
