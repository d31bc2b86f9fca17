import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  contractOf,
  createClient,
  createServer,
  DubboError,
  DubboInterface,
  isJavaException,
  java,
  JavaClass,
  JavaException,
  JavaField,
  local,
  silent,
  withCall,
  withResult,
  type CallContext,
  type Client,
  type Handler,
  type Logger,
  type ReferenceOptions,
  type Server,
  type ServiceOptions,
  type ServiceRecord,
} from '@nestjs-dubbo/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RawPeer, requestBody } from '../support/raw-peer.js';

@JavaClass('com.acme.stock.Price')
class Price {
  @JavaField(java.string) symbol!: string;
  @JavaField(java.long) cents!: bigint;
}

@JavaClass('com.acme.stock.NotInterested', { checked: true })
class NotInterested extends JavaException {
  @JavaField(java.int) code = 0;
}

@DubboInterface('com.acme.stock.PriceListener', {
  changed: { params: [Price], returns: java.string, throws: [NotInterested] },
  closed: { params: [java.string], returns: java.void },
})
abstract class PriceListener {
  abstract changed(price: Price): Promise<string>;
  abstract closed(reason: string): Promise<void>;
}

@DubboInterface('com.acme.stock.PriceService', {
  subscribe: { params: [java.string, java.callback(PriceListener)], returns: java.void },
  unsubscribe: { params: [java.callback(PriceListener, { release: true })], returns: java.boolean },
  compare: { params: [java.callback(PriceListener), java.callback(PriceListener)], returns: java.string },
})
abstract class PriceService {
  abstract subscribe(symbol: string, listener: PriceListener): Promise<void>;
  abstract unsubscribe(listener: PriceListener): Promise<boolean>;
  abstract compare(a: PriceListener, b: PriceListener): Promise<string>;
}

/** The listener as a later release of the provider knows it. */
@DubboInterface('com.acme.stock.PriceListener', {
  changed: { params: [Price], returns: java.string },
  changedBy: { javaName: 'changed', params: [java.long], returns: java.string },
  halted: { params: [Price, java.array(java.int), java.int], returns: java.string },
})
abstract class LaterListener {
  abstract changed(price: Price): Promise<string>;
  abstract changedBy(cents: bigint): Promise<string>;
  abstract halted(price: Price, codes: number[], count: number): Promise<string | null>;
}

@DubboInterface('com.acme.stock.PriceService', {
  subscribe: { params: [java.string, java.callback(LaterListener)], returns: java.void },
  unsubscribe: { params: [java.callback(LaterListener)], returns: java.boolean },
})
abstract class LaterService {
  abstract subscribe(symbol: string, listener: LaterListener): Promise<void>;
  abstract unsubscribe(listener: LaterListener): Promise<boolean>;
}

const service = contractOf(PriceService);
const price = (symbol: string, cents: bigint): Price => Object.assign(new Price(), { symbol, cents });

/** An object with the listener's methods; not necessarily of the class. */
function listener(more: Partial<PriceListener> = {}): PriceListener {
  return { changed: async ({ symbol }) => `got ${symbol}`, closed: async () => {}, ...more };
}

