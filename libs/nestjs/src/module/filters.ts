import type { Filter, Invocation, Invoker, Result } from '@nestjs-dubbo/core';
import { Inject, Injectable, type OnModuleInit, type Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';

/** A filter that Nest injects; a provider of the application, or made by the module itself. */
export interface DubboFilter {
  /** Passes the call on by `next`, or answers it. */
  invoke(invocation: Invocation, next: Invoker): Promise<Result>;
}

/** A filter as users give it. */
export type FilterLike = Filter | Type<DubboFilter>;

/** Turns filter classes of the options into filters. An instance is looked for when the application is complete. */
@Injectable()
export class Filters implements OnModuleInit {
  readonly #instances = new Map<Type<DubboFilter>, Promise<DubboFilter>>();
  readonly #classes = new Set<Type<DubboFilter>>();

  constructor(@Inject(ModuleRef) private readonly moduleRef: ModuleRef) {}

  resolve(likes: readonly FilterLike[] = []): Filter[] {
    return likes.map((like) => (isFilterClass(like) ? this.#filterOf(like) : like));
  }

  onModuleInit(): Promise<void> {
    return this.ready();
  }

  /** Makes what was asked for by now: a class that cannot be injected is an error of the start, not of the first call. */
  async ready(): Promise<void> {
    await Promise.all([...this.#classes].map((filter) => this.#instance(filter)));
  }

  #filterOf(filter: Type<DubboFilter>): Filter {
    this.#classes.add(filter);
    return (next) => async (invocation) => (await this.#instance(filter)).invoke(invocation, next);
  }

  #instance(filter: Type<DubboFilter>): Promise<DubboFilter> {
    let instance = this.#instances.get(filter);
    if (!instance) this.#instances.set(filter, (instance = this.#find(filter)));
    return instance;
  }

  async #find(filter: Type<DubboFilter>): Promise<DubboFilter> {
    try {
      return this.moduleRef.get(filter, { strict: false });
    } catch (error) {
      // Nest exports no class for it.
      if ((error as object).constructor.name !== 'UnknownElementException') throw error;
      return this.moduleRef.create(filter);
    }
  }
}

function isFilterClass(like: FilterLike): like is Type<DubboFilter> {
  return typeof (like as { prototype?: Partial<DubboFilter> }).prototype?.invoke === 'function';
}
