// A contract package needs this one only.
export {
  BigDecimal,
  Duration,
  HessianError,
  Instant,
  JavaClass,
  JavaException,
  JavaField,
  JavaObject,
  JavaValue,
  LocalDate,
  LocalDateTime,
  LocalTime,
  MonthDay,
  OffsetDateTime,
  OffsetTime,
  Period,
  Year,
  YearMonth,
  ZoneId,
  ZoneOffset,
  ZonedDateTime,
  isJavaException,
  java,
  type JavaClassConstructor,
  type JavaClassOptions,
  type JavaExceptionOptions,
  type JavaFieldOptions,
  type JavaStackFrame,
  type JavaType,
  type Ref,
  type TypeLike,
  type ValueOf,
} from '@nestjs-dubbo/hessian';
export {
  echo,
  invokeStub,
  standIn,
  withCall,
  withResult,
  type ResultWithAttachments,
  type WithResult,
} from './callback/stub.js';
export { noProvider } from './cluster/no-provider.js';
export type { Candidate } from './cluster/candidate.js';
export type { Cluster, ClusterContext } from './cluster/cluster.js';
export type { Directory } from './cluster/directory.js';
export type { LoadBalance } from './cluster/load-balance.js';
export type {
  AdmissionOptions,
  ApplicationOptions,
  CallOptions,
  ClientOptions,
  ConsumerOptions,
  Mock,
  ProtocolOptions,
  ProviderOptions,
  QosOptions,
  ReferenceMethodOptions,
  ReferenceOptions,
  ServerOptions,
  ServiceMethodOptions,
  ServiceOptions,
  SharedCallOptions,
} from './config/options.js';
export { createClient, type Client } from './consumer/client.js';
export type { GenericService } from './consumer/generic-service.js';
export {
  contractOf,
  declaredContract,
  findContract,
  type Contract,
  type ContractClass,
  type ContractMethod,
} from './contract/contract.js';
export { DubboInterface } from './contract/dubbo-interface.js';
export type { MethodEntry, MethodTable } from './contract/contract-check.js';
export { localNames } from './contract/local-names.js';
export type { SecurityOptions } from './exchange/tls.js';
export type { Attachments } from './invocation/attachments.js';
export { DubboError, rpcCodes, type DubboErrorCode, type DubboErrorOptions } from './invocation/dubbo-error.js';
export type { Filter, Invocation, Invoker, Result } from './invocation/invocation.js';
export { rateLimited, silent, type Logger } from './invocation/logger.js';
export { serviceKey, type Method, type ServiceId } from './invocation/method.js';
export type { CallContext, Handler } from './provider/call-context.js';
export { createServer, type Server } from './provider/server.js';
export { workerMethods, type WorkerFace, type WorkerMethods } from './provider/worker-methods.js';
export { telnetCommandNames } from './qos/telnet-commands/names.js';
export { coalesced } from './registry/coalesced.js';
export { local, type LocalRegistryOptions } from './registry/local-registry.js';
export {
  connecting,
  type Registry,
  type RegistryContext,
  type RegistryFactory,
  type RegistrySnapshot,
  type Subscription,
} from './registry/registry.js';
export {
  formatServiceUrl,
  isDynamic,
  parameterOf,
  parseServiceUrl,
  serviceRecord,
  type ServiceRecord,
  type ServiceRecordParts,
} from './registry/service-record.js';
export { shareRegistry } from './registry/share-registry.js';
export { SnapshotListeners, type RegistryLists } from './registry/snapshot-listeners.js';
