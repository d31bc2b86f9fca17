import 'reflect-metadata';
import type { ContractMethod } from '@nestjs-dubbo/core';
import { decoratedParameters } from './service-parameters.js';

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Makes sure that the method to be exported is a function of this class alone, and gives its descriptor: Nest keeps
 * patterns on the function, so two classes that export one inherited method would overwrite each other. The forwarding
 * function carries over what decorators said of the inherited one.
 *
 * A method without parameters is forwarded too: without parameter metadata Nest passes payload and context on, and a
 * default value would not take effect.
 */
export function ownMethod(prototype: object, { name, params }: ContractMethod): PropertyDescriptor {
  const own = Object.getOwnPropertyDescriptor(prototype, name);
  const takesNothing = params.length === 0 && !decoratedParameters(prototype, name);
  if (own && !takesNothing) return own;
  const target = own ? (own.value as AnyFunction) : undefined;
  const parent = Object.getPrototypeOf(prototype) as Record<string, AnyFunction>;
  // Not bound when declared: a spy or patch on the parent's prototype keeps its effect.
  const current = (): AnyFunction => target ?? parent[name]!;
  const forward: AnyFunction = takesNothing
    ? function () {
        return current().call(this);
      }
    : function (...args) {
        return current().apply(this, args);
      };
  // Nest finds metadata by the function's name.
  Object.defineProperty(forward, 'name', { value: name, configurable: true });
  const source = current();
  for (const key of Reflect.getMetadataKeys(source) as unknown[]) {
    Reflect.defineMetadata(key, Reflect.getMetadata(key, source), forward);
  }
  const descriptor = { value: forward, writable: true, configurable: true, enumerable: false };
  Object.defineProperty(prototype, name, descriptor);
  return descriptor;
}
