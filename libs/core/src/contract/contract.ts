import type { JavaClassConstructor, JavaType } from '@nestjs-dubbo/hessian';
import type { Method } from '../invocation/method.js';

/** One method of a contract: what travels, and what it is on the TypeScript side. */
export interface ContractMethod extends Method {
  readonly params: readonly JavaType[];
  /** Of the value that the promise resolves to. */
  readonly returns: JavaType;
  /** Exceptions that the Java method declares. */
  readonly throws: readonly JavaClassConstructor[];
}

declare const instance: unique symbol;

/** A Java interface as this process knows it. `T` is the TypeScript face of it, known to the compiler only. */
export interface Contract<T = unknown> {
  /** The Java interface's full name. */
  readonly interface: string;
  /** The TypeScript class's name, for messages. */
  readonly name: string;
  /** By TypeScript name. */
  readonly methods: ReadonlyMap<string, ContractMethod>;
  readonly [instance]?: T;
}

/** A class that a contract may be declared on. */
export type ContractClass<T = unknown> = abstract new (...args: never[]) => T;

// The declarations behind the decorators, and nothing else: no connection, no option, nothing of an application.
const byClass = new WeakMap<object, Contract>();
const byInterface = new Map<string, Contract>();

/** Notes the contract of a class. Of several classes that declare one interface, {@link declaredContract} gives the last. */
export function declareContract(target: ContractClass, contract: Contract): void {
  byClass.set(target, contract);
  byInterface.set(contract.interface, contract);
}

/** The contract that `@DubboInterface` declared on this very class, not on one it extends; undefined for anything else. */
export function findContract(value: unknown): Contract | undefined {
  return typeof value === 'function' ? byClass.get(value) : undefined;
}

/** The contract of a class. Throws a TypeError naming the class if it carries no `@DubboInterface`. */
export function contractOf<T>(target: ContractClass<T>): Contract<T> {
  const contract = findContract(target);
  if (contract) return contract as Contract<T>;
  const name = typeof target === 'function' ? target.name || 'an anonymous class' : String(target);
  throw new TypeError(`${name} is no Dubbo contract: it has no @DubboInterface('its.java.Interface', { … })`);
}

/** The contract last declared for a Java interface in this process, by the interface's full name. */
export function declaredContract(interfaceName: string): Contract | undefined {
  return byInterface.get(interfaceName);
}
