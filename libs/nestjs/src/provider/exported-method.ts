import type { Contract, ContractMethod } from '@nestjs-dubbo/core';
import type { DubboServiceOptions } from '../module/dubbo-options.js';

/** A class that `@DubboService` decorated. */
export interface ServiceDeclaration {
  readonly className: string;
  readonly contract: Contract;
  readonly options: DubboServiceOptions;
}

/** What a pattern of ours says of its handler. */
export interface ExportedMethod {
  readonly service: ServiceDeclaration;
  readonly method: ContractMethod;
}

// A symbol: Nest copies extras and writes them into its graph as JSON, where this must not appear.
const exported = Symbol('nestjs-dubbo: exported method');

/** The extras of a pattern. */
export function extrasOf(method: ExportedMethod): Record<string, never> {
  return { [exported]: method } as unknown as Record<string, never>;
}

/** The method behind a pattern's extras; undefined for patterns that are not ours. */
export function exportedIn(extras: object | undefined): ExportedMethod | undefined {
  return (extras as { readonly [exported]?: ExportedMethod } | undefined)?.[exported];
}
