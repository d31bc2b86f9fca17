import { Decoder, Encoder, JavaException, type TypeLike } from '@nestjs-dubbo/hessian';
import { contractOf, type ContractClass, type ContractMethod } from '../contract/contract.js';
import { readArguments } from '../message/request.js';

/** What a thread is given: a method's TypeScript name and its arguments in hessian, which keeps their types. */
export interface WorkerTask {
  readonly method: string;
  readonly args: Uint8Array;
}

/** What it gives back, in hessian; neither of both means null. Whatever is no JavaException is thrown. */
export interface WorkerResult {
  readonly value?: Uint8Array;
  readonly exception?: Uint8Array;
}

/** What a worker module exports by default. */
export type WorkerMethods = (task: WorkerTask) => Promise<WorkerResult>;

/** Methods of a contract as a worker thread runs them: the same arguments, the result as it is or a promise of it. */
export type WorkerFace<Face> = {
  readonly [K in keyof Face]?: Face[K] extends (...args: infer P) => Promise<infer R>
    ? (...args: P) => R | Promise<R>
    : never;
};

/**
 * The default export of a worker module, whose URL is the option `worker` of the methods it has:
 *
 *     export default workerMethods(PrimeService, { factors: (n) => … });
 *
 * The module is loaded once in each thread. Nothing of the application is there: no injector, no other module's state.
 * @throws TypeError if one of them is no method of the contract
 */
export function workerMethods<Face>(contractClass: ContractClass<Face>, methods: WorkerFace<Face>): WorkerMethods {
  const contract = contractOf(contractClass);
  const known = methods as Readonly<Record<string, ((...args: unknown[]) => unknown) | undefined>>;
  for (const name of Object.keys(known)) {
    if (contract.methods.has(name) && typeof known[name] === 'function') continue;
    throw new TypeError(`workerMethods: ${name} is no method of ${contract.name}, or not a function`);
  }
  return async ({ method: name, args }) => {
    const method = contract.methods.get(name);
    const run = Object.hasOwn(known, name) ? known[name] : undefined;
    if (!method || !run) throw new TypeError(`The worker module for ${contract.name} has no method ${name}`);
    try {
      const value = await run.apply(known, readArguments(new Decoder(args), method.params));
      return value === null || value === undefined ? {} : { value: encode([value], [method.returns], 'result') };
    } catch (error) {
      if (!(error instanceof JavaException)) throw error;
      return { exception: encode([error], [undefined], 'exception') };
    }
  };
}

/** The task of one call. @throws HessianError if an argument does not fit its type */
export function taskOf({ name, params }: ContractMethod, args: readonly unknown[]): WorkerTask {
  return { method: name, args: encode(args, params, 'argument') };
}

/** The value of a result; throws the exception of one. */
export function valueOf({ value, exception }: WorkerResult, { returns }: ContractMethod): unknown {
  if (exception) throw new Decoder(exception).read();
  return value ? new Decoder(value).read(returns) : null;
}

/** In a buffer of its own, which may be handed over to another thread. */
function encode(values: readonly unknown[], types: readonly (TypeLike | undefined)[], what: string): Uint8Array {
  const encoder = new Encoder();
  types.forEach((type, i) => encoder.write(values[i], type, types.length === 1 ? what : `${what} ${i}`));
  return new Uint8Array(encoder.finish());
}
