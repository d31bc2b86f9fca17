import { createServer, type AddressInfo } from 'node:net';
import { Injectable, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Invocation, Invoker, Server } from '@nestjs-dubbo/core';
import {
  DubboModule,
  DubboReference,
  DubboService,
  ServerDubbo,
  dubbo,
  type DubboFilter,
  type DubboModuleOptions,
} from 'nestjs-dubbo';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { NestApps, urlOf } from './nest-apps.js';
import { Comment, CommentService } from './nest-comments.js';

class Comments implements CommentService {
  async ping(): Promise<string> {
    return 'pong';
  }
  async find(id: bigint) {
    return Comment.of(id, 'found');
  }
  async add(a: number, b: number) {
    return a + b;
  }
  async five(...[a, b, c, d, e]: Parameters<CommentService['five']>) {
    return [a, b, c, d, e];
  }
  async publish(comment: Comment) {
    await Promise.resolve(comment);
  }
}

@DubboService(CommentService)
class CommentController extends Comments {}

@Injectable()
class Consumer {
  @DubboReference({ retries: 0 })
  readonly comments!: CommentService;
}

describe('the life of a Dubbo application', () => {
  const apps = new NestApps();
  afterEach(() => apps.close());

  it('provides only when modules are ready, and takes back before they end', async () => {
    const order: string[] = [];
    @Injectable()
    class Hooks implements OnModuleInit, OnApplicationShutdown {
      @DubboReference({ retries: 0 })
      readonly comments!: CommentService;
      async onModuleInit() {
        await this.comments.ping().catch(() => order.push('no provider yet'));
      }
      onApplicationShutdown() {
        order.push('shutdown');
      }
    }
    const app = await apps.microservice({ controllers: [CommentController], providers: [Hooks] });
    const { comments } = app.get(Hooks);
    await vi.waitFor(async () => expect(await comments.ping()).toBe('pong'), 10_000);
    const server = app.get(ServerDubbo);
    const states: string[] = [];
    server.status.subscribe((state) => states.push(state));
    await app.close();
    expect(order).toEqual(['no provider yet', 'shutdown']);
    expect(states).toEqual(['listening', 'closed']);
    await expect(comments.ping()).rejects.toThrow('closed');
    await app.close();
  });

  it('serves what has come before it closes', async () => {
    let release: (() => void) | undefined;
    @DubboService(CommentService)
    class Slow extends Comments {
      override async ping() {
        await new Promise<void>((resolve) => (release = resolve));
        return 'drained';
      }
    }
    const provider = await apps.microservice({ controllers: [Slow] });
    const consumer = await apps.microservice({ providers: [Consumer] }, { consumer: { timeout: 20_000 } });
    const call = consumer.get(Consumer).comments.ping();
    await vi.waitFor(() => expect(release).toBeDefined(), 10_000);
    const closed = provider.close();
    release!();
    expect(await call).toBe('drained');
    await closed;
    await expect(consumer.get(Consumer).comments.ping()).rejects.toThrow(/No provider available/);
  });

  it('a provider found later is used without a restart', async () => {
    const consumer = await apps.microservice({ providers: [Consumer] });
    const { comments } = consumer.get(Consumer);
    await expect(comments.ping()).rejects.toMatchObject({ code: 'no-invoker' });
    await apps.microservice({ controllers: [CommentController] });
    await vi.waitFor(async () => expect(await comments.ping()).toBe('pong'), 10_000);
  });

  it('two applications in one process do not touch', async () => {
    @DubboService(CommentService, { group: 'two' })
    class Other extends Comments {
      override async ping() {
        return 'other';
      }
    }
    const one = await apps.microservice({ controllers: [CommentController], providers: [Consumer] });
    const two = await apps.microservice({ controllers: [Other] });
    const oneUrl = urlOf(one);
    const twoUrl = urlOf(two);
    expect(oneUrl).not.toBe(twoUrl);
    @Injectable()
    class Both {
      @DubboReference(CommentService, { url: oneUrl })
      readonly one!: CommentService;
      @DubboReference(CommentService, { url: twoUrl, group: 'two' })
      readonly two!: CommentService;
    }
    const { one: first, two: second } = (await apps.microservice({ providers: [Both] })).get(Both);
    await one.close();
    expect(await second.ping()).toBe('other');
    await expect(first.ping()).rejects.toMatchObject({ name: 'DubboError' });
    await expect(one.get(Consumer).comments.ping()).rejects.toThrow('closed');
  });

  it('check: true fails the start with what was looked for', async () => {
    @Injectable()
    class Checked {
      @DubboReference({ check: true, version: '7' })
      readonly comments!: CommentService;
    }
    await expect(apps.microservice({ providers: [Checked] }, { consumer: { checkTimeout: 200 } })).rejects.toThrow(
      /com\.acme\.comment\.CommentService:7/,
    );
  });

  it('a fixed port that is taken is an error of the start', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as AddressInfo;
    const starting = apps.microservice({ controllers: [CommentController] }, { protocol: { host: '127.0.0.1', port } });
    await expect(starting).rejects.toThrow(/EADDRINUSE|taken|in use/);
    await new Promise((resolve) => taken.close(resolve));
  });

  it('injects filter classes, provided or not', async () => {
    @Injectable()
    class Prefix {
      readonly text = 'filtered';
    }
    @Injectable()
    class Filtering implements DubboFilter {
      constructor(private readonly prefix: Prefix) {}
      async invoke(invocation: Invocation, next: Invoker) {
        const result = await next(invocation);
        return result.ok ? { ...result, value: `${this.prefix.text} ${String(result.value)}` } : result;
      }
    }
    @Module({ providers: [Prefix, Filtering], exports: [Prefix, Filtering] })
    class FilterModule {}
    @Injectable()
    class NotProvided implements DubboFilter {
      invoke(invocation: Invocation, next: Invoker) {
        return next({ ...invocation, attachments: { ...invocation.attachments, made: 'yes' } });
      }
    }
    const provider = await apps.microservice(
      { imports: [FilterModule], controllers: [CommentController] },
      { provider: { filters: [Filtering] } },
    );
    const url = urlOf(provider);
    @Injectable()
    class Filtered {
      @DubboReference(CommentService, { url, filters: [NotProvided] })
      readonly comments!: CommentService;
    }
    const { comments } = (await apps.microservice({ providers: [Filtered] })).get(Filtered);
    expect(await comments.ping()).toBe('filtered pong');
  });

  it('a filter class that cannot be injected, of the module or of a service, fails the start', async () => {
    class Unknown {}
    @Injectable()
    class NotInjectable implements DubboFilter {
      constructor(readonly unknown: Unknown) {}
      invoke(invocation: Invocation, next: Invoker) {
        return next(invocation);
      }
    }
    @DubboService(CommentService, { filters: [NotInjectable] })
    class Controller extends Comments {}
    const message = /NotInjectable .*Unknown/;
    await expect(apps.microservice({}, { consumer: { filters: [NotInjectable] } })).rejects.toThrow(message);
    await expect(apps.microservice({ controllers: [Controller] })).rejects.toThrow(message);
  });

  it('two modules of Dubbo, and a service of two modules, are refused', async () => {
    @Module({ controllers: [CommentController] })
    class Again {}
    await expect(apps.microservice({ imports: [Again], controllers: [CommentController] })).rejects.toThrow(
      'CommentController is registered twice',
    );
    const imports = [await apps.module({})];
    await expect(apps.microservice({ imports })).rejects.toThrow('DubboModule is imported more than once');
  });
});

