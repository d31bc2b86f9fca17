import { LONGEST_TIMER_MS } from './longest-timer.js';

/** How long to wait for something. */
export interface Patience {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What `promise` gives, if it settles within `timeoutMs` and before `signal` is aborted; else what `otherwise` returns or
 * throws. Leaves neither timer nor listener behind; what the promise gives later is dropped.
 */
export async function within<T, U>(
  promise: Promise<T>,
  { timeoutMs, signal }: Patience,
  otherwise: (why: 'late' | 'aborted') => U,
): Promise<T | U> {
  if (signal?.aborted) {
    promise.catch(() => {});
    return otherwise('aborted');
  }
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  const over = new Promise<'late' | 'aborted'>((resolve) => {
    timer = setTimeout(() => resolve('late'), Math.min(Math.max(0, timeoutMs), LONGEST_TIMER_MS));
    signal?.addEventListener('abort', (onAbort = () => resolve('aborted')), { once: true });
  });
  try {
    const first = await Promise.race([promise.then((value) => ({ value })), over]);
    return typeof first === 'string' ? otherwise(first) : first.value;
  } finally {
    clearTimeout(timer);
    if (onAbort) signal?.removeEventListener('abort', onAbort);
  }
}
