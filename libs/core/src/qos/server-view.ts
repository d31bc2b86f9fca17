import type { Connection } from '../exchange/connection.js';
import type { Result } from '../invocation/invocation.js';
import type { ServiceId } from '../invocation/method.js';
import type { Contract, ContractMethod } from '../contract/contract.js';
import type { CallWatch } from './call-watch.js';

/** Where a service is announced. */
export interface RegistrationView {
  /** The registry's address. */
  readonly registry: string;
  /** Others can see it. */
  readonly visible: boolean;
}

/** One provided service, as operators see it. */
export interface ServiceView {
  readonly id: ServiceId;
  /** The service key. */
  readonly key: string;
  readonly contract: Contract;
  /** Empty if it is not to be registered. */
  readonly registrations: readonly RegistrationView[];
  /** Calls a method through the service's filters, as a call that came on `caller`. */
  invoke(method: ContractMethod, args: readonly unknown[], caller: Connection): Promise<Result>;
}

/** What commands may see and do of a server. */
export interface ServerView {
  /** Known once the server listens. */
  readonly address: { readonly host: string; readonly port: number };
  readonly phase: 'starting' | 'started' | 'closing';
  readonly services: readonly ServiceView[];
  readonly connections: Iterable<Connection>;
  readonly watch: CallWatch;
  /** Announces these services where they are not. */
  online(services: readonly ServiceView[]): Promise<void>;
  /** Takes these services back from the registries; whoever knows the address is served all the same. */
  offline(services: readonly ServiceView[]): Promise<void>;
}
