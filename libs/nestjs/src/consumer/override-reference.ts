import { contractOf, standIn, type ContractClass } from '@nestjs-dubbo/core';
import { checkReferenceOptions } from '../module/check-options.js';
import type { DubboReferenceOptions } from '../module/dubbo-options.js';
import { declareReference, declaredTokens } from './reference-declarations.js';
import { tokenOf, type ReferenceTarget, type ReferenceToken } from './reference-key.js';

/**
 * The injection token of a reference, for `useFactory` and for Nest's `overrideProvider`; options as at the decorator. It
 * declares the reference, as the decorator does. Nest's `moduleRef` resolves it, as it does all transient providers.
 */
export function referenceToken(contract: ContractClass | string, options: DubboReferenceOptions = {}): ReferenceToken {
  checkReferenceOptions('referenceToken', options);
  return declareReference(targetOf(contract), options);
}

/** What this package needs of Nest's TestingModuleBuilder. */
export interface ProviderOverrides<Builder> {
  overrideProvider(token: ReferenceToken): { useValue(value: unknown): Builder };
}

/**
 * Replaces the references to a contract in a testing module: all of them, or the one with the given options. The fake may
 * go where a stub goes: `withCall(fake, …)` is the fake.
 * Throws an Error if there is none: nothing would be replaced.
 */
export function overrideReference<Builder extends ProviderOverrides<Builder>, T extends object>(
  builder: Builder,
  contract: ContractClass<T> | string,
  fake: Partial<T>,
  options?: DubboReferenceOptions,
): Builder {
  const target = targetOf(contract);
  const declared = declaredTokens(target);
  const tokens = options === undefined ? declared : declared.filter((token) => token === tokenOf(target, options));
  if (tokens.length === 0) {
    const name = typeof contract === 'string' ? contract : contract.name;
    throw new Error(
      `No @DubboReference to ${name}${options ? ' with these options' : ''} is declared; ` +
        `declared are: ${declared.join(', ') || 'none to this contract'}`,
    );
  }
  standIn(fake);
  return tokens.reduce((overridden, token) => overridden.overrideProvider(token).useValue(fake), builder);
}

function targetOf(contract: ContractClass | string): ReferenceTarget {
  return typeof contract === 'string' ? contract : contractOf(contract);
}