describe('callbacks', () => {
  let dir: string;
  const open: (Client | Server)[] = [];
  /** What the provider was given, in order. */
  let received: PriceListener[];
  const warnings = vi.fn<Logger['warn']>();

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'callback-'));
    received = [];
    warnings.mockClear();
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((end) => end.close()));
    await rm(dir, { recursive: true });
  });

  async function serve(options: ServiceOptions = {}, more: Record<string, Handler> = {}): Promise<Server> {
    const server = createServer({
      application: { name: 'stock' },
      registries: [local({ dir })],
      protocol: { host: '127.0.0.1', port: 0 },
    });
    const handlers: Record<string, Handler> = {
      subscribe: ([, given]) => void received.push(given as PriceListener),
      unsubscribe: ([given]) => received.includes(given as PriceListener),
      compare: ([a, b]) => (a === b ? 'same' : 'different'),
      ...more,
    };
    server.export(service, new Map(Object.entries(handlers)), options);
    await server.listen();
    open.push(server);
    return server;
  }

  function consume(options: ReferenceOptions = {}): { prices: PriceService; client: Client } {
    const client = createClient({
      application: { name: 'broker' },
      registries: [local({ dir })],
      logger: { ...silent, warn: warnings },
    });
    open.push(client);
    return { prices: client.refer<PriceService>(service, options), client };
  }

  it('are called back with values, results and exceptions of their contract', async () => {
    await serve();
    const { prices } = consume();
    const closed = vi.fn<(reason: string) => Promise<void>>(async () => {});
    await prices.subscribe(
      'ACME',
      listener({
        closed,
        changed: async ({ symbol, cents }) => {
          if (cents < 0n) throw Object.assign(new NotInterested('in debts'), { code: 7 });
          return `${symbol} costs ${cents}`;
        },
      }),
    );
    const [stub] = received;
    expect(await stub!.changed(price('ACME', 9_007_199_254_740_993n))).toBe('ACME costs 9007199254740993');
    expect(await stub!.closed('evening')).toBeUndefined();
    expect(closed).toHaveBeenCalledWith('evening');
    const thrown: unknown = await stub!.changed(price('ACME', -1n)).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(NotInterested);
    expect(thrown).toMatchObject({ message: 'in debts', code: 7 });
  });

  it('may be called while their call is still served', async () => {
    await serve({}, { subscribe: ([symbol, given]) => (given as PriceListener).closed(String(symbol)) });
    const seen: string[] = [];
    await consume().prices.subscribe('ACME', listener({ closed: async (reason) => void seen.push(reason) }));
    expect(seen).toEqual(['ACME']);
  });

  it('keep what they throw besides as a RuntimeException without a stack', async () => {
    await serve();
    const { prices } = consume();
    await prices.subscribe('ACME', listener({ changed: () => Promise.reject(new RangeError('too dear')) }));
    const thrown: unknown = await received[0]!.changed(price('ACME', 1n)).catch((error: unknown) => error);
    expect(isJavaException(thrown)).toBe(true);
    expect(thrown).toMatchObject({ className: 'java.lang.RuntimeException', message: 'RangeError: too dear' });
  });

  it('run as methods of the object that was passed', async () => {
    await serve();
    class Counting extends PriceListener {
      count = 0;
      override async changed(): Promise<string> {
        return String(++this.count);
      }
      override async closed(): Promise<void> {}
    }
    const counting = new Counting();
    await consume().prices.subscribe('ACME', counting);
    await received[0]!.changed(price('ACME', 1n));
    await received[0]!.changed(price('ACME', 1n));
    expect(counting.count).toBe(2);
  });

  it('are one stub for one object on one connection', async () => {
    await serve({ callbacks: 2 });
    const { prices } = consume();
    const one = listener();
    await prices.subscribe('A', one);
    await prices.subscribe('B', one);
    expect(received[0]).toBe(received[1]);
    expect(await prices.compare(one, one)).toBe('same');
    expect(await prices.compare(one, listener())).toBe('different');
    const elsewhere = consume().prices;
    await elsewhere.subscribe('A', one);
    expect(received[2]).not.toBe(received[0]);
  });

  it('are limited for each interface and connection, by the provider or by the consumer, in the words of Java', async () => {
    const server = await serve({ callbacks: 2 });
    const { prices } = consume();
    await prices.subscribe('A', listener());
    await prices.subscribe('B', listener());
    await expect(prices.subscribe('C', listener())).rejects.toMatchObject({
      code: 'limit-exceeded',
      unsent: true,
      message: expect.stringMatching(
        /interface com\.acme\.stock\.PriceListener `s callback instances num exceed providers limit :2 ,current num: 3\. The new callback service will not work !!! you can cancel the callback service which exported before\. channel :\[L:\/127\.0\.0\.1:\d+ - R:\/127\.0\.0\.1:\d+\]/,
      ) as unknown,
    });
    expect(received).toHaveLength(2);
    // A consumer that thinks more of itself is told by the provider.
    const bold = consume({ url: `dubbo://127.0.0.1:${server.port}`, callbacks: 9, retries: 0 }).prices;
    await bold.subscribe('A', listener());
    await bold.subscribe('B', listener());
    await expect(bold.subscribe('C', listener())).rejects.toThrow(
      /Fail to decode request due to: java\.io\.IOException: java\.lang\.IllegalStateException: interface com\.acme\.stock\.PriceListener `s callback instances num exceed providers limit :2 ,current num: 3/,
    );
    // Others have connections of their own.
    await consume().prices.subscribe('C', listener());
    expect(received).toHaveLength(5);
  });

  it('are released by a method that says so, which gets the same stub once more', async () => {
    await serve();
    const { prices } = consume();
    const one = listener();
    await prices.subscribe('A', one);
    expect(await prices.unsubscribe(one)).toBe(true);
    const failed = received[0]!.changed(price('A', 1n));
    await expect(failed).rejects.toBeInstanceOf(DubboError);
    await expect(failed).rejects.toMatchObject({
      code: 'network',
      unsent: true,
      service: 'com.acme.stock.PriceListener',
      method: 'changed',
      message: expect.stringMatching(
        /^Failed to call back com\.acme\.stock\.PriceListener\.changed of 127\.0\.0\.1:\d+, cause: the consumer has released the callback$/,
      ) as unknown,
    });
    // There is room for another, and the same object may come again.
    await prices.subscribe('B', listener());
    expect(await received[1]!.changed(price('B', 1n))).toBe('got B');
    expect(await prices.unsubscribe(one)).toBe(false);
  });

  it('end with their connection', async () => {
    await serve();
    const { prices, client } = consume();
    let asked = (): void => {};
    const waiting = new Promise<void>((resolve) => (asked = resolve));
    await prices.subscribe('A', listener({ changed: () => (asked(), new Promise(() => {})) }));
    const pending = withCall(received[0]!, { timeout: 20_000 }).changed(price('A', 1n));
    pending.catch(() => {});
    await waiting;
    await client.close();
    await expect(pending).rejects.toMatchObject({
      code: 'network',
      message: expect.stringMatching(/Failed to call back .*PriceListener\.changed.*Channel .* is inactive/) as unknown,
    });
    await expect(received[0]!.closed('x')).rejects.toThrow(
      /its connection is closed, and a callback ends with that; the consumer must pass it again$/,
    );
  });

  it('time out as the service says or as the call says, and are cancelled', async () => {
    await serve({ timeout: 80 });
    const { prices } = consume({ timeout: 5_000 });
    await prices.subscribe('A', listener({ changed: () => new Promise(() => {}) }));
    const stub = received[0]!;
    await expect(stub.changed(price('A', 1n))).rejects.toMatchObject({
      code: 'timeout',
      message: expect.stringMatching(/Waiting server-side response timeout.*timeout: 80 ms/) as unknown,
    });
    await expect(withCall(stub, { timeout: 40 }).changed(price('A', 1n))).rejects.toThrow(/timeout: 40 ms/);
    const cancel = new AbortController();
    const cancelled = withCall(stub, { signal: cancel.signal, timeout: 5_000 }).changed(price('A', 1n));
    cancel.abort();
    await expect(cancelled).rejects.toThrow(/request future has been canceled/);
  });

  it('are called one-way where the call says so', async () => {
    await serve();
    const { prices } = consume();
    let release = (): void => {};
    const seen = new Promise<string>((resolve) => {
      const late = new Promise<void>((done) => (release = done));
      void prices.subscribe('A', listener({ closed: (reason) => (resolve(reason), late) }));
    });
    await vi.waitFor(() => expect(received).toHaveLength(1));
    await withCall(received[0]!, { return: false }).closed('one-way');
    expect(await seen).toBe('one-way');
    release();
  });

  it('are passed by one-way calls too', async () => {
    await serve();
    const { prices } = consume({ methods: { subscribe: { return: false } } });
    await prices.subscribe('A', listener());
    await vi.waitFor(() => expect(received).toHaveLength(1));
    expect(await received[0]!.changed(price('A', 1n))).toBe('got A');
  });

  it('find their object whatever the group and version of the service, and answer with attachments', async () => {
    let seen: CallContext | undefined;
    await serve(
      { group: 'blue', version: '1.0.0' },
      {
        subscribe: ([, given], context) => {
          seen = context;
          received.push(given as PriceListener);
        },
      },
    );
    const { prices } = consume({ group: 'blue', version: '1.0.0' });
    await prices.subscribe('A', listener());
    expect(seen?.attachments['sys_callback_arg-1']).toMatch(/^\d+$/);
    const { value, attachments } = await withResult(received[0]!).changed(price('A', 1n));
    expect([value, attachments['dubbo']]).toEqual(['got A', '2.0.2']);
  });

  it('refuse what cannot be called back before anything is sent', async () => {
    await serve();
    const { prices } = consume();
    const refused = (given: unknown) => prices.subscribe('A', given as PriceListener);
    await expect(refused(null)).rejects.toMatchObject({ code: 'serialization', unsent: true });
    await expect(refused(null)).rejects.toThrow(
      'com.acme.stock.PriceService.subscribe: argument 1: expected an object with the methods of PriceListener to be called back, got null',
    );
    await expect(refused({ changed: () => 'x' })).rejects.toThrow(
      'argument 1: the object to be called back has no method closed, which PriceListener asks for',
    );
  });

  it('refuse wrong arguments before anything is sent', async () => {
    await serve();
    await consume().prices.subscribe('A', listener());
    await expect(received[0]!.closed(7 as never)).rejects.toMatchObject({
      code: 'serialization',
      unsent: true,
      message: expect.stringMatching(/Failed to call back .*PriceListener\.closed.*argument 0/) as unknown,
    });
  });

  describe('between releases of an interface', () => {
    async function later(): Promise<{ prices: PriceService; stub: () => LaterListener }> {
      const server = createServer({
        application: { name: 'later' },
        registries: [],
        protocol: { host: '127.0.0.1', port: 0 },
      });
      const given: LaterListener[] = [];
      const handlers: [string, Handler][] = [
        ['subscribe', ([, callback]) => void given.push(callback as LaterListener)],
        ['unsubscribe', ([callback]) => given.includes(callback as LaterListener)],
      ];
      server.export(contractOf(LaterService), new Map(handlers));
      await server.listen();
      open.push(server);
      const { prices } = consume({ url: `dubbo://127.0.0.1:${server.port}` });
      return { prices, stub: () => given[0]! };
    }

    it('answer null to a method that the consumer does not know, and warn in the words of Java', async () => {
      const { prices, stub } = await later();
      await prices.subscribe('A', listener());
      expect(await stub().halted(price('A', 1n), [1, 2], 3)).toBeNull();
      expect(warnings).toHaveBeenCalledWith(
        expect.stringMatching(
          /^The methodName halted not found in callback service interface ,invoke will be ignored\. please update the api interface\. url is:dubbo:\/\/127\.0\.0\.1:\d+\/com\.acme\.stock\.PriceListener\.\d+\?interface=com\.acme\.stock\.PriceListener&methods=changed,closed ,invocation is :RpcInvocation \[methodName=halted, parameterTypes=\[Lcom\/acme\/stock\/Price;\[II\]\]$/,
        ),
      );
      expect(await stub().changed(price('A', 1n))).toBe('got A');
    });

    it('refuse other parameters than the consumer knows', async () => {
      const { prices, stub } = await later();
      await prices.subscribe('A', listener());
      await expect(stub().changedBy(1n)).rejects.toThrow(
        /Fail to decode request due to: java\.lang\.IllegalArgumentException: Service not found:com\.acme\.stock\.PriceListener, changed$/,
      );
    });

    it('refuse an object that the consumer has released without the provider knowing', async () => {
      const { prices, stub } = await later();
      const one = listener();
      await prices.subscribe('A', one);
      expect(await prices.unsubscribe(one)).toBe(true);
      await expect(stub().changed(price('A', 1n))).rejects.toMatchObject({
        code: 'network',
        message: expect.stringMatching(
          /RemotingException: Not found exported service: com\.acme\.stock\.PriceListener\.\d+:\d+ in \[\], may be version or group mismatch/,
        ) as unknown,
      });
    });

    it('take a parameter for what the provider’s registration says', async () => {
      const { port } = await serve();
      const url = `dubbo://127.0.0.1:${port}/com.acme.stock.PriceService?unsubscribe.0.callback=true&callbacks=1`;
      const { prices } = consume({ url });
      const one = listener();
      await prices.subscribe('A', one);
      await prices.unsubscribe(one);
      // The consumer has kept it, so that there is no room.
      await expect(prices.subscribe('B', listener())).rejects.toMatchObject({ code: 'limit-exceeded' });
    });
  });

  it('need an id that is an int of Java', async () => {
    const { port } = await serve();
    const peer = await RawPeer.connect(port);
    const subscribe = async (attachments: Record<string, unknown>): Promise<string> => {
      const descriptor = 'Ljava/lang/String;Lcom/acme/stock/PriceListener;';
      const args = ['A', null];
      const body = requestBody({ path: service.interface, method: 'subscribe', descriptor, args, attachments });
      const { status, text } = await peer.ask({ body });
      return `${status} ${text}`;
    };
    const refusal = '40 Fail to decode request due to: java.io.IOException: java.lang.NumberFormatException: ';
    expect(await subscribe({})).toBe(`${refusal}Cannot parse null string: null`);
    expect(await subscribe({ 'sys_callback_arg-1': 7 })).toBe(`${refusal}Cannot parse null string: null`);
    expect(await subscribe({ 'sys_callback_arg-1': 'x' })).toBe(`${refusal}For input string: "x"`);
    expect(await subscribe({ 'sys_callback_arg-1': '2147483648' })).toBe(`${refusal}For input string: "2147483648"`);
    expect(await subscribe({ 'sys_callback_arg-1': '-2147483648' })).toMatch(/^20 /);
    expect(received).toHaveLength(1);
    peer.close();
  });

  it('are told to Java consumers by the registration', async () => {
    const { port } = await serve({ callbacks: 3 });
    const registry = local({ dir })({ application: 'reader', logger: silent });
    const record = await new Promise<ServiceRecord>((resolve) => {
      registry.subscribe(service.interface, ({ providers }) => {
        if (providers[0]) resolve(providers[0]);
      });
    });
    await registry.close();
    expect(record).toMatchObject({
      port,
      parameters: {
        callbacks: '3',
        'subscribe.1.callback': 'true',
        'unsubscribe.0.callback': 'false',
        'compare.0.callback': 'true',
        'compare.1.callback': 'true',
      },
    });
    expect(record.parameters).not.toHaveProperty(['subscribe.0.callback']);
  });
});
