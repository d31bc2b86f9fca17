import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { BaseExceptionFilter, type HttpAdapterHost } from '@nestjs/core';
import { throwError, type Observable } from 'rxjs';
import { DubboContext } from './dubbo.context.js';

/**
 * The filter of last resort: what no filter of the user caught reaches the caller as it was thrown, where Nest's own last
 * resort would replace it by "Internal server error". It stands first among the global filters, which is last in turn;
 * what belongs to HTTP or another transport is left to Nest.
 */
@Catch()
export class DubboExceptionFilter implements ExceptionFilter {
  readonly #adapterHost: HttpAdapterHost;
  #http: BaseExceptionFilter | undefined;

  constructor(adapterHost: HttpAdapterHost) {
    this.#adapterHost = adapterHost;
  }

  catch(exception: unknown, host: ArgumentsHost): Observable<never> | undefined {
    if (host.getType() === 'http') {
      // A global HTTP filter cannot pass on, so it does what Nest would do without it.
      this.#http ??= new BaseExceptionFilter(this.#adapterHost.httpAdapter);
      this.#http.catch(exception, host);
    } else if (host.getArgByIndex(1) instanceof DubboContext) {
      return throwError(() => explained(exception));
    }
    return undefined;
  }
}

/**
 * An HttpException says in its response what its message does not (a validation pipe lists what is wrong); only messages
 * travel, so the message must tell it. Anything else is left as it is.
 */
export function explained(exception: unknown): unknown {
  if (!(exception instanceof HttpException)) return exception;
  const response = exception.getResponse() as string | { readonly message?: unknown };
  const told = typeof response === 'string' ? response : response.message;
  const details = [told]
    .flat()
    .filter((part): part is string => typeof part === 'string' && part !== exception.message);
  if (details.length === 0) return exception;
  const message = `${exception.message}: ${details.join('; ')}`;
  return Object.assign(new Error(message, { cause: exception }), { name: exception.name, stack: exception.stack });
}
