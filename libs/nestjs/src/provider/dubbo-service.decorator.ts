import 'reflect-metadata';
import { contractOf, type Contract, type ContractClass, type ContractMethod } from '@nestjs-dubbo/core';
import { Controller, type ScopeOptions } from '@nestjs/common';
import { MessagePattern } from '@nestjs/microservices';
import { checkServiceOptions } from '../module/check-options.js';
import type { DubboServiceOptions } from '../module/dubbo-options.js';
import { suggestion } from '../module/option-check.js';
import { DUBBO_TRANSPORT } from '../module/tokens.js';
import { methodOptionsOf } from './dubbo-method.decorator.js';
import { extrasOf, type ServiceDeclaration } from './exported-method.js';
import { ownMethod } from './own-method.js';
import { describeParameters } from './service-parameters.js';
import type { FittingService } from './service-check.js';

/** Options of `@DubboService`; `scope` and `durable` are Nest's, as for any controller. */
export type DubboControllerOptions = DubboServiceOptions & Pick<ScopeOptions, 'scope' | 'durable'>;

/** The classes that are services, by what messages call them. */
export const serviceNames = new WeakMap<object, string>();

/**
 * Makes a class a controller that provides a Dubbo service. The contract decides which methods are exported; the compiler
 * holds them against the class. Throws a TypeError naming class and method, when the class is declared, for a method that
 * is missing, a parameter that neither the contract nor a decorator covers, or a wrong option.
 */
export function DubboService<Face>(contractClass: ContractClass<Face>, options: DubboControllerOptions = {}) {
  return <C extends abstract new (...args: never[]) => unknown>(target: C & FittingService<C, Face>): void => {
    const { scope, durable, ...serviceOptions } = options;
    const contract = contractOf(contractClass);
    const where = `@DubboService of ${target.name}`;
    checkServiceOptions(where, serviceOptions);
    const prototype = target.prototype as object;
    checkMethodNames(where, contract, prototype, serviceOptions);
    const methods = [...contract.methods.values()].map((method) => exportMethod(target.name, prototype, method));
    const ofMethods = methods.flatMap(({ name, own }) => {
      const given = methodOptionsOf(own);
      return given ? [[name, { ...serviceOptions.methods?.[name], ...given }] as const] : [];
    });
    const service: ServiceDeclaration = Object.freeze({
      className: target.name,
      contract,
      options: { ...serviceOptions, methods: { ...serviceOptions.methods, ...Object.fromEntries(ofMethods) } },
    });
    serviceNames.set(target, service.className);
    for (const { name, method, descriptor } of methods) {
      const pattern = `${contract.interface}#${name} of ${target.name}`;
      MessagePattern(pattern, DUBBO_TRANSPORT, extrasOf({ service, method }))(prototype, name, descriptor);
    }
    Controller({ ...(scope === undefined ? {} : { scope }), ...(durable === undefined ? {} : { durable }) })(
      target as never,
    );
  };
}

interface Exported {
  readonly name: string;
  readonly method: ContractMethod;
  readonly own: object;
  readonly descriptor: PropertyDescriptor;
}

function exportMethod(className: string, prototype: object, method: ContractMethod): Exported {
  const { name } = method;
  const inherited: unknown = Reflect.get(prototype, name);
  if (typeof inherited !== 'function') {
    throw new TypeError(`${className}.${name} is missing; the contract has it`);
  }
  describeParameters(className, prototype, method, inherited.length);
  const descriptor = ownMethod(prototype, method);
  return { name, method, own: descriptor.value as object, descriptor };
}

function checkMethodNames(
  where: string,
  contract: Contract,
  prototype: object,
  { methods = {} }: DubboServiceOptions,
): void {
  const known = [...contract.methods.keys()];
  for (const name of Object.keys(methods)) {
    if (contract.methods.has(name)) continue;
    throw new TypeError(`${where}: methods.${name} is no method of ${contract.name}; ${suggestion(name, known)}`);
  }
  for (let at = prototype; at !== Object.prototype && at !== null; at = Object.getPrototypeOf(at) as object) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(at))) {
      if (typeof value !== 'function' || contract.methods.has(name) || !methodOptionsOf(value)) continue;
      throw new TypeError(
        `${where}: @DubboMethod stands on ${name}, which is no method of ${contract.name}; ${suggestion(name, known)}`,
      );
    }
  }
}
