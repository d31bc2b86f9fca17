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
  DubboError,
  DubboInterface,
  contractOf,
  declaredContract,
  echo,
  findContract,
  local,
  serviceKey,
  standIn,
  withCall,
  withResult,
  workerMethods,
  type ApplicationOptions,
  type ConsumerOptions,
  type ProviderOptions,
  type ReferenceOptions,
  type ServiceOptions,
  type Logger,
  type Attachments,
  type CallContext,
  type CallOptions,
  type Contract,
  type ContractClass,
  type ContractMethod,
  type DubboErrorCode,
  type Filter,
  type GenericService,
  type Invocation,
  type Invoker,
  type LocalRegistryOptions,
  type Method,
  type MethodEntry,
  type MethodTable,
  type Mock,
  type ProtocolOptions,
  type ReferenceMethodOptions,
  type Registry,
  type RegistryContext,
  type RegistryFactory,
  type RegistrySnapshot,
  type Result,
  type ResultWithAttachments,
  type SecurityOptions,
  type ServiceId,
  type ServiceMethodOptions,
  type WithResult,
} from '@nestjs-dubbo/core';
export { ClientDubbo, type DubboPattern } from './consumer/client-dubbo.js';
export { DubboReference, type ReferenceDecorator } from './consumer/dubbo-reference.decorator.js';
export { DubboReferences } from './consumer/dubbo-references.js';
export { overrideReference, referenceToken, type ProviderOverrides } from './consumer/override-reference.js';
export type { ReferenceTarget, ReferenceToken } from './consumer/reference-key.js';
export { DubboJsonInterceptor } from './interceptors/dubbo-json.interceptor.js';
export type {
  DubboConsumerOptions,
  DubboModuleAsyncOptions,
  DubboModuleOptions,
  DubboProviderOptions,
  DubboReferenceOptions,
  DubboServiceOptions,
} from './module/dubbo-options.js';
export { DubboModule } from './module/dubbo.module.js';
export type { DubboFilter, FilterLike } from './module/filters.js';
export { zookeeper, type RegistryInput, type RegistryLoader } from './module/registries.js';
export { connectDubbo, dubbo } from './provider/connect-dubbo.js';
export { DubboMethod } from './provider/dubbo-method.decorator.js';
export { DubboService, type DubboControllerOptions } from './provider/dubbo-service.decorator.js';
export { DubboContext } from './provider/dubbo.context.js';
export { ServerDubbo, type ServerDubboStatus } from './provider/server-dubbo.js';
