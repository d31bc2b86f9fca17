import 'reflect-metadata';
import type { ServiceMethodOptions } from '@nestjs-dubbo/core';
import { checkMethodOptions } from '../module/check-options.js';

const METHOD_OPTIONS = 'nestjs-dubbo:method-options';

/**
 * Options of one method of a `@DubboService`; they stand above the service's. The contract decides what is exported, so a
 * method needs it for options only. Throws a TypeError for an option that is none or has a wrong value.
 */
export function DubboMethod(options: ServiceMethodOptions = {}) {
  return (target: object, name: string, descriptor: PropertyDescriptor): void => {
    checkMethodOptions(`@DubboMethod of ${target.constructor.name}.${name}`, options);
    // On the function, as Nest keeps its own: it goes along when a method is inherited.
    Reflect.defineMetadata(METHOD_OPTIONS, options, descriptor.value as object);
  };
}

/** The options that `@DubboMethod` gave to a method. */
export function methodOptionsOf(method: object): ServiceMethodOptions | undefined {
  return Reflect.getMetadata(METHOD_OPTIONS, method) as ServiceMethodOptions | undefined;
}
