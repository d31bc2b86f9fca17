import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplication, INestMicroservice, ModuleMetadata, Type } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Server } from '@nestjs-dubbo/core';
import { DubboModule, ServerDubbo, dubbo, local, type DubboModuleOptions } from 'nestjs-dubbo';

type Options = Partial<Omit<DubboModuleOptions, 'registry'>>;

/** The applications of one test file, with a registry of their own; all of them end by `close`. */
export class NestApps {
  readonly #closing: (() => Promise<unknown>)[] = [];
  readonly #dir = mkdtemp(join(tmpdir(), 'nestjs-dubbo-test-'));

  /** A module of the given parts that provides and consumes. */
  async module(parts: ModuleMetadata, options: Options = {}): Promise<Type> {
    const registry = local({ dir: await this.#dir });
    const dubboModule = DubboModule.forRoot({
      application: { name: 'nest-test' },
      protocol: { host: '127.0.0.1', port: 0 },
      ...options,
      registry,
    });
    @Module({ ...parts, imports: [dubboModule, ...(parts.imports ?? [])] })
    class TestApp {}
    return TestApp;
  }

  /** A microservice that listens. */
  async microservice(
    parts: ModuleMetadata,
    options: Options = {},
    prepare: (app: INestMicroservice) => void = () => {},
  ): Promise<INestMicroservice> {
    const app = await NestFactory.createMicroservice(await this.module(parts, options), {
      ...dubbo(),
      logger: false,
      abortOnError: false,
    });
    this.closes(app);
    prepare(app);
    await app.listen();
    return app;
  }

  /** An HTTP application that does not listen yet. */
  async web(parts: ModuleMetadata, options: Options = {}): Promise<INestApplication> {
    const app = await NestFactory.create(await this.module(parts, options), { logger: false, abortOnError: false });
    this.closes(app);
    return app;
  }

  closes(app: { close(): Promise<unknown> }): void {
    this.#closing.unshift(() => app.close());
  }

  async close(): Promise<void> {
    for (const close of this.#closing.splice(0)) await close();
    await rm(await this.#dir, { recursive: true, force: true });
  }
}

/** `dubbo://host:port` of an application that listens. */
export function urlOf(app: { get(token: typeof ServerDubbo, options: { strict: false }): ServerDubbo }): string {
  const server = app.get(ServerDubbo, { strict: false }).unwrap<Server>();
  return `dubbo://127.0.0.1:${server.port}`;
}
