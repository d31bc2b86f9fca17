import type { CallbackShape, JavaType } from '@nestjs-dubbo/hessian';
import { contractOf, type Contract, type ContractMethod } from './contract.js';

/** A parameter whose argument the provider calls back. */
export interface CallbackParameter {
  /** From 0. */
  readonly index: number;
  /** Of the argument. */
  readonly contract: Contract;
  /** The method gives back what another one was given. */
  readonly release: boolean;
}

const known = new WeakMap<readonly JavaType[], readonly CallbackParameter[]>();

/** The callback parameters of a method, in order; the same list for the same method. */
export function callbackParameters({ params }: { readonly params: readonly JavaType[] }): readonly CallbackParameter[] {
  let found = known.get(params);
  if (!found) known.set(params, (found = Object.freeze(findCallbacks(params))));
  return found;
}

function findCallbacks(params: readonly JavaType[]): CallbackParameter[] {
  return params.flatMap(({ shape }, index) =>
    isCallback(shape) ? [{ index, contract: contractOf(shape.contract), release: shape.release }] : [],
  );
}

/**
 * Whether callbacks stand where Dubbo can take them.
 * @throws TypeError for a callback as a result, one that takes callbacks itself, and overloads that differ in callbacks
 */
export function checkCallbacks(className: string, methods: Iterable<ContractMethod>): void {
  const kinds = new Map<string, { readonly method: ContractMethod; readonly kind: string }>();
  for (const method of methods) {
    const where = `${className}.${method.name}`;
    if (isCallback(method.returns.shape)) {
      throw new TypeError(`${where}, result: java.callback is a parameter only, as just a caller can be called back`);
    }
    for (const { index, contract } of callbackParameters(method)) {
      if ([...contract.methods.values()].some((called) => callbackParameters(called).length > 0)) {
        throw new TypeError(
          `${where}, parameter ${index + 1}: ${contract.name} takes callbacks itself, which a callback cannot`,
        );
      }
    }
    for (const [index, { shape }] of method.params.entries()) {
      const place = `${method.javaName}.${index}`;
      const kind = isCallback(shape) ? `callback ${shape.release}` : '';
      const other = kinds.get(place) ?? { method, kind };
      kinds.set(place, other);
      if (other.kind === kind) continue;
      throw new TypeError(
        `${className}: ${other.method.name} and ${method.name} are one Java name, ${method.javaName}, but differ in the ` +
          `callback at parameter ${index + 1}; Dubbo knows callbacks by name and position, so rename one of them in Java`,
      );
    }
  }
}

function isCallback(shape: JavaType['shape']): shape is CallbackShape {
  return shape.kind === 'callback';
}