describe('options', () => {
  const start = async (options: unknown) => {
    @Module({ imports: [DubboModule.forRoot(options as DubboModuleOptions)] })
    class TestApp {}
    const app = await NestFactory.createMicroservice(TestApp, { ...dubbo(), logger: false, abortOnError: false });
    await app.close();
  };
  const application = { name: 'x' };

  it.each([
    [{}, 'DubboModule.application is missing'],
    [{ application: {} }, 'DubboModule.application.name is missing'],
    [{ application, protocoll: {} }, 'DubboModule.protocoll is no option; did you mean "protocol"?'],
    [
      { application, protocol: { port: 70_000 } },
      'DubboModule.protocol.port is 70000; allowed: an integer from 0 to 65535',
    ],
    [{ application, consumer: { retrys: 1 } }, 'DubboModule.consumer.retrys is no option; did you mean "retries"?'],
    [
      { application, provider: { filters: ['a'] } },
      'DubboModule.provider.filters is a list; allowed: a list of functions',
    ],
    [{ application, compat: 'node' }, `DubboModule.compat is "node"; allowed: 'java'`],
    [{ application, registry: 'nacos://h:8848' }, 'DubboModule.registry is "nacos://h:8848"; allowed: zookeeper('],
    [{ application, registry: 'nacos://user:secret@h:8848' }, 'DubboModule.registry is "nacos://***@h:8848"'],
    [{ application, registry: [] }, 'DubboModule.registry is an empty list'],
  ])('%o are refused when the module is built', async (options, message) => {
    await expect(start(options)).rejects.toThrow(message);
  });

  it('come from a factory too', async () => {
    @Module({ providers: [{ provide: 'NAME', useValue: 'from-factory' }], exports: ['NAME'] })
    class ConfigModule {}
    @Module({
      imports: [
        DubboModule.forRootAsync({
          imports: [ConfigModule],
          inject: ['NAME'],
          useFactory: async (name: string) => ({
            application: { name },
            registry: ['local'],
            protocol: { host: '127.0.0.1', port: 0 },
          }),
        }),
      ],
    })
    class TestApp {}
    const app = await NestFactory.createMicroservice(TestApp, { ...dubbo(), logger: false, abortOnError: false });
    await app.listen();
    expect(app.get(ServerDubbo, { strict: false }).unwrap<Server>().port).toBeGreaterThan(0);
    await app.close();
  });
});
