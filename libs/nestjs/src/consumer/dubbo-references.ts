import type { Client, Contract, GenericService } from '@nestjs-dubbo/core';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { DubboReferenceOptions } from '../module/dubbo-options.js';
import { Filters } from '../module/filters.js';
import { DUBBO_CLIENT } from '../module/tokens.js';
import { tokenOf, type ReferenceTarget, type ReferenceToken } from './reference-key.js';

/** The references of one application; equal ones are one. It closes their connections when the application ends. */
@Injectable()
export class DubboReferences implements OnApplicationBootstrap, OnApplicationShutdown {
  readonly #stubs = new Map<ReferenceToken, object>();

  constructor(
    @Inject(DUBBO_CLIENT) private readonly client: Client,
    @Inject(Filters) private readonly filters: Filters,
  ) {}

  /** A typed stub for a contract, a GenericService for a name. Throws a TypeError for options that cannot be used. */
  refer(target: string, options: DubboReferenceOptions): GenericService;
  refer(target: ReferenceTarget, options: DubboReferenceOptions): object;
  refer(target: ReferenceTarget, options: DubboReferenceOptions): object {
    const token = tokenOf(target, options);
    let stub = this.#stubs.get(token);
    if (!stub) {
      const resolved = { ...options, filters: this.filters.resolve(options.filters) };
      stub =
        typeof target === 'string'
          ? this.client.generic(target, resolved)
          : this.client.refer(target as Contract<object>, resolved);
      this.#stubs.set(token, stub);
    }
    return stub;
  }

  /** References with `check` must have found a provider by now. */
  onApplicationBootstrap(): Promise<void> {
    return this.client.ready();
  }

  // The only hook that runs after the server has drained, whatever the kind of application.
  onApplicationShutdown(): Promise<void> {
    return this.client.close();
  }
}
