import { setTimeout as wait } from 'node:timers/promises';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { dubbo, DubboModule, DubboService, local, ServerDubbo, zookeeper } from 'nestjs-dubbo';
import { InteropService } from '../contract.js';
import { serveControl } from '../control.js';
import { HEARTBEAT_MS } from '../form.js';
import type { ProviderArguments } from '../peers.js';
import { vitals } from '../vitals.js';

/** The provider as a Nest application, whose shutdown hooks end it. */
const { registry, port } = JSON.parse(process.argv[2]!) as ProviderArguments;
let calls = 0;

@DubboService(InteropService)
class InteropController {
  ping(): string {
    return 'pong';
  }

  nextInt(value: number): number {
    calls++;
    return value + 1;
  }

  async sleep(ms: number): Promise<string> {
    await wait(ms);
    return 'slept';
  }
}

@Module({
  imports: [
    DubboModule.forRoot({
      application: { name: 'chaos-nest-provider' },
      registry: registry?.startsWith('zookeeper://') ? zookeeper(registry) : local({ dir: registry! }),
      protocol: { port, heartbeat: HEARTBEAT_MS },
    }),
  ],
  controllers: [InteropController],
})
class ProviderModule {}

const app = await NestFactory.createMicroservice(ProviderModule, { ...dubbo(), logger: ['fatal'] });
app.enableShutdownHooks();
await app.listen();
const server = app.get(ServerDubbo, { strict: false }).unwrap<{ port: number }>();
const control = await serveControl({ vitals, seen: () => ({ calls, logged: 0 }) }, { port: server.port });
process.once('SIGTERM', () => control.unref());
