import { Injectable, UseGuards, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Ctx } from '@nestjs/microservices';
import { createClient, contractOf } from '@nestjs-dubbo/core';
import { DubboContext, DubboMethod, DubboService } from 'nestjs-dubbo';
import { afterEach, describe, expect, it } from 'vitest';
import { NestApps, urlOf } from './nest-apps.js';
import { Crunch, Parcel } from './provider-worker/crunch.js';

const worker = new URL('./provider-worker/thread.mjs', import.meta.url);

@Injectable()
class Doorkeeper implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return context.getArgByIndex<DubboContext>(1).attachments['key'] === 'right';
  }
}

@DubboService(Crunch)
class CrunchController {
  @DubboMethod({ worker })
  @UseGuards(Doorkeeper)
  burn(ms: number, @Ctx() context: DubboContext): Promise<bigint> {
    return context.runInWorker(ms);
  }
  turn(parcel: Parcel): Parcel {
    return parcel;
  }
  weigh(_grams: bigint): void {}
  stumble(): string {
    return 'here';
  }
  ping(): string {
    return 'pong';
  }
}

const apps = new NestApps();
afterEach(() => apps.close());

describe('a Nest provider', () => {
  it('runs a method in a worker thread, inside its guards', async () => {
    const app = await apps.microservice({ controllers: [CrunchController] });
    const client = createClient({ application: { name: 'miller' }, registries: [] });
    apps.closes(client);
    const refer = (key: string): Crunch =>
      client.refer<Crunch>(contractOf(Crunch), { url: urlOf(app), timeout: 20_000, attachments: { key } });
    expect(await refer('right').burn(1)).toBeGreaterThan(0n);
    await expect(refer('wrong').burn(1)).rejects.toThrow('Forbidden resource');
  });

  it.each<[object, string]>([
    [{ threadpool: 'virtual' }, `provider.threadpool is "virtual"; allowed: 'fixed', 'limited', 'cached', 'eager'`],
    [{ dispatcher: 'direct', threads: 5 }, `provider.threads has no effect with dispatcher 'direct'`],
    [{ threads: 0 }, 'DubboModule.provider.threads is 0; allowed: an integer from 1'],
    [{ readonlySend: 'yes' }, 'DubboModule.provider.readonlySend is "yes"; allowed: true or false'],
    [{ worker }, 'DubboModule.provider.worker is no option'],
  ])('is not built with %o', async (provider, message) => {
    await expect(apps.microservice({}, { provider })).rejects.toThrow(message);
  });

  it('is not declared with a worker that names no module', () => {
    expect(() => DubboMethod({ worker: true as unknown as URL })({}, 'burn', {})).toThrow(
      '@DubboMethod of Object.burn.worker is true; allowed: the file URL or absolute path of a module that exports workerMethods',
    );
  });
});
