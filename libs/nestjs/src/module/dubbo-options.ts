import type {
  ApplicationOptions,
  ConsumerOptions,
  ProtocolOptions,
  ProviderOptions,
  QosOptions,
  ReferenceOptions,
  ServiceOptions,
} from '@nestjs-dubbo/core';
import type { FactoryProvider, ModuleMetadata } from '@nestjs/common';
import type { FilterLike } from './filters.js';
import type { RegistryInput } from './registries.js';

type WithFilters<Options> = Omit<Options, 'filters'> & {
  /** The first is the outermost. Functions, or classes that Nest injects. */
  readonly filters?: readonly FilterLike[];
};

/** Defaults of all services of the module. */
export type DubboProviderOptions = WithFilters<ProviderOptions>;

/** Defaults of all references of the module. */
export type DubboConsumerOptions = WithFilters<ConsumerOptions>;

/** Options of `@DubboService`. */
export type DubboServiceOptions = WithFilters<ServiceOptions>;

/** Options of `@DubboReference`. */
export type DubboReferenceOptions = WithFilters<ReferenceOptions>;

/** Options of `DubboModule.forRoot`. */
export interface DubboModuleOptions {
  readonly application: ApplicationOptions;
  /**
   * Where services are found and published: what `zookeeper('…')` or `local()` return, an address such as
   * `'zookeeper://h1:2181?backup=h2:2181'` or `'local'`, or a list of these. Default: the local registry.
   */
  readonly registry?: RegistryInput | readonly RegistryInput[];
  readonly protocol?: ProtocolOptions;
  readonly provider?: DubboProviderOptions;
  readonly consumer?: DubboConsumerOptions;
  /** The port for operators and probes, and who may use it and telnet. Default: no port. */
  readonly qos?: QosOptions;
  /** Restores Dubbo's own rules where ours are safer (retries first of all). */
  readonly compat?: 'java';
}

/** Options of `DubboModule.forRootAsync`. */
export type DubboModuleAsyncOptions = Pick<ModuleMetadata, 'imports'> &
  Pick<FactoryProvider<DubboModuleOptions>, 'inject' | 'useFactory'>;
