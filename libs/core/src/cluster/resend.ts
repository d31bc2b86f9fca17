import type { DubboError } from '../invocation/dubbo-error.js';

/**
 * Whether a failed call may be sent again. Java sends everything again but business exceptions, so that a call may run
 * twice; we do only if it cannot have run, or the method says that it may run twice.
 */
export function maySendAgain(error: DubboError, idempotent: boolean, compat: 'java' | undefined): boolean {
  if (error.code === 'timeout-terminate') return false;
  if (compat === 'java') return error.code !== 'biz';
  if (error.unsent || error.refused) return error.code !== 'serialization';
  return idempotent && (error.code === 'timeout' || error.code === 'network');
}
