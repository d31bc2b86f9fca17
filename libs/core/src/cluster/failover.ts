import { DubboError } from '../invocation/dubbo-error.js';
import type { Invocation, Invoker, Result } from '../invocation/invocation.js';
import { serviceKey } from '../invocation/method.js';
import type { Candidate } from './candidate.js';
import type { ClusterContext } from './cluster.js';
import { noProvider } from './no-provider.js';
import { maySendAgain } from './resend.js';
import { select } from './select.js';

/** Sends a failed call again, to providers not tried yet first, as long as that is safe and `retries` allow. */
export function failover(context: ClusterContext): Invoker {
  const { directory, balance, logger } = context;

  return async (invocation: Invocation): Promise<Result> => {
    const attempts = Math.max(1, (invocation.retries ?? context.retries(invocation.method)) + 1);
    const tried = new Set<Candidate>();
    const addresses: string[] = [];
    for (let attempt = 1; ; attempt++) {
      // Read anew each time: a provider may have come or gone since the last attempt.
      const { candidates } = directory;
      if (candidates.length === 0) throw noProvider(invocation, directory);
      const candidate = select(candidates, tried, balance, invocation);
      tried.add(candidate);
      addresses.push(candidate.address);
      try {
        const result = await candidate.invoke(invocation);
        if (attempt > 1) logger.warn(recovered(invocation, candidate, addresses));
        return result;
      } catch (error) {
        const failure = toDubboError(error);
        const again = attempt < attempts && !invocation.signal?.aborted;
        if (again && maySendAgain(failure, context.idempotent(invocation.method), context.compat)) continue;
        throw exhausted(invocation, failure, addresses, context);
      }
    }
  };
}

function toDubboError(error: unknown): DubboError {
  if (error instanceof DubboError) return error;
  return new DubboError('unknown', error instanceof Error ? error.message : String(error), { cause: error });
}

/** Wording of Dubbo 3.3's FailoverClusterInvoker. */
function exhausted(
  { service, method }: Invocation,
  last: DubboError,
  addresses: readonly string[],
  { directory }: ClusterContext,
): DubboError {
  const distinct = [...new Set(addresses)];
  const message =
    `Failed to invoke the method ${method.javaName} in the service ${service.interface}. ` +
    `Tried ${addresses.length} times of the providers [${distinct.join(', ')}] ` +
    `(${distinct.length}/${directory.candidates.length}) from the registry ${directory.source} ` +
    `using the dubbo version 2.0.2. Last error is: ${last.message}`;
  const { unsent, refused, address } = last;
  const place = { service: serviceKey(service), method: method.javaName, address, unsent, refused };
  return new DubboError(last.code, message, { ...place, cause: last });
}

function recovered({ method, service }: Invocation, candidate: Candidate, addresses: readonly string[]): string {
  const failed = [...new Set(addresses.slice(0, -1))].join(', ');
  return (
    `Although retry the method ${method.javaName} in the service ${service.interface} was successful by the provider ` +
    `${candidate.address}, but there have been failed providers [${failed}].`
  );
}
