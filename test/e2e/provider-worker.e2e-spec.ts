import { availableParallelism } from 'node:os';
import {
  BigDecimal,
  contractOf,
  createClient,
  createServer,
  silent,
  withCall,
  type Handler,
  type Logger,
  type Server,
} from '@nestjs-dubbo/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Crunch, Parcel, TooHeavy } from './provider-worker/crunch.js';

const thread = new URL('./provider-worker/thread.mjs', import.meta.url);
const crunch = contractOf(Crunch);
const burning = { worker: thread };
const methods = { burn: burning, turn: burning, weigh: burning, stumble: burning };
const errors = vi.fn<Logger['error']>();
const open: { close(): Promise<unknown> }[] = [];

afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
  errors.mockClear();
});

async function serve(more: Record<string, Handler> = {}): Promise<Server> {
  const server = createServer({
    application: { name: 'crunch' },
    registries: [],
    protocol: { host: '127.0.0.1', port: 0 },
    logger: { ...silent, error: errors },
  });
  server.export(crunch, new Map(Object.entries({ ping: () => 'pong', ...more })), { methods });
  await server.listen();
  open.push(server);
  return server;
}

function refer({ port }: Server): Crunch {
  const client = createClient({ application: { name: 'miller' }, registries: [] });
  open.push(client);
  return client.refer<Crunch>(crunch, { url: `127.0.0.1:${port}`, timeout: 20_000, retries: 0 });
}

describe('a method with a worker', () => {
  it('burns CPU in a thread, while other calls stay fast', async () => {
    const stub = refer(await serve());
    // Starting a thread takes its time too.
    await stub.burn(1);
    let done = false;
    const burnt = stub.burn(1_000).finally(() => (done = true));
    let pings = 0;
    while (!done) {
      await stub.ping();
      pings++;
    }
    expect(await burnt).toBeGreaterThan(0n);
    expect(pings).toBeGreaterThan(20);
  });

  it('takes and gives values of all types', async () => {
    const stub = refer(await serve());
    const parcel = Object.assign(new Parcel(), {
      id: 9_007_199_254_740_993n,
      price: BigDecimal.of('12.50'),
      sentAt: new Date(1_700_000_000_000),
      content: Uint8Array.of(1, 2, 255),
      counts: new Map([['a', 1n]]),
    });
    const turned = await stub.turn(parcel);
    expect(turned).toBeInstanceOf(Parcel);
    expect(turned.id).toBe(-9_007_199_254_740_993n);
    expect(String(turned.price)).toBe('-12.50');
    expect(turned.sentAt).toEqual(new Date(1_700_000_000_001));
    expect([...turned.content!]).toEqual([255, 2, 1]);
    expect(turned.counts).toEqual(new Map([['a', 2n]]));
    expect(await stub.weigh(100n)).toBeUndefined();
  });

  it('throws what the contract declares as it is, and anything else as text', async () => {
    const stub = refer(await serve());
    await expect(stub.weigh(101n)).rejects.toSatisfy((error) => error instanceof TooHeavy && error.grams === 101n);
    await expect(stub.stumble()).rejects.toThrow(/RangeError: over a stone/);
  });

  it('ends the thread when the caller has gone, without calling that an error', async () => {
    const stub = refer(await serve());
    await stub.burn(1);
    // More than there are threads: the next call runs only because these have ended.
    const endless = Array.from({ length: 2 * availableParallelism() }, () =>
      withCall(stub, { timeout: 300 }).burn(3_600_000),
    );
    for (const call of endless) await expect(call).rejects.toMatchObject({ code: 'timeout' });
    expect(await stub.burn(1)).toBeGreaterThan(0n);
    expect(errors).not.toHaveBeenCalled();
  });

  it('may be run by its handler, after what needs the application', async () => {
    const server = await serve({ burn: async ([ms], context) => context.runInWorker([Number(ms) / 2]) });
    expect(await refer(server).burn(2)).toBeGreaterThan(0n);
  });

  it('cannot be run in a thread without the option', async () => {
    const stub = refer(await serve({ ping: (_, context) => context.runInWorker([]) }));
    await expect(stub.ping()).rejects.toThrow('com.acme.crunch.Crunch.ping has no option worker');
  });

  it('must name a module that exists', () => {
    const server = createServer({ application: { name: 'crunch' }, registries: [] });
    const offer = (worker: unknown): void =>
      server.export(crunch, new Map(), { methods: { ...methods, burn: { worker: worker as URL } } });
    expect(() => offer(true)).toThrow(
      'The option worker of Crunch.burn is true; allowed: the file URL or absolute path',
    );
    expect(() => offer('./burn.js')).toThrow('The option worker of Crunch.burn is ./burn.js; allowed');
    expect(() => offer(new URL('./missing.mjs', import.meta.url))).toThrow(
      /The worker module of Crunch.burn does not exist: .*missing\.mjs/,
    );
    expect(() => offer(thread)).toThrow('Crunch.ping has no handler');
  });
});
