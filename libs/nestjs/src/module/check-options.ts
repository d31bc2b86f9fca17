import { isAbsolute } from 'node:path';
import {
  telnetCommandNames,
  type ApplicationOptions,
  type ConsumerOptions,
  type ProtocolOptions,
  type ProviderOptions,
  type QosOptions,
  type ReferenceMethodOptions,
  type ReferenceOptions,
  type SecurityOptions,
  type ServiceMethodOptions,
  type ServiceOptions,
  type SharedCallOptions,
} from '@nestjs-dubbo/core';
import type { DubboModuleOptions, DubboReferenceOptions, DubboServiceOptions } from './dubbo-options.js';
import {
  anything,
  each,
  flag,
  functions,
  integer,
  oneOf,
  options,
  record,
  suggestion,
  text,
  type OptionCheck,
} from './option-check.js';

/** One check for each option there is: the compiler asks for the missing one. */
type Checks<Options> = { readonly [Name in keyof Required<Options>]: OptionCheck };

const port = integer(0, 65_535);
const count = integer(0);
const positive = integer(1);
// Empty means none, as in Dubbo's own configuration.
const name: OptionCheck = (path, value) => value === '' || text(path, value);

const workerModule: OptionCheck = (path, value) => {
  if (value instanceof URL || (typeof value === 'string' && (isAbsolute(value) || value.startsWith('file:')))) return;
  throw new TypeError(
    `${path} is ${String(value)}; allowed: the file URL or absolute path of a module that exports workerMethods(…), as ` +
      `new URL('./heavy.worker.js', import.meta.url): a worker thread has nothing of this process`,
  );
};

const shared: Checks<SharedCallOptions> = {
  timeout: integer(),
  retries: integer(),
  idempotent: flag,
  cluster: text,
  loadbalance: text,
};

const executed = { ...shared, executes: integer() };
const serviceMethod: Checks<ServiceMethodOptions> = { ...executed, worker: workerModule };
const referenceMethod: Checks<ReferenceMethodOptions> = {
  ...shared,
  return: flag,
  sent: flag,
  async: flag,
  mock: anything,
};

const application: Checks<ApplicationOptions> = {
  name: text,
  version: name,
  owner: name,
  organization: name,
  environment: name,
};

const security: Checks<SecurityOptions> = {
  cert: anything,
  key: anything,
  passphrase: text,
  ca: anything,
  requestCert: flag,
  rejectUnauthorized: flag,
  servername: text,
};

/** A list of texts, or one text with commas between. */
const texts: OptionCheck = (path, value) => {
  const fits = typeof value === 'string' || (Array.isArray(value) && value.every((item) => typeof item === 'string'));
  if (!fits)
    throw new TypeError(`${path} is ${String(value)}; allowed: a list of texts, or a text with commas between`);
};

const telnet: OptionCheck = (path, value) => {
  texts(path, value);
  const names = (typeof value === 'string' ? value.split(',') : (value as string[])).map((item) => item.trim());
  const unknown = names.find((item) => item !== '' && !telnetCommandNames.includes(item));
  if (unknown === undefined) return;
  throw new TypeError(`${path} lists "${unknown}", which is no command; ${suggestion(unknown, telnetCommandNames)}`);
};

const qos: Checks<QosOptions> = { enable: flag, port, host: text, acceptForeignIp: flag, whitelist: texts };

const protocol: Checks<ProtocolOptions> = {
  host: text,
  port,
  payload: integer(),
  registerHost: text,
  registerPort: port,
  heartbeat: positive,
  heartbeatTimeout: positive,
  accepts: count,
  tls: options(security),
  telnet,
};

const provider: Checks<ProviderOptions> = {
  ...executed,
  group: name,
  version: name,
  weight: count,
  callbacks: positive,
  filters: functions,
  exposeStack: flag,
  threads: positive,
  queues: integer(),
  // The server says why it refuses a name.
  threadpool: text,
  dispatcher: text,
  eventLoopDelay: positive,
  shutdownTimeout: count,
  readonlySend: flag,
};

const consumer: Checks<ConsumerOptions> = {
  ...referenceMethod,
  check: flag,
  checkTimeout: count,
  filters: functions,
  payload: integer(),
  shareConnections: positive,
  connectTimeout: positive,
  heartbeat: positive,
  heartbeatTimeout: positive,
  sendReconnect: flag,
  timeoutCountdown: flag,
  logArguments: flag,
  tls: options(security),
};

const service: Checks<ServiceOptions> = {
  ...executed,
  group: name,
  version: name,
  weight: count,
  register: flag,
  methods: each(options(serviceMethod)),
  callbacks: positive,
  filters: functions,
};

const reference: Checks<ReferenceOptions> = {
  ...referenceMethod,
  group: name,
  version: name,
  url: text,
  check: flag,
  methods: each(options(referenceMethod)),
  attachments: record,
  callbacks: positive,
  filters: functions,
  connections: count,
  lazy: flag,
};

const moduleChecks: Checks<DubboModuleOptions> = {
  application: options(application, ['name']),
  registry: anything,
  protocol: options(protocol),
  provider: options(provider),
  consumer: options(consumer),
  qos: options(qos),
  compat: oneOf('java'),
};

/** Throws a TypeError naming the option and what is allowed. */
export function checkModuleOptions(given: DubboModuleOptions): void {
  options(moduleChecks, ['application'])('DubboModule', given);
}

/** As {@link checkModuleOptions}, for one service; `where` names the class. */
export function checkServiceOptions(where: string, given: DubboServiceOptions): void {
  options(service)(where, given);
}

/** As {@link checkModuleOptions}, for one method of a service. */
export function checkMethodOptions(where: string, given: ServiceMethodOptions): void {
  options(serviceMethod)(where, given);
}

/** As {@link checkModuleOptions}, for one reference; `where` names class and property. */
export function checkReferenceOptions(where: string, given: DubboReferenceOptions): void {
  options(reference)(where, given);
}
