import { Scope, type FactoryProvider } from '@nestjs/common';
import type { DubboReferenceOptions } from '../module/dubbo-options.js';
import { DubboReferences } from './dubbo-references.js';
import { tokenOf, type ReferenceTarget, type ReferenceToken } from './reference-key.js';

// The declaration list behind the decorator: Nest reads the arrays when it scans, so references declared after forRoot()
// was called are found too. Instances are made per application, and only of references that it injects.
const providers: FactoryProvider[] = [];
const tokens: ReferenceToken[] = [];
const targets = new Map<ReferenceToken, ReferenceTarget>();

export { providers as referenceProviders, tokens as referenceTokens };

/** Makes a reference injectable under its token; one with equal options is the same. */
export function declareReference(target: ReferenceTarget, options: DubboReferenceOptions): ReferenceToken {
  const token = tokenOf(target, options);
  if (targets.has(token)) return token;
  targets.set(token, target);
  tokens.push(token);
  providers.push({
    provide: token,
    // Nest makes default-scoped providers of a global module in every application, transient ones where injected.
    scope: Scope.TRANSIENT,
    inject: [DubboReferences],
    useFactory: (references: DubboReferences) => references.refer(target, options),
  });
  return token;
}

/** The tokens declared so far for a contract or interface, whatever their options. */
export function declaredTokens(target: ReferenceTarget): ReferenceToken[] {
  return tokens.filter((token) => targets.get(token) === target);
}
