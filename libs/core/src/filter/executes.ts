import { DubboError } from '../invocation/dubbo-error.js';
import type { Filter } from '../invocation/invocation.js';
import { serviceKey, type Method } from '../invocation/method.js';

/**
 * Provider: refuses calls of a method while `limitOf(method)` of them run (source: org.apache.dubbo ExecuteLimitFilter).
 * The refusal reaches the caller as status 70.
 */
export function executes(limitOf: (method: Method) => number | undefined): Filter {
  return (next) => {
    const running = new Map<Method, number>();
    return async (invocation) => {
      const { method, service } = invocation;
      const limit = limitOf(method);
      if (limit === undefined || limit <= 0) return next(invocation);
      const active = running.get(method) ?? 0;
      if (active >= limit) {
        const message =
          `Failed to invoke method ${method.javaName} in provider ${serviceKey(service)}, cause: ` +
          `The service using threads greater than <dubbo:service executes="${limit}" /> limited.`;
        throw new DubboError('limit-exceeded', message, { service: serviceKey(service), method: method.javaName });
      }
      running.set(method, active + 1);
      try {
        return await next(invocation);
      } finally {
        running.set(method, running.get(method)! - 1);
      }
    };
  };
}
