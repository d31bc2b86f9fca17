import { HessianError } from '@nestjs-dubbo/hessian';
import type { Contract, ContractMethod } from '../contract/contract.js';
import { DubboError } from '../invocation/dubbo-error.js';
import { derive } from '../invocation/derive.js';
import type { Filter, Invocation } from '../invocation/invocation.js';
import { Key, textAttachment } from '../message/attachments.js';
import { invokeAsyncMethod, invokeMethod } from '../message/built-in-method.js';
import { generalize, realize } from '../message/generic-form.js';
import { genericException } from '../message/generic-exception.js';

/**
 * Provider: turns `$invoke` into a call of the method it names, and the result back into plain form (source:
 * org.apache.dubbo GenericFilter). Mode `true` only; others are refused by name. Results over `maxBytes` are refused.
 */
export function generic(contract: Contract, maxBytes?: number): Filter {
  return (next) => async (invocation) => {
    if (invocation.method !== invokeMethod && invocation.method !== invokeAsyncMethod) return next(invocation);
    const mode = textAttachment(invocation.attachments, Key.generic) ?? 'true';
    if (mode.toLowerCase() !== 'true') {
      throw refusal(invocation, `Generic mode "${mode}" is not supported by this provider; use "true"`);
    }
    const { method, args } = resolve(contract, invocation);
    const result = await next(derive(invocation, { method, args }));
    return result.ok
      ? { ...result, value: generalize(result.value, method.returns, maxBytes) }
      : { ...result, exception: genericException(result.exception) };
  };
}

function resolve(contract: Contract, invocation: Invocation): { method: ContractMethod; args: unknown[] } {
  const [name, typeNames, values] = invocation.args as [string | null, string[] | null, unknown[] | null];
  const javaName = (name ?? '').trim();
  const named = [...contract.methods.values()].filter((method) => method.javaName === javaName);
  const fitting = typeNames === null ? named : named.filter((method) => sameTypes(method, typeNames));
  if (fitting.length > 1) {
    const message = `Not unique method for method name(${javaName}) in class(${contract.interface}), find ${fitting.length} methods.`;
    throw refusal(invocation, message);
  }
  const method = fitting[0];
  if (!method) {
    throw refusal(invocation, `${contract.interface}.${javaName}(${(typeNames ?? []).join(', ')}) not found`);
  }
  const given = values ?? [];
  if (given.length !== method.params.length) {
    throw refusal(invocation, 'GenericFilter#invoke args.length != types.length, please check your params');
  }
  try {
    return { method, args: method.params.map((type, i) => realize(given[i], type)) };
  } catch (error) {
    if (!(error instanceof HessianError)) throw error;
    throw refusal(invocation, `${javaName}: ${error.message}`, error);
  }
}

/** Java writes array types as `int[]` or `[I`; both are taken. */
function sameTypes(method: ContractMethod, typeNames: readonly string[]): boolean {
  return (
    typeNames.length === method.params.length &&
    method.params.every(({ javaName }, i) => javaName === typeNames[i] || readableName(javaName) === typeNames[i])
  );
}

const primitives: Readonly<Record<string, string>> = {
  Z: 'boolean',
  B: 'byte',
  C: 'char',
  D: 'double',
  F: 'float',
  I: 'int',
  J: 'long',
  S: 'short',
};

/** `[Ljava.lang.String;` as `java.lang.String[]` (source: org.apache.dubbo ReflectUtils.getName). */
function readableName(javaName: string): string {
  const dimensions = javaName.lastIndexOf('[') + 1;
  if (dimensions === 0) return javaName;
  const element = javaName.slice(dimensions);
  return (primitives[element] ?? element.slice(1, -1)) + '[]'.repeat(dimensions);
}

function refusal({ service, method }: Invocation, message: string, cause?: unknown): DubboError {
  return new DubboError('unknown', message, { service: service.interface, method: method.javaName, cause });
}
