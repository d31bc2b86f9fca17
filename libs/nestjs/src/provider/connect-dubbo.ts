import type { INestApplication } from '@nestjs/common';
import type { AsyncMicroserviceOptions } from '@nestjs/microservices';
import { ServerDubbo } from './server-dubbo.js';

/** Options for `NestFactory.createMicroservice(AppModule, dubbo())`; everything else is `DubboModule`'s. */
export function dubbo(): AsyncMicroserviceOptions {
  return {
    inject: [ServerDubbo],
    useFactory: (server: ServerDubbo) => {
      server.globals.prepare();
      return { strategy: server };
    },
  };
}

/**
 * Provides the Dubbo services of an HTTP application; `app.startAllMicroservices()` starts them. Global guards, pipes,
 * interceptors and filters apply to them if they were added before. Call `await app.init()` before
 * `startAllMicroservices()` if the services must not be called before the modules' `onModuleInit`.
 */
export async function connectDubbo(app: INestApplication): Promise<void> {
  // No await before this: a caller that forgets to await the promise is connected all the same.
  app.get(ServerDubbo, { strict: false }).globals.inherit();
  app.connectMicroservice(dubbo(), { inheritAppConfig: true });
}
