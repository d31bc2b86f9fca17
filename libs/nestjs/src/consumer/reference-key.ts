import type { Contract } from '@nestjs-dubbo/core';
import type { DubboReferenceOptions } from '../module/dubbo-options.js';

/** What a reference goes to: a contract, or the name of an interface for generic calls. */
export type ReferenceTarget = Contract | string;

/** The token under which one reference is injected. */
export type ReferenceToken = string;

/** Equal targets and options give equal tokens; readable, as Nest prints it. */
export function tokenOf(target: ReferenceTarget, options: DubboReferenceOptions): ReferenceToken {
  const name = typeof target === 'string' ? `GenericService ${target}` : `${target.interface}${twin(target)}`;
  const written = canonical(options);
  return `DubboReference(${name}${written === '{}' ? '' : ` ${written}`})`;
}

const identities = new WeakMap<object, number>();
let lastIdentity = 0;

function identityOf(value: object): number {
  let identity = identities.get(value);
  if (identity === undefined) identities.set(value, (identity = ++lastIdentity));
  return identity;
}

const twins = new Map<string, Contract[]>();

/** Tells contracts of one interface apart: nothing for the first, #2 for the second. */
function twin(contract: Contract): string {
  const known = twins.get(contract.interface) ?? [];
  twins.set(contract.interface, known);
  let index = known.indexOf(contract);
  if (index < 0) index = known.push(contract) - 1;
  return index === 0 ? '' : `#${index + 1}`;
}

/** JSON with sorted keys and without absent values; what JSON cannot write counts by identity. */
function canonical(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function' || typeof value === 'symbol') return `<${String(typeof value)} ${keyOf(value)}>`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return `<${value.constructor.name} ${identityOf(value)}>`;
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
}

function keyOf(value: object | symbol): string | number {
  return typeof value === 'symbol' ? String(value.description) : identityOf(value);
}
