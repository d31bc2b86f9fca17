import {
  Catch,
  Controller,
  Get,
  Injectable,
  Logger,
  UseInterceptors,
  type ArgumentsHost,
  type CallHandler,
  type CanActivate,
  type ExceptionFilter,
  type ExecutionContext,
  type INestApplication,
  type NestInterceptor,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import {
  BigDecimal,
  DubboJsonInterceptor,
  DubboInterface,
  DubboReference,
  DubboService,
  JavaException,
  connectDubbo,
  dubbo,
  java,
} from 'nestjs-dubbo';
import { map, throwError, type Observable } from 'rxjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { NestApps, urlOf } from './nest-apps.js';

@DubboInterface('com.acme.TextService', {
  say: { params: [java.string], returns: java.string },
  fail: { params: [java.string], returns: java.string },
})
abstract class TextService {
  abstract say(text: string): Promise<string>;
  abstract fail(text: string): Promise<string>;
}

class Refusal extends Error {}

@DubboService(TextService)
class TextController {
  async say(text: string): Promise<string> {
    return text;
  }
  async fail(text: string): Promise<string> {
    throw text === 'refusal' ? new Refusal(text) : new RangeError(text);
  }
}

@Controller()
class WebController {
  @Get('hello')
  hello(): string {
    return 'hello';
  }
  @Get('fail')
  fail(): never {
    throw new RangeError('http failure');
  }
  @Get('numbers')
  @UseInterceptors(DubboJsonInterceptor)
  numbers(): unknown {
    return {
      id: 9_007_199_254_740_993n,
      price: BigDecimal.of('12.50'),
      nested: [new Map<unknown, unknown>([[7n, new Set([1n])]]), new Uint8Array([1, 2])],
      at: new Date(0),
      none: null,
    };
  }
}

class Guard implements CanActivate {
  constructor(private readonly name: string) {}
  canActivate(context: ExecutionContext): boolean {
    return context.getType() === 'http' || context.getArgs<[unknown[]]>()[0][0] !== `refused by ${this.name}`;
  }
}

class Mark implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next
      .handle()
      .pipe(map((value: unknown) => (typeof value === 'string' ? `${value} ${context.getType()}` : value)));
  }
}

@Catch(Refusal)
class RefusalFilter implements ExceptionFilter {
  catch(exception: Refusal, host: ArgumentsHost): Observable<never> {
    return throwError(() => new JavaException(`${exception.message} caught as ${host.getType()}`));
  }
}

const pipe = { transform: (value: unknown) => (typeof value === 'string' ? `${value}+pipe` : value) };

