import 'reflect-metadata';
import type { ContractMethod } from '@nestjs-dubbo/core';
import { argumentClass, asDeclared } from './argument-class.js';
import { decoratedParameters, dtoClassOf } from './service-parameters.js';

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

/**
 * Makes sure that the method to be exported is a function of this class alone, and gives its descriptor: Nest keeps
 * patterns on the function, so two classes that export one inherited method would overwrite each other. The forwarding
 * function carries over what decorators said of the inherited one.
 *
 * Also forwarded is a method with DTO arguments, which pipes may have replaced by instances of their argument class, and
 * one without parameters: without parameter metadata Nest passes it payload and context, and a default value of it would
 * not take effect.
 */
export function ownMethod(prototype: object, { name, params }: ContractMethod): PropertyDescriptor {
  const own = Object.getOwnPropertyDescriptor(prototype, name);
  const takesNothing = params.length === 0 && !decoratedParameters(prototype, name);
  const dtos = params.flatMap((type, index) => {
    const dto = dtoClassOf(type);
    return dto && argumentClass(dto) !== dto ? [{ index, dto }] : [];
  });
  if (own && !takesNothing && dtos.length === 0) return own;
  const parent = Object.getPrototypeOf(prototype) as Record<string, AnyFunction>;
  // The parent's is looked up by each call: a spy or patch on its prototype keeps its effect.
  const current = own ? () => own.value as AnyFunction : () => parent[name]!;
  const forward: AnyFunction = takesNothing
    ? function () {
        return current().call(this);
      }
    : function (...args) {
        for (const { index, dto } of dtos) args[index] = asDeclared(dto, args[index]);
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
