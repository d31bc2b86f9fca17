import { declareInterface, isJavaType, typeOf } from '@nestjs-dubbo/hessian';
import type { JavaClassConstructor, JavaType, TypeLike } from '@nestjs-dubbo/hessian';
import { checkCallbacks } from './callback-parameters.js';
import { declareContract } from './contract.js';
import type { Contract, ContractMethod } from './contract.js';
import type { FittingClass, MethodEntry, MethodTable } from './contract-check.js';
import { localNames } from './local-names.js';

/**
 * Makes an abstract class the twin of a Java interface. `javaInterface` is the interface's full name, the table says what
 * each method takes and returns; the compiler holds both against each other, exactly and both ways.
 *
 * Throws a TypeError, when the class is declared, for a type that is a class without `@JavaClass`, a name that must stay
 * local to a stub, two methods that Java could not tell apart, and callbacks where Dubbo has none.
 */
export function DubboInterface<const Table extends MethodTable>(javaInterface: string, methods: Table) {
  return <C extends abstract new (...args: never[]) => unknown>(target: C & FittingClass<C, Table>): void => {
    const contract = readContract(target.name, javaInterface, methods);
    declareContract(target, contract);
    // Two types of one thing: to hessian any class may stand for an interface.
    declareInterface(target, contract.interface);
  };
}

function readContract(className: string, javaInterface: string, table: MethodTable): Contract {
  if (!javaInterface || /[\s/:?&]/.test(javaInterface)) {
    throw new TypeError(
      `@DubboInterface of ${className}: "${javaInterface}" is no Java interface name; give its full name, like com.acme.CommentService`,
    );
  }
  const methods = new Map<string, ContractMethod>();
  const taken = new Map<string, string>();
  for (const [name, entry] of Object.entries(table)) {
    const method = readMethod(`${className}.${name}`, name, entry);
    const signature = `${method.javaName}(${method.descriptor})`;
    const other = taken.get(signature);
    if (other !== undefined) {
      throw new TypeError(
        `${className}: ${other} and ${name} are the same Java method ${signature}; correct the javaName or the params of one`,
      );
    }
    taken.set(signature, name);
    methods.set(name, method);
  }
  checkCallbacks(className, methods.values());
  return Object.freeze({ interface: javaInterface, name: className, methods });
}

function readMethod(where: string, name: string, entry: MethodEntry): ContractMethod {
  if (localNames.has(name)) {
    throw new TypeError(
      `${where}: "${name}" stays local on a stub, as JavaScript, Java's proxies or Nest call it on any object; ` +
        `name the method otherwise and give javaName: '${name}'`,
    );
  }
  const javaName = entry.javaName ?? name;
  if (!javaName || /[\s./:;()]/.test(javaName)) throw new TypeError(`${where}: "${javaName}" is no Java method name`);
  if (!Array.isArray(entry.params))
    throw new TypeError(`${where}: params is missing; a method without any has params: []`);
  const params = (entry.params as readonly TypeLike[]).map((like, i) => readType(`${where}, parameter ${i + 1}`, like));
  const nothing = params.findIndex((type) => type.shape.kind === 'void');
  if (nothing >= 0) throw new TypeError(`${where}, parameter ${nothing + 1}: java.void is a result only`);
  return Object.freeze({
    name,
    javaName,
    descriptor: params.map((type) => type.descriptor).join(''),
    params: Object.freeze(params),
    returns: readType(`${where}, result`, entry.returns),
    throws: Object.freeze((entry.throws ?? []).map((exception) => readException(where, exception))),
  });
}

function readType(where: string, like: TypeLike): JavaType {
  return naming(where, () => typeOf(like));
}

function readException(where: string, exception: JavaClassConstructor): JavaClassConstructor {
  if (isJavaType(exception)) throw new TypeError(`${where}, throws: give the exception's class`);
  naming(`${where}, throws`, () => typeOf(exception));
  return exception;
}

function naming<T>(where: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new TypeError(`${where}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
