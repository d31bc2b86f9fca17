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
