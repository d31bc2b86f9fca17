export { contractOf, declaredContract, findContract } from './contract/contract.js';
export type { Contract, ContractClass, ContractMethod } from './contract/contract.js';
export { DubboInterface } from './contract/dubbo-interface.js';
export type { ContractMismatch, FittingClass, MethodEntry, MethodTable } from './contract/contract-check.js';
