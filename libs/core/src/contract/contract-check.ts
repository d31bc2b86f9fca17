import type { JavaClassConstructor, PrimitiveType, TypeLike, ValueOf } from '@nestjs-dubbo/hessian';

/** One line of the table given to `@DubboInterface`. */
export interface MethodEntry {
  /** The Java method's name where it differs: overloads, and names that a stub keeps to itself. */
  readonly javaName?: string;
  readonly params: readonly TypeLike[];
  /** `java.void` if there is nothing. */
  readonly returns: TypeLike;
  /** Exceptions that the Java method declares. */
  readonly throws?: readonly JavaClassConstructor[];
}

/** The table given to `@DubboInterface`, by TypeScript method name. */
export type MethodTable = Readonly<Record<string, MethodEntry>>;

/**
 * A class type that fits its table exactly, or a type that no class has and whose text says what is wrong: the compiler
 * prints it.
 */
export type FittingClass<C, Table extends MethodTable> = C extends abstract new (...args: never[]) => infer T
  ? [ContractProblem<T, Table>] extends [never]
    ? C
    : ContractProblem<T, Table>
  : never;

/** What is wrong with one method; never a value. */
export interface ContractMismatch<Where extends string, InTheClass, InTheTable> {
  readonly where: Where;
  readonly inTheClass: InTheClass;
  readonly inTheTable: InTheTable;
}

type ContractProblem<T, Table extends MethodTable> = {
  [K in Extract<keyof T | keyof Table, string>]: K extends keyof T
    ? K extends keyof Table
      ? MethodProblem<K, T[K], Table[K]>
      : `${K}: the class has it, the table has not`
    : `${K}: the table has it, the class has not`;
}[Extract<keyof T | keyof Table, string>];

type MethodProblem<K extends string, F, Entry extends MethodEntry> = [F] extends [(...args: infer P) => infer R]
  ? Identical<F, (...args: P) => R> extends false
    ? `${K}: TypeScript overloads and generic methods are refused; give each Java overload a name of its own and a javaName`
    : Identical<P['length'], Entry['params']['length']> extends false
      ? ContractMismatch<`${K}: number of parameters`, P['length'], Entry['params']['length']>
      : ParamsProblem<K, P, Entry['params']> | ResultProblem<K, R, Entry['returns']>
  : `${K}: not a method`;

type ParamsProblem<
  K extends string,
  P extends readonly unknown[],
  Refs extends readonly TypeLike[],
  Seen extends 1[] = [],
> = [P, Refs] extends [
  readonly [infer Param, ...infer MoreParams],
  readonly [infer Ref extends TypeLike, ...infer MoreRefs extends readonly TypeLike[]],
]
  ? Fits<Param, Ref> extends true
    ? ParamsProblem<K, MoreParams, MoreRefs, [...Seen, 1]>
    : ContractMismatch<`${K}: parameter ${[...Seen, 1]['length'] & number}`, Param, ValueOf<Ref>>
  : never;

type ResultProblem<K extends string, R, Ref extends TypeLike> = [R] extends [Promise<infer V>]
  ? [Identical<R, Promise<V>>, Fits<V, Ref>] extends [true, true]
    ? never
    : ContractMismatch<`${K}: result`, R, Promise<ValueOf<Ref>>>
  : ContractMismatch<`${K}: result, which is always a Promise`, R, Promise<ValueOf<Ref>>>;

/** A reference may be null in Java, so a signature may say so; a primitive never is. */
type Fits<Signature, Ref extends TypeLike> = Ref extends PrimitiveType
  ? Identical<Signature, ValueOf<Ref>>
  : Identical<Signature, ValueOf<Ref>> extends true
    ? true
    : Identical<Signature, ValueOf<Ref> | null>;

/** Same type, not merely assignable both ways: tells `any`, `undefined`, optional and readonly apart. */
type Identical<A, B> = (<X>() => X extends A ? 1 : 2) extends <X>() => X extends B ? 1 : 2 ? true : false;
