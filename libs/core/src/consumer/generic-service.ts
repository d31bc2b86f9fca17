import { java } from '@nestjs-dubbo/hessian';
import type { Contract, ContractMethod } from '../contract/contract.js';
import { invokeAsyncMethod, invokeMethod, type BuiltInMethod } from '../message/built-in-method.js';

/** A service without a contract: methods by name, types by Java name, objects as plain values with a `class` key. */
export interface GenericService {
  /**
   * @param method the Java method's name
   * @param types Java names of its parameter types (`long`, `java.lang.String`, `int[]`), which tell overloads apart
   * @returns the result in plain form; rejects with a GenericException as JavaException if the method threw
   */
  $invoke(method: string, types: readonly string[], args: readonly unknown[]): Promise<unknown>;
  $invokeAsync(method: string, types: readonly string[], args: readonly unknown[]): Promise<unknown>;
}

/** The contract that every interface fulfils in generic calls. */
export function genericContract(serviceInterface: string): Contract<GenericService> {
  const methods = new Map([invokeMethod, invokeAsyncMethod].map((method) => [method.name, asContractMethod(method)]));
  return Object.freeze({ interface: serviceInterface, name: `GenericService of ${serviceInterface}`, methods });
}

function asContractMethod(method: BuiltInMethod): ContractMethod {
  return Object.freeze({ ...method, params: [java.string, java.array(java.string), java.array(java.any)], throws: [] });
}
