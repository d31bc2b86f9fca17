import { AsyncLocalStorage } from 'node:async_hooks';
import {
  Inject,
  Injectable,
  Scope,
  UseGuards,
  UseInterceptors,
  createParamDecorator,
  type CallHandler,
  type CanActivate,
  type ExecutionContext,
  type NestInterceptor,
  type Type,
} from '@nestjs/common';
import { REQUEST } from '@nestjs/core';
import { Ctx, Payload, RpcException } from '@nestjs/microservices';
import { isJavaException } from '@nestjs-dubbo/hessian';
import {
  BigDecimal,
  DubboContext,
  DubboMethod,
  DubboReference,
  DubboService,
  ServerDubbo,
  withCall,
  withResult,
  type DubboReferenceOptions,
} from 'nestjs-dubbo';
import { concat, map, of, type Observable } from 'rxjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { NestApps, urlOf } from './nest-apps.js';
import { Comment, CommentNotFound, CommentService } from './nest-comments.js';

const CallerName = createParamDecorator(
  (suffix: string, context: ExecutionContext) =>
    `${context.switchToRpc().getContext<DubboContext>().remoteApplication}${suffix}`,
);

/** What every controller here does where a test says nothing else. */
class Comments implements CommentService {
  async ping(): Promise<string> {
    return 'pong';
  }
  async find(id: bigint): Promise<Comment> {
    return Comment.of(id, 'found');
  }
  async add(a: number, b: number): Promise<number> {
    return a + b;
  }
  async five(a: string, b: number, c: bigint, d: BigDecimal, e: Uint8Array): Promise<unknown[]> {
    return [a, b, c, d, e];
  }
  async publish(comment: Comment): Promise<void> {
    await Promise.resolve(comment);
  }
}

