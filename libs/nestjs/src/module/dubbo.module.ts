import { createClient, createServer, type ClientOptions } from '@nestjs-dubbo/core';
import { Inject, Module, type DynamicModule, type FactoryProvider, type Provider } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { ClientDubbo } from '../consumer/client-dubbo.js';
import { DubboReferences } from '../consumer/dubbo-references.js';
import { referenceProviders, referenceTokens } from '../consumer/reference-declarations.js';
import { ConnectionCheck } from '../provider/connection-check.js';
import { ServerDubbo } from '../provider/server-dubbo.js';
import { checkModuleOptions } from './check-options.js';
import type { DubboModuleAsyncOptions, DubboModuleOptions } from './dubbo-options.js';
import { Filters } from './filters.js';
import { nestLogger } from './nest-logger.js';
import { loadRegistries } from './registries.js';
import { DUBBO_CLIENT, DUBBO_COMMON, DUBBO_OPTIONS, DUBBO_SERVER } from './tokens.js';

/** What client and server of an application share. */
type CommonOptions = Pick<ClientOptions, 'application' | 'registries' | 'logger' | 'compat'>;

const commonOptions: FactoryProvider<CommonOptions> = {
  provide: DUBBO_COMMON,
  inject: [DUBBO_OPTIONS],
  useFactory: async ({ application, registry, compat }: DubboModuleOptions) => ({
    application,
    registries: await loadRegistries(registry),
    logger: nestLogger(),
    ...(compat === undefined ? {} : { compat }),
  }),
};

const client: FactoryProvider = {
  provide: DUBBO_CLIENT,
  inject: [DUBBO_COMMON, DUBBO_OPTIONS, Filters],
  useFactory: (common: CommonOptions, { consumer }: DubboModuleOptions, filters: Filters) =>
    createClient({ ...common, consumer: { ...consumer, filters: filters.resolve(consumer?.filters) } }),
};

const server: FactoryProvider = {
  provide: DUBBO_SERVER,
  inject: [DUBBO_COMMON, DUBBO_OPTIONS, Filters],
  useFactory: (common: CommonOptions, { provider, protocol = {}, qos = {} }: DubboModuleOptions, filters: Filters) =>
    createServer({ ...common, protocol, qos, provider: { ...provider, filters: filters.resolve(provider?.filters) } }),
};

const own: Provider[] = [
  commonOptions,
  client,
  server,
  Filters,
  DubboReferences,
  ClientDubbo,
  ServerDubbo,
  ConnectionCheck,
];

/** References declared anywhere in the process; Nest reads the lists when it scans and makes what is injected. */
@Module({})
class DubboReferencesModule {
  static all(): DynamicModule {
    return { module: DubboReferencesModule, global: true, providers: referenceProviders, exports: referenceTokens };
  }
}

/**
 * Makes an application provide and consume Dubbo services. Import it once, in the root module; what it provides is global.
 * Wrong options reject the application's creation with a TypeError that names the option and what is allowed.
 */
@Module({})
export class DubboModule {
  constructor(@Inject(ModulesContainer) modules: ModulesContainer) {
    const imported = [...modules.values()].filter(({ metatype }) => metatype === DubboModule);
    if (imported.length > 1) {
      throw new Error('DubboModule is imported more than once; import one DubboModule.forRoot(…), in the root module');
    }
  }

  static forRoot(options: DubboModuleOptions): DynamicModule {
    return DubboModule.forRootAsync({ useFactory: () => options });
  }

  static forRootAsync({ imports = [], inject = [], useFactory }: DubboModuleAsyncOptions): DynamicModule {
    const options: FactoryProvider<DubboModuleOptions> = {
      provide: DUBBO_OPTIONS,
      inject,
      useFactory: async (...dependencies: unknown[]) => {
        const given = await useFactory(...dependencies);
        checkModuleOptions(given);
        return given;
      },
    };
    return {
      module: DubboModule,
      global: true,
      imports: [...imports, DubboReferencesModule.all()],
      providers: [options, ...own],
      exports: [DubboReferences, ClientDubbo, ServerDubbo],
    };
  }
}
