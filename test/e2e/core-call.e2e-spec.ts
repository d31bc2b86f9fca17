import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  contractOf,
  createClient,
  createServer,
  DubboError,
  DubboInterface,
  echo,
  local,
  silent,
  withCall,
  withResult,
  type CallContext,
  type Client,
  type ClientOptions,
  type ConsumerOptions,
  type Filter,
  type Handler,
  type Logger,
  type ReferenceOptions,
  type Server,
  type ServiceOptions,
} from '@nestjs-dubbo/core';
import { isJavaException, java, JavaClass, JavaException, JavaField } from '@nestjs-dubbo/hessian';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

@JavaClass('com.acme.shop.Item')
class Item {
  @JavaField(java.long) id!: bigint;
  @JavaField(java.string) name!: string;
  @JavaField(java.list(java.string)) tags!: string[];
}

@JavaClass('com.acme.shop.OutOfStock', { checked: true })
class OutOfStock extends JavaException {
  @JavaField(java.long) itemId!: bigint;
}

@JavaClass('org.other.Surprise')
class Surprise extends JavaException {}

@DubboInterface('com.acme.shop.Shop', {
  find: { params: [java.long], returns: Item },
  findByName: { javaName: 'find', params: [java.string], returns: java.list(Item) },
  buy: { params: [Item, java.int], returns: java.void, throws: [OutOfStock] },
  who: { params: [], returns: java.string },
  wait: { params: [java.int], returns: java.string },
})
abstract class Shop {
  abstract find(id: bigint): Promise<Item | null>;
  abstract findByName(name: string): Promise<Item[]>;
  abstract buy(item: Item, count: number): Promise<void>;
  abstract who(): Promise<string>;
  abstract wait(ms: number): Promise<string>;
}

const shop = contractOf(Shop);
const lamp = Object.assign(new Item(), { id: 9_007_199_254_740_993n, name: 'lamp 💡', tags: ['a', 'b'] });

function handlers(name: string, more: Record<string, Handler> = {}): Map<string, Handler> {
  return new Map<string, Handler>(
    Object.entries({
      find: ([id]) => (id === lamp.id ? lamp : null),
      findByName: ([text]) => [Object.assign(new Item(), { id: 1n, name: String(text), tags: [] })],
      buy: () => undefined,
      who: (_args, context: CallContext) => {
        context.responseAttachments['served-by'] = name;
        return name;
      },
      wait: ([ms]) => new Promise((resolve) => setTimeout(() => resolve(name), Number(ms))),
      ...more,
    } satisfies Record<string, Handler>),
  );
}

