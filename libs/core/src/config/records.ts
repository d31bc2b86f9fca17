import { callbackParameters } from '../contract/callback-parameters.js';
import type { Contract } from '../contract/contract.js';
import type { ServiceId } from '../invocation/method.js';
import { serviceRecord, type ServiceRecord } from '../registry/service-record.js';
import type { ApplicationOptions, ProviderOptions, ServiceOptions, SharedCallOptions } from './options.js';

/** Our own release, as other consumers may see it; the name keeps them from taking it for one of Java's. */
const RELEASE = 'nestjs-dubbo-0.1.0';

/** Options that a provider publishes, by the names that Java reads. */
const published: readonly (keyof SharedCallOptions)[] = ['timeout', 'retries', 'idempotent', 'cluster', 'loadbalance'];

export interface ProviderRecordParts {
  readonly application: ApplicationOptions;
  readonly contract: Contract;
  readonly id: ServiceId;
  readonly service: ServiceOptions;
  readonly provider: ProviderOptions;
  readonly host: string;
  readonly port: number;
  readonly startedAt: number;
  /** Largest request body in bytes, where it is not Dubbo's default. */
  readonly payload?: number | undefined;
  /** How often clients are expected to say something, in milliseconds, where it is not Dubbo's default. */
  readonly heartbeat?: number | undefined;
}

/** What a provider registers: the parameters that Dubbo 3 writes, and the options that its consumers take as defaults. */
export function providerRecord(parts: ProviderRecordParts): ServiceRecord {
  const { application, contract, id, service, provider } = parts;
  const methods = [...new Set([...contract.methods.values()].map(({ javaName }) => javaName))].sort();
  const parameters: Record<string, string> = {
    ...applicationParameters(application),
    ...identity(id),
    deprecated: 'false',
    dynamic: 'true',
    generic: 'false',
    methods: methods.join(','),
    'prefer.serialization': 'hessian2',
    side: 'provider',
    timestamp: String(parts.startedAt),
    ...callParameters(provider, 'default.'),
    ...callParameters(provider, ''),
    ...callParameters(service, ''),
  };
  if (id.version) parameters['revision'] = id.version;
  const weight = service.weight ?? provider.weight;
  if (weight !== undefined) parameters['weight'] = String(weight);
  if (parts.payload !== undefined) parameters['payload'] = String(parts.payload);
  if (parts.heartbeat !== undefined) parameters['heartbeat'] = String(parts.heartbeat);
  const callbacks = service.callbacks ?? provider.callbacks;
  if (callbacks !== undefined) parameters['callbacks'] = String(callbacks);
  for (const method of contract.methods.values()) {
    // Java consumers look here, not at their interface.
    for (const { index, release } of callbackParameters(method)) {
      parameters[`${method.javaName}.${index}.callback`] = String(!release);
    }
  }
  for (const [name, options] of Object.entries(service.methods ?? {})) {
    Object.assign(parameters, callParameters(options, `${contract.methods.get(name)?.javaName ?? name}.`));
  }
  return serviceRecord({ protocol: 'dubbo', host: parts.host, port: parts.port, path: id.interface, parameters });
}

export interface ConsumerRecordParts {
  readonly application: ApplicationOptions;
  readonly contract: Contract;
  readonly id: ServiceId;
  readonly host: string;
  readonly startedAt: number;
}

/** What a consumer registers, so that consoles show who uses a service. */
export function consumerRecord({ application, contract, id, host, startedAt }: ConsumerRecordParts): ServiceRecord {
  const methods = [...new Set([...contract.methods.values()].map(({ javaName }) => javaName))].sort();
  const parameters: Record<string, string> = {
    ...applicationParameters(application),
    ...identity(id),
    category: 'consumers',
    check: 'false',
    methods: methods.join(','),
    side: 'consumer',
    sticky: 'false',
    timestamp: String(startedAt),
  };
  return serviceRecord({ protocol: 'consumer', host, path: id.interface, parameters });
}

function applicationParameters(application: ApplicationOptions): Record<string, string> {
  const { name, version, owner, organization, environment } = application;
  const known = { application: name, 'application.version': version, owner, organization, environment };
  return { ...defined(known), dubbo: '2.0.2', pid: String(process.pid), release: RELEASE };
}

function identity({ interface: name, group, version }: ServiceId): Record<string, string> {
  return defined({ interface: name, group, version });
}

function callParameters(options: SharedCallOptions, prefix: string): Record<string, string> {
  return defined(Object.fromEntries(published.map((key) => [prefix + key, options[key]])));
}

/** Without what is absent or empty, all as text. */
function defined(values: Record<string, string | number | boolean | undefined>): Record<string, string> {
  const present = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(present.map(([key, value]) => [key, String(value)]));
}
