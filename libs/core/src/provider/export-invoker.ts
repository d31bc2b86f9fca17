import type { ProviderOptions, ServiceOptions } from '../config/options.js';
import type { Contract } from '../contract/contract.js';
import { echo } from '../filter/echo.js';
import { exception } from '../filter/exception.js';
import { executes } from '../filter/executes.js';
import { generic } from '../filter/generic.js';
import { compose, type Invoker } from '../invocation/invocation.js';
import type { Logger } from '../invocation/logger.js';
import type { Handler } from './call-context.js';
import { ServedCall } from './served-call.js';

export interface ExportParts {
  readonly contract: Contract;
  readonly handlers: ReadonlyMap<string, Handler>;
  readonly service: ServiceOptions;
  readonly provider: ProviderOptions;
  readonly logger: Logger;
}

/**
 * The invoker of one export: built-in filters in Java's order, then the user's, then the handler.
 * @throws Error if a method of the contract has no handler
 */
export function exportInvoker({ contract, handlers, service, provider, logger }: ExportParts): Invoker {
  for (const name of contract.methods.keys()) {
    if (!handlers.has(name)) throw new Error(`${contract.name}.${name} has no handler`);
  }
  const filters = [
    echo,
    generic(contract),
    exception({
      declared: ({ name }) => contract.methods.get(name)?.throws ?? [],
      exposeStack: provider.exposeStack ?? true,
      logger,
    }),
    executes(({ name }) => service.methods?.[name]?.executes ?? service.executes ?? provider.executes),
    ...(provider.filters ?? []),
    ...(service.filters ?? []),
  ];
  return compose(filters, handlerInvoker(handlers));
}

/** What a handler throws is the callee's exception, not a failed call. */
function handlerInvoker(handlers: ReadonlyMap<string, Handler>): Invoker {
  return async (invocation) => {
    const call = ServedCall.of(invocation);
    const handler = handlers.get(invocation.method.name)!;
    try {
      const value = await handler(invocation.args, call);
      return { ok: true, value, attachments: call.responseAttachments };
    } catch (error) {
      return { ok: false, exception: error, attachments: call.responseAttachments };
    }
  };
}
