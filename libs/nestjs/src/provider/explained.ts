import { inspect } from 'node:util';
import { HttpException } from '@nestjs/common';

/**
 * What was thrown as an Error whose message tells all there is: only class and message travel. An HttpException says in
 * its response what its message does not (a validation pipe lists what is wrong), and Nest's own RPC filter throws plain
 * objects. Any other Error is given back as it is.
 */
export function explained(thrown: unknown): unknown {
  if (thrown instanceof HttpException) return explainedHttp(thrown);
  if (thrown instanceof Error || typeof thrown !== 'object' || thrown === null) return thrown;
  const { message } = thrown as { readonly message?: unknown };
  return new Error(typeof message === 'string' ? message : inspect(thrown), { cause: thrown });
}

function explainedHttp(exception: HttpException): Error {
  const response = exception.getResponse() as string | { readonly message?: unknown };
  const told = typeof response === 'string' ? response : response.message;
  const details = [told]
    .flat()
    .filter((part): part is string => typeof part === 'string' && part !== exception.message);
  if (details.length === 0) return exception;
  const message = `${exception.message}: ${details.join('; ')}`;
  return Object.assign(new Error(message, { cause: exception }), { name: exception.name, stack: exception.stack });
}
