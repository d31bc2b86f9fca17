import {
  Catch,
  Injectable,
  UseFilters,
  UseGuards,
  UseInterceptors,
  UsePipes,
  type ArgumentsHost,
  type CallHandler,
  type CanActivate,
  type ExceptionFilter,
  type ExecutionContext,
  type INestMicroservice,
  type ModuleMetadata,
  type NestInterceptor,
  type PipeTransform,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { BaseRpcExceptionFilter } from '@nestjs/microservices';
import { DubboContext, DubboInterface, DubboReference, DubboService, JavaException, java } from 'nestjs-dubbo';
import { map, throwError, type Observable } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NestApps, urlOf } from './nest-apps.js';

@DubboInterface('com.acme.EchoService', {
  say: { params: [java.string], returns: java.string },
  fail: { params: [java.string], returns: java.string },
})
abstract class EchoService {
  abstract say(text: string): Promise<string>;
  abstract fail(text: string): Promise<string>;
}

let seen: string[] = [];

class Guard implements CanActivate {
  constructor(private readonly name: string) {}
  canActivate(context: ExecutionContext): boolean {
    const [args, call] = context.getArgs<[unknown[], DubboContext]>();
    seen.push(`guard ${this.name} ${context.getType()} ${call instanceof DubboContext} ${String(args[0])}`);
    return args[0] !== `refused by ${this.name}`;
  }
}

class Pipe implements PipeTransform {
  constructor(private readonly name: string) {}
  transform(value: unknown): unknown {
    if (value === `broken by ${this.name}`) throw new RangeError(`broken by pipe ${this.name}`);
    return typeof value === 'string' ? `${value} ${this.name}` : value;
  }
}

class Interceptor implements NestInterceptor {
  constructor(private readonly name: string) {}
  intercept(_: ExecutionContext, next: CallHandler<string>): Observable<string> {
    seen.push(`before ${this.name}`);
    return next.handle().pipe(map((result) => `${result} <${this.name}`));
  }
}

class Refusal extends Error {}

@Catch(Refusal)
class Filter implements ExceptionFilter {
  constructor(private readonly name: string) {}
  catch(exception: Refusal, host: ArgumentsHost): Observable<never> {
    const call = host.switchToRpc().getContext<DubboContext>();
    const text = `${exception.message} caught by ${this.name} in ${call.method.name}`;
    return throwError(() => new JavaException(text, { className: 'java.lang.IllegalStateException' }));
  }
}

// What Nest makes itself, as APP_* and injectables do.
const ofApp = (name: string, make: new (name: string) => object, provide: string) => ({
  provide,
  useFactory: () => new make(name),
});

class Plain {
  async say(text: string): Promise<string> {
    return `said ${text}`;
  }
  async fail(text: string): Promise<string> {
    throw new Refusal(text);
  }
}

