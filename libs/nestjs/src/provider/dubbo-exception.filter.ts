import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
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
      return throwError(() => exception);
    }
    return undefined;
  }
}
