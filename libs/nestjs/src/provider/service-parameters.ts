import 'reflect-metadata';
import type { JavaClassConstructor, JavaType } from '@nestjs-dubbo/hessian';
import type { ContractMethod } from '@nestjs-dubbo/core';
import { Payload } from '@nestjs/microservices';
import { PARAM_ARGS_METADATA } from '@nestjs/microservices/constants.js';
import { argumentClass } from './argument-class.js';

/** What Nest's parameter decorators note of one parameter. */
interface ParameterMetadata {
  readonly index: number;
  readonly data?: unknown;
  readonly pipes?: readonly (object | (new () => object))[];
}

/** By `<kind>:<index>`, or an own key for custom decorators; undefined if no parameter of the method is decorated. */
export function decoratedParameters(
  prototype: object,
  name: string,
): Readonly<Record<string, ParameterMetadata>> | undefined {
  return Reflect.getMetadata(PARAM_ARGS_METADATA, prototype.constructor, name) as
    Readonly<Record<string, ParameterMetadata>> | undefined;
}

/**
 * Tells Nest where each argument comes from and, for pipes, what it is: argument i of the contract is element i of the
 * payload, its type the class of a DTO (see {@link argumentClass}), else Object, which Nest's own pipes leave alone. Throws a TypeError for a decorator
 * on an argument of the contract (`@Payload(pipe)` excepted) and for a parameter that nothing covers.
 */
export function describeParameters(
  className: string,
  prototype: object,
  { name, params }: ContractMethod,
  functionLength: number,
): void {
  const decorated = new Map<number, [kind: string, ParameterMetadata]>();
  for (const [key, metadata] of Object.entries(decoratedParameters(prototype, name) ?? {})) {
    decorated.set(metadata.index, [key.split(':')[0]!, metadata]);
  }
  const types = (Reflect.getMetadata('design:paramtypes', prototype, name) as unknown[] | undefined) ?? [];
  const arity = Math.max(functionLength, types.length, ...[...decorated.keys()].map((index) => index + 1));
  for (let index = params.length; index < arity; index++) {
    if (decorated.has(index)) continue;
    throw new TypeError(
      `${className}.${name}: parameter ${index + 1} is neither an argument of the contract, which has ${params.length}, ` +
        `nor decorated; decorate it, as with @Ctx(), or add it to the contract`,
    );
  }
  for (const index of params.keys()) {
    const [kind, own] = decorated.get(index) ?? [];
    if (own && (kind !== PAYLOAD || (own.data ?? String(index)) !== String(index))) {
      throw new TypeError(
        `${className}.${name}: parameter ${index + 1} is an argument of the contract and takes no decorator but ` +
          `@Payload(pipes); put decorated parameters behind the ${params.length} of the contract`,
      );
    }
    Payload(String(index), ...((own?.pipes ?? []) as []))(prototype, name, index);
  }
  const known = [...params.map(metatypeOf), ...types.slice(params.length)];
  Reflect.defineMetadata('design:paramtypes', known, prototype, name);
}

/** RpcParamtype.PAYLOAD, as the keys of Nest's metadata have it. */
const PAYLOAD = '3';

/** The class of a DTO argument; undefined for everything else. */
export function dtoClassOf({ shape }: JavaType): JavaClassConstructor | undefined {
  if (shape.kind === 'lazy') return dtoClassOf(shape.resolve());
  return shape.kind === 'class' ? shape.construct : undefined;
}

function metatypeOf(type: JavaType): unknown {
  const dto = dtoClassOf(type);
  return dto ? argumentClass(dto) : Object;
}
