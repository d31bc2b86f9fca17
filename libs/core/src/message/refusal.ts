import { HessianError } from '@nestjs-dubbo/hessian';
import { Status } from '../wire/status.js';

/** Why a request is answered with a status other than 20. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }

  /** Status 40 with Java's wording; `className` is the exception that Dubbo 3.3 names in the same case. */
  static undecodable(className: string, message: string): Refusal {
    return new Refusal(Status.badRequest, `Fail to decode request due to: ${className}: ${message}`);
  }
}

/** As which refusal the caller sees what went wrong with reading its request. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const className =
    error instanceof HessianError
      ? 'com.alibaba.com.caucho.hessian.io.HessianProtocolException'
      : 'java.io.IOException';
  return Refusal.undecodable(className, error instanceof Error ? error.message : String(error));
}