describe('guards, pipes, interceptors and filters on Dubbo methods', () => {
  const apps = new NestApps();
  beforeEach(() => void (seen = []));
  afterEach(() => apps.close());

  async function serve(parts: ModuleMetadata, prepare?: (app: INestMicroservice) => void): Promise<EchoService> {
    const url = urlOf(await apps.microservice(parts, {}, prepare));
    @Injectable()
    class Consumer {
      @DubboReference(EchoService, { url })
      readonly echo!: EchoService;
    }
    return (await apps.microservice({ providers: [Consumer] })).get(Consumer).echo;
  }

  it('run in the order of Nest: global, APP_*, class, method', async () => {
    @UseGuards(new Guard('class'))
    @UseInterceptors(new Interceptor('class'))
    @UsePipes(new Pipe('class'))
    @DubboService(EchoService)
    class Controller extends Plain {
      @UseGuards(new Guard('method'))
      @UseInterceptors(new Interceptor('method'))
      @UsePipes(new Pipe('method'))
      override async say(text: string) {
        seen.push('handler');
        return super.say(text);
      }
    }
    const app = [
      ofApp('app', Guard, APP_GUARD),
      ofApp('app', Interceptor, APP_INTERCEPTOR),
      ofApp('app', Pipe, APP_PIPE),
    ];
    const echo = await serve({ controllers: [Controller], providers: app }, (microservice) => {
      microservice.useGlobalGuards(new Guard('global'));
      microservice.useGlobalInterceptors(new Interceptor('global'));
      microservice.useGlobalPipes(new Pipe('global'));
    });
    expect(await echo.say('hi')).toBe('said hi app global class method <method <class <global <app');
    expect(seen).toEqual([
      'guard app rpc true hi',
      'guard global rpc true hi',
      'guard class rpc true hi',
      'guard method rpc true hi',
      'before app',
      'before global',
      'before class',
      'before method',
      'handler',
    ]);
  });

  it.each(['global', 'app', 'class', 'method'])('a guard of level %s refuses', async (level) => {
    @DubboService(EchoService)
    @UseGuards(new Guard('class'))
    class Controller extends Plain {
      @UseGuards(new Guard('method'))
      override async say(text: string) {
        return super.say(text);
      }
    }
    const echo = await serve(
      { controllers: [Controller], providers: [ofApp('app', Guard, APP_GUARD)] },
      (microservice) => void microservice.useGlobalGuards(new Guard('global')),
    );
    await expect(echo.say(`refused by ${level}`)).rejects.toThrow('Forbidden resource');
    expect(await echo.say('hi')).toBe('said hi');
  });

  it('what a pipe throws reaches the caller', async () => {
    @DubboService(EchoService)
    @UsePipes(new Pipe('class'))
    class Controller extends Plain {}
    const echo = await serve({ controllers: [Controller] });
    await expect(echo.say('broken by class')).rejects.toThrow('RangeError: broken by pipe class');
  });

  describe('filters: the nearest wins, and all win over the last resort', () => {
    @DubboService(EchoService)
    class Unfiltered extends Plain {}

    @DubboService(EchoService)
    @UseFilters(new Filter('class'))
    class OfClass extends Plain {}

    @UseFilters(new Filter('class'))
    @DubboService(EchoService)
    class OfMethod extends Plain {
      @UseFilters(new Filter('method'))
      override fail(text: string) {
        return super.fail(text);
      }
    }

    const appFilter = [ofApp('app', Filter, APP_FILTER)];
    const global = (microservice: INestMicroservice) => void microservice.useGlobalFilters(new Filter('global'));
    const cases: [string, ModuleMetadata, ((app: INestMicroservice) => void) | undefined][] = [
      ['method', { controllers: [OfMethod], providers: appFilter }, global],
      ['class', { controllers: [OfClass], providers: appFilter }, global],
      ['global', { controllers: [Unfiltered], providers: appFilter }, global],
      ['app', { controllers: [Unfiltered], providers: appFilter }, undefined],
    ];
    it.each(cases)('%s', async (level, parts, prepare) => {
      const echo = await serve(parts, prepare);
      await expect(echo.fail('no')).rejects.toMatchObject({
        className: 'java.lang.IllegalStateException',
        message: `no caught by ${level} in fail`,
      });
    });

    it('none: the exception stays what it was', async () => {
      const echo = await serve({ controllers: [Unfiltered] });
      await expect(echo.fail('no')).rejects.toMatchObject({ className: 'java.lang.RuntimeException' });
      await expect(echo.fail('no')).rejects.toThrow('Error: no');
    });

    it("one that extends Nest's own gives its message", async () => {
      @Catch()
      class Masking extends BaseRpcExceptionFilter {}
      const echo = await serve({ controllers: [Unfiltered] }, (microservice) => {
        microservice.useGlobalFilters(new Masking());
      });
      await expect(echo.fail('secret')).rejects.toThrow('Error: Internal server error');
    });

    it('catches what an interceptor throws later on', async () => {
      @DubboService(EchoService)
      @UseInterceptors({
        intercept: (_: ExecutionContext, next: CallHandler) =>
          next.handle().pipe(
            map(() => {
              throw new Refusal('after the fact');
            }),
          ),
      })
      class Controller extends Plain {}
      const echo = await serve({ controllers: [Controller], providers: appFilter });
      await expect(echo.say('hi')).rejects.toThrow('after the fact caught by app in say');
    });
  });
});
