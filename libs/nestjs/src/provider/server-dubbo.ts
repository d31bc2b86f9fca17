import type { CallContext, Handler, Server as DubboServer } from '@nestjs-dubbo/core';
import { Inject, Injectable } from '@nestjs/common';
import { ApplicationConfig, HttpAdapterHost } from '@nestjs/core';
import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import { isObservable, lastValueFrom, Observable, takeUntil } from 'rxjs';
import { Filters } from '../module/filters.js';
import { DUBBO_SERVER, DUBBO_TRANSPORT } from '../module/tokens.js';
import { teachClassTransformer } from './argument-class.js';
import { DubboContext } from './dubbo.context.js';
import { DubboExceptionFilter } from './dubbo-exception.filter.js';
import { explained } from './explained.js';
import { exportedIn, type ServiceDeclaration } from './exported-method.js';
import { GlobalEnhancers } from './global-enhancers.js';

export type ServerDubboStatus = 'listening' | 'closed';

/**
 * The transport strategy: Nest gives it the pipelines of all `@DubboService` methods, core's server calls them. Listening
 * registers the services; closing takes them back, serves what has come and closes.
 */
@Injectable()
export class ServerDubbo extends Server<Record<string, never>, ServerDubboStatus> implements CustomTransportStrategy {
  override readonly transportId = DUBBO_TRANSPORT;
  readonly #handlers = new Map<ServiceDeclaration, Map<string, Handler>>();
  /** For `dubbo()` and `connectDubbo()`. */
  readonly globals: GlobalEnhancers;

  constructor(
    @Inject(DUBBO_SERVER) private readonly server: DubboServer,
    @Inject(Filters) private readonly filters: Filters,
    @Inject(ApplicationConfig) config: ApplicationConfig,
    @Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost,
  ) {
    super();
    this.globals = new GlobalEnhancers(config, new DubboExceptionFilter(adapterHost));
  }

  /** Takes our patterns, and no others: Nest offers a pattern without a transport to every server. */
  override addHandler(
    pattern: unknown,
    callback: MessageHandler,
    isEventHandler = false,
    extras: Record<string, unknown> = {},
  ): void {
    const exported = exportedIn(extras);
    if (!exported) return;
    super.addHandler(pattern, callback, isEventHandler, extras);
    this.globals.capture();
    const { service, method } = exported;
    let handlers = this.#handlers.get(service);
    if (!handlers) this.#handlers.set(service, (handlers = new Map()));
    if (handlers.has(method.name)) {
      throw new Error(
        `${service.className} is registered twice: make it a controller of one module, and call connectDubbo(app) once`,
      );
    }
    handlers.set(method.name, (args, call) => this.#handle(callback, args, call));
  }

  async listen(callback: (error?: unknown) => void): Promise<void> {
    try {
      this.globals.check(Boolean(this.adapterHost.httpAdapter));
      for (const [{ contract, options }, handlers] of this.#handlers) {
        this.server.export(contract, handlers, { ...options, filters: this.filters.resolve(options.filters) });
      }
      await Promise.all([this.filters.ready(), teachClassTransformer()]);
      await this.server.listen();
      this._status$.next('listening');
    } catch (error) {
      callback(error);
      return;
    }
    callback();
  }

  async close(): Promise<void> {
    await this.server.close();
    this._status$.next('closed');
  }

  /** There are no events; `status` tells the changes of state. */
  on(event: string): void {
    throw new Error(`ServerDubbo has no event "${event}"; subscribe to its status`);
  }

  /** Core's server: its host and port. */
  unwrap<T = DubboServer>(): T {
    return this.server as T;
  }

  /** Runs a pipeline between the hooks of Nest's instrumentation; rejects with what was thrown. */
  #handle(callback: MessageHandler, args: readonly unknown[], call: CallContext): Promise<unknown> {
    const context = new DubboContext([call]);
    const start = this.onProcessingStartHook as typeof this.onProcessingStartHook | undefined;
    // Releases before Nest 11.1.5 have no hooks.
    if (!start) return settle(callback(args, context), call);
    return new Promise((resolve, reject) => {
      // Called and subscribed within the hook: what it sets for the asynchronous context holds for the whole pipeline.
      const run = async (): Promise<void> => {
        try {
          resolve(await settle(callback(args, context), call));
        } catch (error) {
          reject(error);
        } finally {
          this.onProcessingEndHook?.(DUBBO_TRANSPORT, context);
        }
      };
      start.call(this, DUBBO_TRANSPORT, context, run);
    });
  }
}

/** With an interceptor the method does not run before somebody subscribes; of several values the last is the result. */
async function settle(pipeline: Promise<unknown>, call: CallContext): Promise<unknown> {
  try {
    const result = await pipeline;
    if (!isObservable(result)) return result;
    return await lastValueFrom(result.pipe(takeUntil(aborted(call.signal))), { defaultValue: undefined });
  } catch (thrown) {
    throw explained(thrown);
  }
}

/** Fails when the signal is aborted: an observable must not outlive the interest in it. */
function aborted(signal: AbortSignal): Observable<never> {
  return new Observable((subscriber) => {
    const fail = (): void => subscriber.error(signal.reason);
    if (signal.aborted) fail();
    signal.addEventListener('abort', fail, { once: true });
    return () => signal.removeEventListener('abort', fail);
  });
}
