import type { Observable } from 'rxjs';

/**
 * A class type that serves every method of a contract, argument for argument, or a type that no class has and whose text
 * says what is wrong: the compiler prints it. Parameters beyond the contract's must be decorated, which only the running
 * decorator can see.
 */
export type FittingService<C, Face> = C extends abstract new (...args: never[]) => infer Service
  ? [ServiceProblem<Service, Face>] extends [never]
    ? C
    : ServiceProblem<Service, Face>
  : never;

/** What is wrong with one method; never a value. */
export interface ServiceMismatch<Where extends string, InTheClass, InTheContract> {
  readonly where: Where;
  readonly inTheClass: InTheClass;
  readonly inTheContract: InTheContract;
}

type ServiceProblem<Service, Face> = {
  [K in Extract<keyof Face, string>]: K extends keyof Service
    ? MethodProblem<K, Service[K], Face[K]>
    : `${K}: the contract has it, the class has it not, or not as a public method`;
}[Extract<keyof Face, string>];

type MethodProblem<K extends string, F, Declared> = [F, Declared] extends [
  (...args: infer P) => infer R,
  (...args: infer Q) => Promise<infer V>,
]
  ? number extends P['length']
    ? `${K}: rest parameters are refused; name each argument`
    : ParamsProblem<K, Required<P>, Q> | ResultProblem<K, R, V>
  : `${K}: not a method`;

type ParamsProblem<
  K extends string,
  P extends readonly unknown[],
  Q extends readonly unknown[],
  Seen extends 1[] = [],
> = Q extends readonly [infer Argument, ...infer MoreArguments]
  ? P extends readonly [infer Param, ...infer MoreParams]
    ? [Argument] extends [Param]
      ? ParamsProblem<K, MoreParams, MoreArguments, [...Seen, 1]>
      : ServiceMismatch<`${K}: parameter ${[...Seen, 1]['length'] & number}`, Param, Argument>
    : `${K}: parameter ${[...Seen, 1]['length'] & number} of the contract is missing`
  : never;

type ResultProblem<K extends string, R, V> = [R] extends [V | Promise<V> | Observable<V>]
  ? never
  : ServiceMismatch<`${K}: result`, R, V | Promise<V> | Observable<V>>;
