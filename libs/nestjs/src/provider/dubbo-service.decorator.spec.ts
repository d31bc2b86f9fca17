import 'reflect-metadata';
import { DubboInterface } from '@nestjs-dubbo/core';
import { JavaClass, JavaField, java, type BigDecimal } from '@nestjs-dubbo/hessian';
import { Ctx, Payload } from '@nestjs/microservices';
import { describe, expect, it } from 'vitest';
import { DubboMethod } from './dubbo-method.decorator.js';
import { DubboService } from './dubbo-service.decorator.js';
import type { DubboContext } from './dubbo.context.js';

@JavaClass('com.acme.Simple')
class Simple {
  @JavaField(java.string) text!: string;
}

@JavaClass('com.acme.Compound')
class Compound {
  @JavaField(java.bigDecimal) price!: BigDecimal;
}

@DubboInterface('com.acme.SpecService', {
  put: { params: [Simple, java.bytes, java.bigDecimal, java.lazy(() => Compound)], returns: java.void },
  ping: { params: [], returns: java.string },
})
abstract class SpecService {
  abstract put(simple: Simple, bytes: Uint8Array, price: BigDecimal, compound: Compound): Promise<void>;
  abstract ping(): Promise<string>;
}

class Service {
  async put(_simple: Simple, _bytes: Uint8Array, _price: BigDecimal, _compound: Compound) {}
  async ping() {
    return 'pong';
  }
}

/** Decorates past the compiler. */
const decorate = (target: unknown, options = {}) =>
  (DubboService(SpecService, options) as (target: unknown) => void)(target);

const paramTypes = (target: { prototype: object }, name: string) =>
  Reflect.getMetadata('design:paramtypes', target.prototype, name) as { name: string; prototype: unknown }[];

describe('@DubboService', () => {
  it('tells pipes the classes of DTOs and nothing of other arguments, from the contract', () => {
    @DubboService(SpecService)
    class Controller extends Service {
      override async ping(@Ctx() context?: DubboContext) {
        return context!.remoteAddress;
      }
    }
    const [simple, bytes, price, compound] = paramTypes(Controller, 'put');
    expect(simple).toBe(Simple);
    expect([bytes, price]).toEqual([Object, Object]);
    expect(compound!.name).toBe('Compound');
    expect(compound!.prototype).toBeInstanceOf(Compound);
    expect(paramTypes(Controller, 'ping')).toEqual([Object]);
  });

  it('leaves the inherited class as it is', () => {
    @DubboService(SpecService)
    class Controller extends Service {}
    expect(paramTypes(Service, 'put')).toBeUndefined();
    expect(Object.hasOwn(Controller.prototype, 'put')).toBe(true);
    expect(Controller.prototype.put).not.toBe(Service.prototype.put);
  });

  it('refuses a parameter that neither the contract nor a decorator covers', () => {
    class Controller extends Service {
      override async ping(page?: number) {
        return String(page);
      }
    }
    expect(() => decorate(Controller)).toThrow(
      'Controller.ping: parameter 1 is neither an argument of the contract, which has 0, nor decorated',
    );
    class Gap extends Service {
      override async ping(_page?: number, @Ctx() context?: DubboContext) {
        return context!.remoteAddress;
      }
    }
    expect(() => decorate(Gap)).toThrow('Gap.ping: parameter 1 is neither');
  });

  it('refuses a decorator on an argument of the contract, but for pipes', () => {
    class Contexts extends Service {
      override async put(@Ctx() _simple: Simple, _bytes: Uint8Array, _price: BigDecimal, _compound: Compound) {}
    }
    expect(() => decorate(Contexts)).toThrow('Contexts.put: parameter 1 is an argument of the contract and takes no');
    class Named extends Service {
      override async put(@Payload('name') _simple: Simple, _b: Uint8Array, _p: BigDecimal, _c: Compound) {}
    }
    expect(() => decorate(Named)).toThrow('Named.put: parameter 1 is an argument of the contract and takes no');
  });

  it('refuses a missing method, wrong options and options of no method', () => {
    class Missing {
      async ping() {
        return 'pong';
      }
    }
    expect(() => decorate(Missing)).toThrow('Missing.put is missing; the contract has it');
    expect(() => decorate(Service, { wieght: 5 })).toThrow(
      '@DubboService of Service.wieght is no option; did you mean "weight"?',
    );
    expect(() => decorate(Service, { methods: { pin: {} } })).toThrow(
      '@DubboService of Service: methods.pin is no method of SpecService; did you mean "ping"?',
    );
    class Extra extends Service {
      @DubboMethod({ timeout: 5 })
      pong() {
        return 'ping';
      }
    }
    expect(() => decorate(Extra)).toThrow('@DubboMethod stands on pong, which is no method of SpecService');
    expect(() => DubboMethod({ timeuot: 5 } as object)(Service.prototype, 'ping', {})).toThrow(
      '@DubboMethod of Service.ping.timeuot is no option; did you mean "timeout"?',
    );
  });

  it('refuses a class that is no contract', () => {
    expect(() => DubboService(Service)).not.toThrow(Error);
    expect(() => (DubboService(Service) as (target: unknown) => void)(class Controller {})).toThrow(
      'Service is no Dubbo contract',
    );
  });
});