describe('a client and a server', () => {
  let dir: string;
  const open: (Client | Server)[] = [];
  const errors = vi.fn<Logger['error']>();

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'core-call-'));
    errors.mockClear();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((end) => end.close()));
    await rm(dir, { recursive: true });
  });

  async function serve(
    name: string,
    more: Record<string, Handler> = {},
    service: ServiceOptions = {},
  ): Promise<Server> {
    const server = createServer({
      application: { name },
      registries: [local({ dir })],
      protocol: { host: '127.0.0.1', port: 0 },
      logger: { ...silent, error: errors },
    });
    server.export(shop, handlers(name, more), service);
    await server.listen();
    open.push(server);
    return server;
  }

  function refer(
    options: ReferenceOptions = {},
    consumer: ConsumerOptions = {},
    more: Partial<ClientOptions> = {},
  ): Shop {
    const client = createClient({ application: { name: 'buyer' }, registries: [local({ dir })], consumer, ...more });
    open.push(client);
    return client.refer<Shop>(shop, options);
  }

  it('pass values of every type of the contract, null and overloads', async () => {
    await serve('one');
    const stub = refer();
    expect(await stub.find(lamp.id)).toEqual(lamp);
    expect(await stub.find(lamp.id)).toBeInstanceOf(Item);
    expect(await stub.find(1n)).toBeNull();
    expect((await stub.findByName('x'))[0]?.name).toBe('x');
    expect(await stub.buy(lamp, 2)).toBeUndefined();
  });

  it('refuse a wrong argument before anything is sent, naming it', async () => {
    await serve('one');
    const stub = refer();
    await expect(stub.find(1 as never)).rejects.toMatchObject({
      code: 'serialization',
      unsent: true,
      message: expect.stringMatching(/com\.acme\.shop\.Shop.*find.*argument 0.*long/) as unknown,
    });
    await expect(stub.buy(Object.assign(new Item(), { id: 1n, name: '', tags: [7] }), 1)).rejects.toThrow(
      /argument 0.*tags.*\[0\]/,
    );
  });

  it('pass attachments both ways', async () => {
    let seen: CallContext | undefined;
    await serve('one', {
      who: (_args, context) => {
        seen = context;
        context.responseAttachments['answer'] = 'yes';
        return 'one';
      },
    });
    const stub = withCall(refer({ attachments: { a: '1', b: '1' } }), { attachments: { b: '2' }, timeout: 700 });
    const { value, attachments } = await withResult(stub).who();
    expect([value, attachments['answer']]).toEqual(['one', 'yes']);
    expect(seen?.attachments).toMatchObject({ a: '1', b: '2', timeout: '700', 'remote.application': 'buyer' });
    expect(seen?.remoteApplication).toBe('buyer');
    expect(seen?.remoteAddress).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(seen!.deadline! - Date.now()).toBeLessThanOrEqual(700);
  });

  it('fail a call in time and abort its handler', async () => {
    let aborted = false;
    await serve('one', {
      wait: (_args, { signal }) =>
        new Promise(() => {
          signal.addEventListener('abort', () => {
            aborted = true;
          });
        }),
    });
    const stub = refer({ methods: { wait: { timeout: 60 } } });
    await expect(stub.wait(0)).rejects.toMatchObject({
      code: 'timeout',
      rpcCode: 2,
      message: expect.stringContaining(
        'Invoke remote method timeout. method: wait, provider: dubbo://127.0.0.1:',
      ) as unknown,
    });
    await vi.waitFor(() => expect(aborted).toBe(true));
  });

  it('take a timeout longer than any timer for a long time, not for none', async () => {
    let signal: AbortSignal | undefined;
    await serve('a', {
      wait: ([ms], context) => {
        signal = context.signal;
        return new Promise((resolve) => setTimeout(() => resolve('a'), Number(ms)));
      },
    });
    for (const timeout of [2 ** 31 - 1, 2 ** 40]) {
      expect(await refer({ timeout }).wait(20)).toBe('a');
      expect(signal?.aborted).toBe(false);
    }
  });

  it("take the provider's timeout unless the consumer gives one", async () => {
    await serve('one', {}, { timeout: 50, methods: { who: { timeout: 60 } } });
    await expect(refer().wait(500)).rejects.toThrow('timeout: 50 ms');
    await expect(refer({ timeout: 40 }).wait(500)).rejects.toThrow('timeout: 40 ms');
    expect(await refer({}, { timeout: 5_000 }).who()).toBe('one');
  });

  it('send one-way without waiting', async () => {
    const calls: unknown[] = [];
    await serve('one', { buy: ([, count]) => void calls.push(count) });
    const stub = refer({ methods: { buy: { return: false } } });
    expect(await stub.buy(lamp, 3)).toBeUndefined();
    await vi.waitFor(() => expect(calls).toEqual([3]));
  });

  it('pass a declared exception as itself, with its fields', async () => {
    await serve('one', {
      buy: () => {
        throw Object.assign(new OutOfStock('none left'), { itemId: 7n });
      },
    });
    const thrown: unknown = await refer()
      .buy(lamp, 1)
      .catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(OutOfStock);
    expect(thrown).toMatchObject({ message: 'none left', itemId: 7n });
    expect(errors).not.toHaveBeenCalled();
  });

  it('turn an exception that the caller need not know into a RuntimeException that tells it, and log it', async () => {
    await serve('one', {
      who: () => {
        throw new Surprise('boo');
      },
      find: () => {
        throw new TypeError('a bug');
      },
      findByName: () => {
        throw new JavaException('bad name', { className: 'java.lang.IllegalArgumentException' });
      },
    });
    const stub = refer();
    const surprise: unknown = await stub.who().catch((error: unknown) => error);
    expect(isJavaException(surprise, 'java.lang.RuntimeException')).toBe(true);
    expect((surprise as Error).message).toMatch(/^org\.other\.Surprise: boo\n/);
    await expect(stub.find(1n)).rejects.toThrow(/^TypeError: a bug\n\tat /);
    await expect(stub.findByName('')).rejects.toMatchObject({ className: 'java.lang.IllegalArgumentException' });
    expect(errors.mock.calls.map(([line]) => line)).toContainEqual(
      expect.stringMatching(
        /^Got unchecked and undeclared exception which called by .* service: com\.acme\.shop\.Shop, method: who/,
      ),
    );
  });

  it('answer $echo and generic calls', async () => {
    await serve('one');
    const stub = refer();
    expect(await echo(stub, ['x', 1])).toEqual(['x', 1]);
    const client = createClient({ application: { name: 'gateway' }, registries: [local({ dir })] });
    open.push(client);
    const generic = client.generic('com.acme.shop.Shop');
    expect(await generic.$invoke('find', ['long'], [lamp.id])).toEqual({
      class: 'com.acme.shop.Item',
      id: lamp.id,
      name: lamp.name,
      tags: lamp.tags,
    });
    const plain = { class: 'com.acme.shop.Item', id: 1n, name: 'n', tags: ['t'] };
    expect(await generic.$invoke('buy', ['com.acme.shop.Item', 'int'], [plain, 1])).toBeNull();
    await expect(generic.$invoke('nope', [], [])).rejects.toThrow('com.acme.shop.Shop.nope() not found');
  });

  it('explain that there is no provider, and succeed once there is one', async () => {
    const stub = refer({ version: '2.0' });
    await expect(stub.who()).rejects.toMatchObject({
      code: 'no-invoker',
      message: expect.stringMatching(
        /No provider available for the service com\.acme\.shop\.Shop:2\.0 .* shows no provider of/,
      ) as unknown,
    });
    const other = await serve('other', {}, { version: '1.0' });
    await vi.waitFor(() =>
      expect(stub.who()).rejects.toThrow(`dubbo://127.0.0.1:${other.port}: its version is "1.0", "2.0" is wanted`),
    );
    await serve('right', {}, { version: '2.0' });
    await vi.waitFor(async () => expect(await stub.who()).toBe('right'));
  });

  it('go on with the other provider when one is gone', async () => {
    const [a] = [await serve('a'), await serve('b')];
    const stub = refer();
    const seen = new Set<string>();
    for (let i = 0; i < 100 && seen.size < 2; i++) seen.add(await stub.who());
    expect([...seen].sort()).toEqual(['a', 'b']);
    await a.close();
    for (let i = 0; i < 20; i++) expect(await stub.who()).toBe('b');
  });

  it('call directly, with no registry', async () => {
    const server = await serve('direct', {}, { register: false, group: 'g' });
    const stub = refer({ url: `dubbo://127.0.0.1:${server.port}`, group: 'g' });
    expect(await stub.who()).toBe('direct');
    expect(() => refer({ url: 'nonsense' })).toThrow('url has "nonsense"; each part must be dubbo://host:port');
  });

  it('take a provider of any group and version where asked', async () => {
    await serve('one', {}, { group: 'g', version: '3.1' });
    expect(await refer({ group: '*', version: '*' }).who()).toBe('one');
  });

  it('answer by the mock when the call fails, not when the callee throws', async () => {
    const mock = { findByName: (name: string) => [{ id: 0n, name: `mock of ${name}`, tags: [] }], who: () => 'mock' };
    const stub = refer({ mock });
    expect((await stub.findByName('x'))[0]?.name).toBe('mock of x');
    expect(await refer({ mock: 'fail:return empty' }).findByName('x')).toEqual([]);
    const forced = refer({ mock: 'force:return {"id":3,"name":"m"}' });
    expect(await forced.find(1n)).toMatchObject({ id: 3n, name: 'm' });
    const exact = refer({ mock: 'return {"id": 9007199254740993, "name": "9007199254740993 \\" x"}' });
    expect(await exact.find(1n)).toMatchObject({ id: 9_007_199_254_740_993n, name: '9007199254740993 " x' });
    await expect(forced.findByName('x')).rejects.toThrow('the mock of Shop.findByName does not fit');
    await expect(refer({ mock: 'throw' }).who()).rejects.toThrow('mocked exception for service degradation.');
    expect(() => refer({ mock: 'retrun null' })).toThrow(/mock is "retrun null".*allowed are/);
    await serve('one', {
      who: () => {
        throw new JavaException('mine', { className: 'java.lang.IllegalStateException' });
      },
    });
    await vi.waitFor(() => expect(stub.who()).rejects.toThrow('mine'));
  });

  it('serve what has come before they close', async () => {
    const server = await serve('one');
    const stub = refer();
    await stub.who();
    const running = stub.wait(100);
    await new Promise((resolve) => setImmediate(resolve));
    const closed = server.close();
    expect(await running).toBe('one');
    await closed;
    await expect(server.close()).resolves.toBeUndefined();
  });

  it('know what is local on a stub', async () => {
    const stub = refer() as Shop & { equals(o: unknown): boolean; hashCode(): number };
    expect(await Promise.resolve(stub)).toBe(stub);
    for (const name of [
      'then',
      'toJSON',
      'onModuleInit',
      'onApplicationShutdown',
      Symbol.iterator,
      Symbol.toPrimitive,
    ]) {
      expect(Reflect.get(stub, name)).toBeUndefined();
    }
    expect(`${stub as unknown as string}`).toBe('Shop (remote com.acme.shop.Shop)');
    expect([stub.equals(stub), stub.equals({}), stub.hashCode()]).toEqual([true, false, stub.hashCode()]);
  });

  it('are sent again as often as the call itself says', async () => {
    const dead = refer({ url: '127.0.0.1:1', retries: 1 });
    await expect(dead.who()).rejects.toThrow('Tried 2 times');
    await expect(withCall(dead, { retries: 0 }).who()).rejects.toThrow('Tried 1 times');
  });

  it('show a handler of a generic call the method that is called', async () => {
    let seen: CallContext | undefined;
    await serve('one', {
      find: (_args, context) => {
        seen = context;
        return null;
      },
    });
    const client = createClient({ application: { name: 'gateway' }, registries: [local({ dir })] });
    open.push(client);
    await client.generic('com.acme.shop.Shop').$invoke('find', ['long'], [1n]);
    expect([seen!.method.name, seen!.signal.aborted, seen!.remoteApplication]).toEqual(['find', false, 'gateway']);
  });

  it('show a handler the attachments that a filter passed on', async () => {
    let seen: unknown;
    const adding: Filter = (next) => (invocation) =>
      next({ ...invocation, attachments: { ...invocation.attachments, tenant: 'acme' } });
    await serve('one', { who: (_args, { attachments }) => (seen = attachments['tenant']) }, { filters: [adding] });
    expect(await refer().who()).toBe('acme');
    expect(seen).toBe('acme');
  });

  it('do not speak for a nested call by what they forward', async () => {
    await serve('one', { who: (_args, { attachments }) => String(attachments['a']) });
    const attachments = { a: '1', group: 'g9', token: 'x', _TO: 1, async: 'true' };
    expect(await withCall(refer(), { attachments }).who()).toBe('1');
  });

  it('refuse names of clusters and balances that do not exist', () => {
    expect(() => refer({ cluster: 'failovr' })).toThrow(
      'cluster is "failovr" for com.acme.shop.Shop.find; it must be one of failover',
    );
    expect(() => refer({}, { loadbalance: 'rnd' })).toThrow('loadbalance is "rnd"');
    expect(() => refer({ methods: { who: { loadbalance: 'x' } } })).toThrow(
      'loadbalance is "x" for com.acme.shop.Shop.who',
    );
  });

  it('check for providers at start where asked', async () => {
    const client = createClient({
      application: { name: 'c' },
      registries: [local({ dir })],
      consumer: { check: true, checkTimeout: 100 },
    });
    open.push(client);
    client.refer(shop);
    await expect(client.ready()).rejects.toThrow(
      /^Failed to check the status of the service com\.acme\.shop\.Shop\. No provider/,
    );
    await serve('one');
    await expect(client.ready()).resolves.toBeUndefined();
    expect(new DubboError('no-invoker', 'x').rpcCode).toBe(6);
  });
});
