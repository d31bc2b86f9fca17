import { DubboError } from '../invocation/dubbo-error.js';
import type { Invocation } from '../invocation/invocation.js';
import { serviceKey, type ServiceId } from '../invocation/method.js';
import type { Directory } from './directory.js';

/** There is nobody to call; wording of Dubbo 3.3 followed by the explanation. */
export function noProvider({ service, method }: Invocation, directory: Directory): DubboError {
  return new DubboError(
    'no-invoker',
    `Failed to invoke the method ${method.javaName} in the service ${service.interface}. No provider available for the ` +
      `service ${serviceKey(service)} from registry ${directory.source} using the dubbo version 2.0.2. ` +
      `Please check if the providers have been started and registered. ${directory.explain()}`,
    { service: serviceKey(service), method: method.javaName, unsent: true },
  );
}

/** The check at startup found nobody; wording of Dubbo 3.3's ReferenceConfig followed by the explanation. */
export function noProviderAtStart(service: ServiceId, directory: Directory, { errors }: AggregateError): DubboError {
  const key = serviceKey(service);
  const unreachable = (errors as Error[]).map(({ message }) => `${message}. `).join('');
  return new DubboError(
    'no-invoker',
    `Failed to check the status of the service ${service.interface}. No provider available for the service ${key} from ` +
      `${directory.source} use dubbo version 2.0.2. ${directory.explain()} ${unreachable}Start a provider first, or set check: false.`,
    { service: key, unsent: true },
  );
}
