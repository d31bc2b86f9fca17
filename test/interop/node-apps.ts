import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  dubbo,
  DubboModule,
  DubboReference,
  type GenericService,
  local,
  type ProtocolOptions,
  type RegistryInput,
  ServerDubbo,
} from 'nestjs-dubbo';
import type { References } from './checks.js';
import { InteropService, NewsService } from './contracts.js';
import { BlueController, InteropController, NewsController } from './node-provider.js';

export interface NodeProvider {
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts a Nest app that provides the contract on a free port. */
export async function startNodeProvider(
  registry: RegistryInput,
  protocol: ProtocolOptions = {},
): Promise<NodeProvider> {
  @Module({
    imports: [
      DubboModule.forRoot({
        application: { name: 'interop-node-provider' },
        registry,
        protocol: { port: 0, ...protocol },
      }),
    ],
    controllers: [InteropController, BlueController, NewsController],
  })
  class ProviderModule {}

  // The checks make the provider throw; its log would tell them all.
  const app = await NestFactory.createMicroservice(ProviderModule, { ...dubbo(), logger: ['fatal'] });
  await app.listen();
  const { port } = app.get(ServerDubbo, { strict: false }).unwrap<{ port: number }>();
  return { port, stop: () => app.close() };
}

/** Starts a Nest app that consumes the contract, as the registry or the URL tells where it is. */
export async function startNodeConsumer(
  registry: RegistryInput,
  url?: string,
): Promise<{ references: References; stop(): Promise<void> }> {
  const options = { timeout: 5000, retries: 0, ...(url === undefined ? {} : { url }) };

  @Injectable()
  class InteropConsumer implements References {
    @DubboReference(InteropService, { ...options, methods: { tell: { return: false }, sleep: { timeout: 500 } } })
    readonly service!: InteropService;

    @DubboReference(InteropService, { ...options, group: 'blue', version: '1.0.0' })
    readonly blue!: InteropService;

    @DubboReference('com.acme.interop.api.InteropService', options)
    readonly generic!: GenericService;

    @DubboReference(NewsService, { ...options, group: 'blue', version: '1.0.0' })
    readonly news!: NewsService;
  }

  @Module({
    imports: [DubboModule.forRoot({ application: { name: 'interop-node-consumer' }, registry })],
    providers: [InteropConsumer],
  })
  class ConsumerModule {}

  const app = await NestFactory.createApplicationContext(ConsumerModule, { logger: ['fatal'] });
  return { references: app.get(InteropConsumer), stop: () => app.close() };
}

/** A registry that nobody else sees, for those who call by URL. */
export async function privateRegistry(): Promise<RegistryInput> {
  return local({ dir: await mkdtemp(join(tmpdir(), 'interop-registry-')) });
}
