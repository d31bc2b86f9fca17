import 'reflect-metadata';
import { findContract, type ContractClass } from '@nestjs-dubbo/core';
import { Inject } from '@nestjs/common';
import { checkReferenceOptions } from '../module/check-options.js';
import type { DubboReferenceOptions } from '../module/dubbo-options.js';
import { suggestion } from '../module/option-check.js';
import { declareReference } from './reference-declarations.js';
import type { ReferenceTarget } from './reference-key.js';

/**
 * Injects a remote service into a property or constructor parameter.
 *
 * `@DubboReference(options?)` takes the contract from the declared type, `@DubboReference(Contract, options?)` names it (for
 * compilers that write no decorator metadata, and with `import type`), `@DubboReference('com.acme.Service', options?)`
 * gives a {@link GenericService}. Throws a TypeError naming class and property if the type is no contract or an option is
 * wrong, when the class is declared.
 */
export function DubboReference(options?: DubboReferenceOptions): ReferenceDecorator;
export function DubboReference(contract: ContractClass, options?: DubboReferenceOptions): ReferenceDecorator;
export function DubboReference(interfaceName: string, options?: DubboReferenceOptions): ReferenceDecorator;
export function DubboReference(
  first?: ContractClass | string | DubboReferenceOptions,
  second?: DubboReferenceOptions,
): ReferenceDecorator {
  return (target, property, index) => {
    const where = placeOf(target, property, index);
    const given = typeof first === 'function' || typeof first === 'string' ? first : undefined;
    const options = (given === undefined ? (first as DubboReferenceOptions | undefined) : second) ?? {};
    if (arguments.length > 0 && first === undefined) throw new TypeError(missing(where));
    checkReferenceOptions(`@DubboReference of ${where}`, options);
    const reference = given === undefined ? byType(target, property, index, where) : byName(given, where);
    checkMethodNames(where, reference, options);
    const inject = Inject(declareReference(reference, options)) as ReferenceDecorator;
    inject(target, property, index);
  };
}

/** For properties and constructor parameters. */
export type ReferenceDecorator = (target: object, property: string | symbol | undefined, index?: number) => void;

function byName(given: ContractClass | string, where: string): ReferenceTarget {
  if (typeof given === 'string') {
    if (given === '') throw new TypeError(`@DubboReference of ${where}: the interface's name is empty`);
    return given;
  }
  const contract = findContract(given);
  if (!contract)
    throw new TypeError(`@DubboReference of ${where}: ${given.name} is no contract; it has no @DubboInterface`);
  return contract;
}

function byType(
  target: object,
  property: string | symbol | undefined,
  index: number | undefined,
  where: string,
): ReferenceTarget {
  const type: unknown =
    index === undefined
      ? Reflect.getMetadata('design:type', target, property!)
      : (Reflect.getMetadata('design:paramtypes', target) as unknown[] | undefined)?.[index];
  const contract = findContract(type);
  if (contract) return contract;
  const name = typeof type === 'function' ? type.name : undefined;
  throw new TypeError(
    name === undefined
      ? missing(where)
      : `@DubboReference of ${where}: its type ${name} is no contract. Declare it as a class with @DubboInterface, ` +
          `imported as a value, or name the contract: @DubboReference(CommentService)`,
  );
}

function missing(where: string): string {
  return (
    `@DubboReference of ${where}: the type is not known here; it was compiled without emitDecoratorMetadata, imported ` +
    `as a type, or by a cyclic import. Name the contract: @DubboReference(CommentService)`
  );
}

function checkMethodNames(where: string, reference: ReferenceTarget, options: DubboReferenceOptions): void {
  if (typeof reference === 'string') return;
  for (const name of Object.keys(options.methods ?? {})) {
    if (reference.methods.has(name)) continue;
    throw new TypeError(
      `@DubboReference of ${where}: methods.${name} is no method of ${reference.name}; ` +
        suggestion(name, [...reference.methods.keys()]),
    );
  }
}

function placeOf(target: object, property: string | symbol | undefined, index: number | undefined): string {
  if (index === undefined) return `${target.constructor.name}.${String(property)}`;
  return `${(target as { readonly name: string }).name}, constructor parameter ${index + 1}`;
}
