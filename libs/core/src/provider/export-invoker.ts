import type { ProviderOptions, ServiceOptions } from '../config/options.js';
import type { Contract, ContractMethod } from '../contract/contract.js';
import { echo } from '../filter/echo.js';
import { exception } from '../filter/exception.js';
import { executes } from '../filter/executes.js';
import { generic } from '../filter/generic.js';
import { DubboError } from '../invocation/dubbo-error.js';
import { compose, type Invoker } from '../invocation/invocation.js';
import type { Logger } from '../invocation/logger.js';
import type { Handler } from './call-context.js';
import { ServedCall, type MethodWorker } from './served-call.js';
import type { WorkerPool } from './worker-pool.js';

export interface ExportParts {
  readonly contract: Contract;
  readonly handlers: ReadonlyMap<string, Handler>;
  readonly service: ServiceOptions;
  readonly provider: ProviderOptions;
  readonly workers: WorkerPool;
  /** Largest result in bytes; undefined: no limit. */
  readonly maxBytes: number | undefined;
  readonly logger: Logger;
}

/**
 * The invoker of one export: built-in filters in Java's order, then the user's, then the handler. A method with a worker
 * needs no handler.
 * @throws Error if a method of the contract has no handler; TypeError if its worker cannot be one
 */
export function exportInvoker(parts: ExportParts): Invoker {
  const { contract, handlers, service, provider, workers, maxBytes, logger } = parts;
  const served = new Map<string, ServedMethod>();
  for (const [name, method] of contract.methods) {
    const worker = methodWorker(contract, method, service.methods?.[name]?.worker, workers);
    const handler = handlers.get(name) ?? (worker && runInWorker);
    if (!handler) throw new Error(`${contract.name}.${name} has no handler`);
    served.set(name, { handler, worker });
  }
  const filters = [
    echo,
    generic(contract, maxBytes),
    exception({
      declared: ({ name }) => contract.methods.get(name)?.throws ?? [],
      exposeStack: provider.exposeStack ?? true,
      logger,
    }),
    executes(({ name }) => service.methods?.[name]?.executes ?? service.executes ?? provider.executes),
    ...(provider.filters ?? []),
    ...(service.filters ?? []),
  ];
  return compose(filters, handlerInvoker(served));
}

interface ServedMethod {
  readonly handler: Handler;
  readonly worker: MethodWorker | undefined;
}

const runInWorker: Handler = (args, context) => context.runInWorker(args);

function methodWorker(
  contract: Contract,
  method: ContractMethod,
  worker: URL | string | undefined,
  workers: WorkerPool,
): MethodWorker | undefined {
  if (worker === undefined) return undefined;
  const file = workers.module(worker, `${contract.name}.${method.name}`);
  return (args, signal) => workers.run(file, method, args, signal);
}

/** What a handler throws is the callee's exception, not a failed call. */
function handlerInvoker(methods: ReadonlyMap<string, ServedMethod>): Invoker {
  return async (invocation) => {
    const call = ServedCall.of(invocation);
    const { handler, worker } = methods.get(invocation.method.name)!;
    call.worker = worker;
    try {
      const value = await handler(invocation.args, call.seenAs(invocation));
      return { ok: true, value, attachments: call.responseAttachments };
    } catch (error) {
      if (call.abandoned && isAbortError(error)) throw givenUp(call, error);
      return { ok: false, exception: error, attachments: call.responseAttachments };
    }
  };
}

/** A handler that ends because its signal was aborted has not failed. */
function givenUp({ service, method }: ServedCall, cause: unknown): DubboError {
  const place = { service: service.interface, method: method.javaName };
  const message = `${place.service}.${place.method} was given up: nobody waits for its result`;
  return new DubboError('timeout-terminate', message, { ...place, cause });
}

function isAbortError(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