describe('a Dubbo service in Nest', () => {
  const apps = new NestApps();
  afterEach(() => apps.close());

  /** Serves with one controller, and gives a stub in another application. */
  async function serve(
    controller: Type,
    providers: Type[] = [],
    options: DubboReferenceOptions = {},
  ): Promise<CommentService> {
    const provider = await apps.microservice({ controllers: [controller], providers });
    const url = urlOf(provider);
    @Injectable()
    class Consumer {
      @DubboReference(CommentService, { url, ...options })
      readonly comments!: CommentService;
    }
    const consumer = await apps.microservice({ providers: [Consumer] }, { application: { name: 'caller' } });
    return consumer.get(Consumer).comments;
  }

  it('takes the arguments in their order, and decorated parameters behind them', async () => {
    @DubboService(CommentService)
    class Controller {
      ping(@Ctx() context: DubboContext, @CallerName('!') caller: string) {
        return `${context.service.interface} for ${caller}`;
      }
      find(id: bigint, @CallerName('?') caller: string, @Ctx() context: DubboContext) {
        return Comment.of(id, `${caller} ${context instanceof DubboContext} ${context.method.name}`);
      }
      add(a: number, b: number) {
        return a * 10 + b;
      }
      async five(...[a, b, c, d, e]: [string, number, bigint, BigDecimal, Uint8Array]) {
        return [a, b, c, d, e];
      }
      publish(comment: Comment) {
        expect(comment).toBeInstanceOf(Comment);
      }
    }
    const comments = await serve(Controller);
    expect(await comments.ping()).toBe('com.acme.comment.CommentService for caller!');
    expect(await comments.find(9_007_199_254_740_993n)).toEqual(
      Comment.of(9_007_199_254_740_993n, 'caller? true find'),
    );
    expect(await comments.add(1, 2)).toBe(12);
    const five = ['😀', 2, 3n, BigDecimal.of('1.20'), new Uint8Array([1, 255])] as const;
    expect(await comments.five(...five)).toEqual([...five]);
    expect(await comments.publish(Comment.of(1n, 'x'))).toBeUndefined();
  });

  it('gives a method without parameters its own defaults', async () => {
    @DubboService(CommentService)
    class Controller extends Comments {
      override async ping(word = 'default') {
        return word;
      }
    }
    expect(await (await serve(Controller)).ping()).toBe('default');
  });

  it('applies pipes of @Payload to one argument', async () => {
    const double = { transform: (value: number) => value * 2 };
    @DubboService(CommentService)
    class Controller extends Comments {
      override async add(a: number, @Payload(double) b: number) {
        return a + b;
      }
    }
    expect(await (await serve(Controller)).add(1, 2)).toBe(5);
  });

  it('answers with the value of a promise, the value itself, or the last of an Observable', async () => {
    @DubboService(CommentService)
    class Controller extends Comments {
      override ping(): never {
        return concat(of('first'), of('last')) as never;
      }
    }
    const comments = await serve(Controller);
    expect(await comments.ping()).toBe('last');
  });

  it('sends attachments both ways', async () => {
    @DubboService(CommentService)
    class Controller extends Comments {
      override async ping(@Ctx() context?: DubboContext) {
        context!.responseAttachments['answered'] = 'yes';
        return String(context!.attachments['traceId']);
      }
    }
    const comments = await serve(Controller);
    const answer = await withResult(withCall(comments, { attachments: { traceId: 't1' } })).ping();
    expect(answer.value).toBe('t1');
    expect(answer.attachments).toMatchObject({ answered: 'yes' });
  });

  it('tells the deadline and the end of waiting', async () => {
    let seen: DubboContext | undefined;
    let release: (() => void) | undefined;
    @DubboService(CommentService)
    class Controller extends Comments {
      override async ping(@Ctx() context?: DubboContext): Promise<string> {
        seen = context;
        // Asked for while the caller waits, so that it is watched.
        expect(context!.signal.aborted).toBe(false);
        await new Promise<void>((resolve) => (release = resolve));
        return 'too late';
      }
    }
    const comments = await serve(Controller, [], { timeout: 100, retries: 0 });
    await expect(comments.ping()).rejects.toMatchObject({ code: 'timeout' });
    await vi.waitFor(() => expect(seen!.signal.aborted).toBe(true), 5_000);
    release!();
    expect(seen!.deadline).toBeGreaterThan(Date.now() - 10_000);
    expect(seen!.remoteAddress).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(seen!.oneway).toBe(false);
  });

  describe('exceptions', () => {
    @DubboService(CommentService)
    class Controller extends Comments {
      override async find(id: bigint): Promise<Comment> {
        throw Object.assign(new CommentNotFound(`no comment ${id}`), { productId: id });
      }
      override async ping(): Promise<string> {
        throw new RpcException('a plain RpcException');
      }
      override async add(a: number, b: number): Promise<never> {
        throw new RangeError(`${a} and ${b} are no numbers of ours`);
      }
    }

    it('arrive as themselves if the contract declares them', async () => {
      const comments = await serve(Controller);
      const error: unknown = await comments.find(7n).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(CommentNotFound);
      expect(error).toMatchObject({ message: 'no comment 7', productId: 7n });
    });

    it('are not masked by Nest if they are anything else', async () => {
      const comments = await serve(Controller);
      const error = (await comments.ping().catch((thrown: unknown) => thrown)) as Error;
      expect(isJavaException(error, 'java.lang.RuntimeException')).toBe(true);
      expect(error.message).toContain('a plain RpcException');
      await expect(comments.add(1, 2)).rejects.toThrow('RangeError: 1 and 2 are no numbers of ours');
    });
  });

  it('makes request-scoped dependencies for each call, with the call as REQUEST', async () => {
    let made = 0;
    @Injectable({ scope: Scope.REQUEST })
    class PerCall {
      readonly number = ++made;
      constructor(@Inject(REQUEST) readonly request: { data: unknown[]; context: DubboContext }) {}
    }
    @DubboService(CommentService)
    class Controller extends Comments {
      constructor(@Inject(PerCall) private readonly perCall: PerCall) {
        super();
      }
      override async find(id: bigint) {
        const { number, request } = this.perCall;
        return Comment.of(id, `${number} ${String(request.data[0])} ${request.context.remoteApplication}`);
      }
      override async ping(): Promise<string> {
        throw new Error('request-scoped and thrown');
      }
    }
    const comments = await serve(Controller, [PerCall]);
    expect((await comments.find(5n)).content).toBe('1 5 caller');
    expect((await comments.find(6n)).content).toBe('2 6 caller');
    await expect(comments.ping()).rejects.toThrow('request-scoped and thrown');
  });

  it('makes the controller itself request-scoped if asked to', async () => {
    let made = 0;
    @DubboService(CommentService, { scope: Scope.REQUEST })
    class Controller extends Comments {
      readonly number = ++made;
      override async ping() {
        return String(this.number);
      }
    }
    const comments = await serve(Controller);
    expect([await comments.ping(), await comments.ping()]).toEqual(['1', '2']);
  });

  it("runs a call between the hooks of Nest's instrumentation, behind an interceptor too", async () => {
    const store = new AsyncLocalStorage<string>();
    const steps: string[] = [];
    @DubboService(CommentService)
    class Controller extends Comments {
      @UseInterceptors({ intercept: (_: ExecutionContext, next: CallHandler) => next.handle() })
      override async ping() {
        return String(store.getStore());
      }
      override async find(id: bigint): Promise<never> {
        throw new RangeError(`${id} thrown between hooks`);
      }
    }
    const app = await apps.microservice({ controllers: [Controller] });
    const server = app.get(ServerDubbo, { strict: false });
    server.setOnProcessingStartHook((_, context, done) => {
      steps.push(`start ${(context as DubboContext).method.name}`);
      void store.run('from the hook', done);
    });
    server.setOnProcessingEndHook((_, context) => steps.push(`end ${(context as DubboContext).method.name}`));
    @Injectable()
    class Consumer {
      @DubboReference(CommentService, { url: urlOf(app) })
      readonly comments!: CommentService;
    }
    const { comments } = (await apps.microservice({ providers: [Consumer] })).get(Consumer);
    expect(await comments.ping()).toBe('from the hook');
    await expect(comments.find(1n)).rejects.toThrow('1 thrown between hooks');
    expect(steps).toEqual(['start ping', 'end ping', 'start find', 'end find']);
  });

  it('serves one-way calls, behind an interceptor too', async () => {
    const published: string[] = [];
    @Injectable()
    class Through implements NestInterceptor {
      intercept(_: ExecutionContext, next: CallHandler): Observable<unknown> {
        return next.handle().pipe(map((value: unknown) => value));
      }
    }
    @DubboService(CommentService)
    class Controller extends Comments {
      @UseInterceptors(Through)
      override async publish(comment: Comment, @Ctx() context?: DubboContext) {
        published.push(`${comment.content} ${context!.oneway}`);
      }
    }
    const comments = await serve(Controller, [], { methods: { publish: { return: false } } });
    expect(await comments.publish(Comment.of(1n, 'one way'))).toBeFalsy();
    await vi.waitFor(() => expect(published).toEqual(['one way true']), 5_000);
  });

  it('exports one inherited method from two services, each with its own decorators', async () => {
    @Injectable()
    class Nobody implements CanActivate {
      canActivate(): boolean {
        return false;
      }
    }
    @DubboService(CommentService, { group: 'open' })
    class Open extends Comments {}
    @DubboService(CommentService, { group: 'closed' })
    @UseGuards(Nobody)
    class Closed extends Comments {}
    const url = urlOf(await apps.microservice({ controllers: [Open, Closed] }));
    @Injectable()
    class Consumer {
      @DubboReference({ url, group: 'open' })
      readonly open!: CommentService;
      @DubboReference({ url, group: 'closed' })
      readonly closed!: CommentService;
    }
    const { open, closed } = (await apps.microservice({ providers: [Consumer] })).get(Consumer);
    expect(await open.add(1, 2)).toBe(3);
    await expect(closed.add(1, 2)).rejects.toThrow('Forbidden resource');
  });

  it('publishes the options of @DubboService and @DubboMethod to its consumers', async () => {
    @DubboService(CommentService, { timeout: 60_000, methods: { find: { timeout: 50_000 } } })
    class Controller extends Comments {
      @DubboMethod({ timeout: 50 })
      override ping(): Promise<string> {
        return new Promise((resolve) => setTimeout(resolve, 3_000, 'late').unref());
      }
    }
    await apps.microservice({ controllers: [Controller] });
    @Injectable()
    class Consumer {
      @DubboReference({ retries: 0 })
      readonly comments!: CommentService;
    }
    const { comments } = (await apps.microservice({ providers: [Consumer] })).get(Consumer);
    await vi.waitFor(() => comments.add(1, 1), 10_000);
    await expect(comments.ping()).rejects.toMatchObject({ code: 'timeout' });
  });
});
