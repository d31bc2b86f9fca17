import type { DubboErrorCode } from '../invocation/dubbo-error.js';

/** The status byte of a response (source: org.apache.dubbo.remoting.exchange.Response). */
export const Status = {
  ok: 20,
  serializationError: 25,
  clientTimeout: 30,
  serverTimeout: 31,
  channelInactive: 35,
  badRequest: 40,
  badResponse: 50,
  serviceNotFound: 60,
  serviceError: 70,
  serverError: 80,
  clientError: 90,
  threadPoolExhausted: 100,
} as const;

export type Status = (typeof Status)[keyof typeof Status];

/** What a status other than 20 means to the caller; as in Java, all but timeouts and 25 are network errors. */
export function codeOfStatus(status: number): DubboErrorCode {
  switch (status) {
    case Status.serializationError:
      return 'serialization';
    case Status.clientTimeout:
    case Status.serverTimeout:
      return 'timeout';
    default:
      return 'network';
  }
}
