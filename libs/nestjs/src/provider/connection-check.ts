import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { serviceNames } from './dubbo-service.decorator.js';
import { ServerDubbo } from './server-dubbo.js';

/**
 * Warns when an application starts whose services nobody can call: Nest knows nothing of a microservice that was never
 * connected, and would say nothing.
 */
@Injectable()
export class ConnectionCheck implements OnApplicationBootstrap {
  readonly #logger = new Logger('Dubbo');

  constructor(
    @Inject(ModulesContainer) private readonly modules: ModulesContainer,
    @Inject(ServerDubbo) private readonly server: ServerDubbo,
  ) {}

  onApplicationBootstrap(): void {
    const modules = [...this.modules.values()];
    const misplaced = namesOf(modules.flatMap((module) => [...module.providers.values()]));
    if (misplaced.length > 0) {
      const names = misplaced.join(', ');
      this.#logger.warn(`${names} will not be provided: list a @DubboService under controllers, not under providers`);
    }
    const services = namesOf(modules.flatMap((module) => [...module.controllers.values()]));
    if (services.length === 0 || this.server.globals.prepared) return;
    this.#logger.warn(
      `${services.join(', ')} will not be provided: this application is not connected to Dubbo. Before it starts, call ` +
        'await connectDubbo(app) and await app.startAllMicroservices(), or make it a microservice with dubbo()',
    );
  }
}

function namesOf(wrappers: readonly { readonly metatype: unknown }[]): string[] {
  return wrappers.flatMap(({ metatype }) => (typeof metatype === 'function' ? (serviceNames.get(metatype) ?? []) : []));
}