describe('beside HTTP in one application', () => {
  const apps = new NestApps();
  afterEach(() => apps.close());

  const parts = {
    controllers: [TextController, WebController],
    providers: [{ provide: APP_GUARD, useFactory: () => new Guard('app') }],
  };

  async function start(app: INestApplication): Promise<{ texts: TextService; get(path: string): Promise<Response> }> {
    await app.startAllMicroservices();
    await app.listen(0, '127.0.0.1');
    const url = urlOf(app);
    @Injectable()
    class Consumer {
      @DubboReference(TextService, { url })
      readonly texts!: TextService;
    }
    const { texts } = (await apps.microservice({ providers: [Consumer] })).get(Consumer);
    const base = await app.getUrl();
    return { texts, get: (path) => fetch(`${base}${path}`, { headers: { connection: 'close' } }) };
  }

  it('global guards, pipes, interceptors and filters apply to HTTP and to Dubbo methods', async () => {
    const app = await apps.web(parts);
    app.useGlobalGuards(new Guard('global'));
    app.useGlobalPipes(pipe);
    app.useGlobalInterceptors(new Mark());
    app.useGlobalFilters(new RefusalFilter());
    await connectDubbo(app);
    const { texts, get } = await start(app);
    expect(await texts.say('hi')).toBe('hi+pipe rpc');
    expect(await (await get('/hello')).text()).toBe('hello http');
    await expect(texts.say('refused by global')).rejects.toThrow('Forbidden resource');
    await expect(texts.say('refused by app')).rejects.toThrow('Forbidden resource');
    await expect(texts.fail('other')).rejects.toThrow('RangeError: other+pipe');
  });

  it('a global filter wins over the last resort, and HTTP answers are what they are without Dubbo', async () => {
    const app = await apps.web(parts);
    app.useGlobalFilters(new RefusalFilter());
    await connectDubbo(app);
    const { texts, get } = await start(app);
    await expect(texts.fail('refusal')).rejects.toThrow('refusal caught as rpc');
    const failed = await get('/fail');
    expect(failed.status).toBe(500);
    expect(await failed.json()).toEqual({ statusCode: 500, message: 'Internal server error' });
    const missing = await get('/missing');
    expect(missing.status).toBe(404);
    expect(await missing.json()).toMatchObject({ statusCode: 404, error: 'Not Found' });
  });

  it('bigint and BigDecimal reach the page as JSON', async () => {
    const app = await apps.web(parts);
    await connectDubbo(app);
    const { get } = await start(app);
    expect(await (await get('/numbers')).json()).toEqual({
      id: '9007199254740993',
      price: '12.50',
      nested: [{ 7: ['1'] }, 'AQI='],
      at: '1970-01-01T00:00:00.000Z',
      none: null,
    });
  });

  it('works in a testing module', async () => {
    const module = await Test.createTestingModule({ imports: [await apps.module(parts)] }).compile();
    const app = module.createNestApplication({ logger: false });
    apps.closes(app);
    app.useGlobalPipes(pipe);
    await connectDubbo(app);
    const { texts, get } = await start(app);
    expect(await texts.say('hi')).toBe('hi+pipe');
    await expect(texts.fail('other')).rejects.toThrow('RangeError: other+pipe');
    expect((await get('/fail')).status).toBe(500);
  });

  it('works without any HTTP call or global, after init too', async () => {
    const app = await apps.web({ controllers: [TextController] });
    await connectDubbo(app);
    await app.init();
    const { texts } = await start(app);
    expect(await texts.say('plain')).toBe('plain');
  });

  it('is connected also if nobody waits for it', async () => {
    const app = await apps.web({ controllers: [TextController] });
    void connectDubbo(app);
    const { texts } = await start(app);
    expect(await texts.say('plain')).toBe('plain');
  });

  it('warns when it starts without being connected', async () => {
    const warn = vi.spyOn(Logger.prototype, 'warn').mockImplementation(() => {});
    try {
      const connected = await apps.web({ controllers: [TextController] });
      await connectDubbo(connected);
      await connected.init();
      const withoutServices = await apps.web({ controllers: [WebController] });
      await withoutServices.init();
      expect(warn).not.toHaveBeenCalled();
      const forgotten = await apps.web({ controllers: [TextController] });
      await forgotten.init();
      expect(warn).toHaveBeenCalledExactlyOnceWith(
        expect.stringMatching(/^TextController will not be provided: .* await connectDubbo\(app\)/),
      );
      warn.mockClear();
      const misplaced = await apps.web({ providers: [TextController] });
      await misplaced.init();
      expect(warn).toHaveBeenCalledExactlyOnceWith(
        'TextController will not be provided: list a @DubboService under controllers, not under providers',
      );
    } finally {
      warn.mockRestore();
    }
  });

  describe('a start with global enhancers that would not apply is refused', () => {
    it('connected by hand', async () => {
      const app = await apps.web(parts);
      app.useGlobalGuards(new Guard('global'));
      app.connectMicroservice(dubbo());
      await expect(app.startAllMicroservices()).rejects.toThrow(
        /connectDubbo\(app\), not with .* global guards, pipes, interceptors and filters .* would not apply/,
      );
    });

    it('added too late', async () => {
      const app = await apps.web(parts);
      await connectDubbo(app);
      app.useGlobalPipes(pipe);
      app.useGlobalGuards(new Guard('global'));
      await expect(app.startAllMicroservices()).rejects.toThrow(
        /Global guards, pipes were added after connectDubbo\(app\)/,
      );
    });
  });
});
