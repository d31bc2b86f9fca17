export {
  BigDecimal,
  HessianError,
  JavaClass,
  JavaException,
  JavaField,
  JavaObject,
  JavaValue,
  isJavaException,
  java,
} from '@nestjs-dubbo/hessian';
export type {
  JavaClassConstructor,
  JavaClassOptions,
  JavaExceptionOptions,
  JavaFieldOptions,
  JavaStackFrame,
  JavaType,
  Ref,
  TypeLike,
  ValueOf,
} from '@nestjs-dubbo/hessian';
export { DubboInterface, contractOf, declaredContract, findContract } from '@nestjs-dubbo/core';
export type { Contract, ContractClass, ContractMethod, MethodEntry, MethodTable } from '@nestjs-dubbo/core';
