import { JavaException } from '@nestjs-dubbo/hessian';
import { classNameOf, throwableText } from './throwable.js';

/** What every Java line, 2.6 to 3.3, gives the caller of a generic call that failed. */
export const GENERIC_EXCEPTION = 'com.alibaba.dubbo.rpc.service.GenericException';

/** An exception as generic callers get it: its class and message as text, since they need not have the class. */
export function genericException(thrown: unknown): JavaException {
  if (thrown instanceof JavaException && thrown.className === GENERIC_EXCEPTION) return thrown;
  const exceptionClass = classNameOf(thrown);
  const exceptionMessage = thrown instanceof Error ? thrown.message : String(thrown);
  return new JavaException(throwableText(thrown), {
    className: GENERIC_EXCEPTION,
    fields: { exceptionClass, exceptionMessage },
  });
}
