import type { Invocation } from './invocation.js';

/** The same call with some of it replaced; unlike a spread it keeps what the invocation makes only when asked for. */
export function derive(invocation: Invocation, changes: Partial<Invocation>): Invocation {
  const { service, method, args, attachments, timeoutMs, retries, deadline, oneway, context } = invocation;
  return {
    service,
    method,
    args,
    attachments,
    timeoutMs,
    retries,
    deadline,
    oneway,
    context,
    get signal() {
      return invocation.signal;
    },
    ...changes,
  };
}
