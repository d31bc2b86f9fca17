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
    if (this.server.globals.prepared) return;
    const controllers = [...this.modules.values()].flatMap((module) => [...module.controllers.values()]);
    const services = controllers.flatMap(({ metatype }) => serviceNames.get(metatype as object) ?? []);
    if (services.length === 0) return;
    this.#logger.warn(
      `${services.join(', ')} will not be provided: this application is not connected to Dubbo. Before it starts, call ` +
        'await connectDubbo(app) and await app.startAllMicroservices(), or make it a microservice with dubbo()',
    );
  }
}
