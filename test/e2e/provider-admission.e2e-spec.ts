import {
  contractOf,
  createServer,
  DubboInterface,
  java,
  silent,
  type CallContext,
  type Handler,
  type ProviderOptions,
  type Server,
  type ServiceOptions,
} from '@nestjs-dubbo/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { RawPeer, requestBody, type RawAnswer } from '../support/raw-peer.js';

@DubboInterface('com.acme.gate.Gate', {
  hold: { params: [java.int], returns: java.int },
  pass: { params: [], returns: java.int },
})
abstract class Gate {
  abstract hold(id: number): Promise<number>;
  abstract pass(): Promise<number>;
}

const gate = contractOf(Gate);

/** What each call of hold() does until the test lets it end. */
interface Held {
  readonly id: number;
  readonly context: CallContext;
  readonly end: () => void;
}

const held: Held[] = [];
const handlers = new Map<string, Handler>([
  ['hold', ([id], context) => new Promise((end) => held.push({ id: Number(id), context, end: () => end(id) }))],
  ['pass', () => 1],
]);
const warn = vi.fn<(line: string) => void>();
const open: { close(): unknown }[] = [];

afterEach(async () => {
  for (const { end } of held) end();
  for (const each of open.splice(0).reverse()) await each.close();
  held.length = 0;
  warn.mockClear();
});

async function serve(provider: ProviderOptions, service: ServiceOptions = {}): Promise<Server> {
  const server = createServer({
    application: { name: 'gate' },
    registries: [],
    protocol: { host: '127.0.0.1', port: 0 },
    provider: { shutdownTimeout: 0, ...provider },
    logger: { ...silent, warn },
  });
  server.export(gate, handlers, service);
  await server.listen();
  open.push(server);
  return server;
}

async function peerOf({ port }: Server): Promise<RawPeer> {
  const peer = await RawPeer.connect(port);
  open.push(peer);
  return peer;
}

function holding(id: number, timeout = '60000'): Uint8Array {
  const attachments = { timeout, 'remote.application': 'visitors' };
  return requestBody({ path: gate.interface, method: 'hold', descriptor: 'I', args: [id], attachments });
}

const passing = requestBody({ path: gate.interface, method: 'pass' });
const heldIds = (): number[] => held.map(({ id }) => id);
const untilHeld = (ids: number[]): Promise<void> => vi.waitFor(() => expect(heldIds()).toEqual(ids), 5_000);

describe('a provider whose threads are used up', () => {
  it('refuses with status 100 and the text of Dubbo 3.3, and logs what runs', async () => {
    const server = await serve({ threads: 2 });
    const peer = await peerOf(server);
    const first = peer.ask({ body: holding(1) });
    void peer.ask({ body: holding(2) });
    await untilHeld([1, 2]);
    const refused = await peer.ask({ body: holding(3) });
    const at = `127.0.0.1:${server.port}`;
    const reason =
      `Thread pool is EXHAUSTED! Thread Name: DubboServerHandler-${at}, Pool Size: 2 (active: 2, core: 2, max: 2, ` +
      'largest: 2), Task: 2 (completed: 0), Executor status:(isShutdown:false, isTerminated:false, isTerminating:false), ' +
      `in dubbo://${at}!`;
    expect(refused.status).toBe(100);
    expect(refused.text).toBe(`Server side(127.0.0.1,${server.port}) thread pool is exhausted, detail msg:${reason}`);
    expect(warn.mock.calls).toEqual([
      [expect.stringContaining(`${reason} Running: com.acme.gate.Gate.hold 2x for `) as string],
    ]);
    expect(warn.mock.calls[0]![0]).toContain('the longest was called by visitors at 127.0.0.1:');
    for (let i = 0; i < 100; i++) expect(await peer.ask({ body: holding(4) })).toMatchObject({ status: 100 });
    expect(warn).toHaveBeenCalledTimes(1);
    held[0]!.end();
    expect(await first).toMatchObject({ status: 20 });
    expect(await peer.ask({ body: passing })).toMatchObject({ status: 20 });
  });

  it('refuses none of many calls that come at once and are done at once', async () => {
    const server = await serve({ threads: 2 });
    const peer = await peerOf(server);
    const answers = await Promise.all(Array.from({ length: 300 }, () => peer.ask({ body: passing })));
    expect(answers.filter(({ status }) => status !== 20)).toEqual([]);
  });

  it('does not look into the body of what it refuses', async () => {
    const peer = await peerOf(await serve({ threads: 1 }));
    void peer.ask({ body: holding(1) });
    await untilHeld([1]);
    expect(await peer.ask({ body: Uint8Array.of(0xff, 0xff) })).toMatchObject({ status: 100 });
  });

  it('answers no one-way call that it refuses, and every heartbeat', async () => {
    const peer = await peerOf(await serve({ threads: 1 }));
    void peer.ask({ body: holding(1) });
    await untilHeld([1]);
    const oneway = peer.send({ flags: 0x82, body: holding(2) });
    const heartbeat = await peer.ask({ flags: 0xe2, body: Uint8Array.of(0x4e) });
    expect(heartbeat).toMatchObject({ flags: 0x22, status: 20 });
    expect(peer.answers.map(({ id }) => id)).not.toContain(oneway);
    expect(warn).toHaveBeenCalledWith(expect.stringMatching(/^Refused a call .*EXHAUSTED/));
    expect(heldIds()).toEqual([1]);
  });

  it('gives a thread back that ran an unreadable call', async () => {
    const peer = await peerOf(await serve({ threads: 1 }));
    for (let i = 0; i < 3; i++) expect(await peer.ask({ body: Uint8Array.of(0xff) })).toMatchObject({ status: 40 });
    expect(await peer.ask({ body: passing })).toMatchObject({ status: 20 });
  });
});

describe('a provider with a queue', () => {
  it('begins waiting calls by arrival, and refuses those beyond the queue', async () => {
    const peer = await peerOf(await serve({ threads: 1, queues: 2 }));
    const answers = [1, 2, 3].map((id) => peer.ask({ body: holding(id) }));
    const refused = await peer.ask({ body: holding(4) });
    expect(refused).toMatchObject({ status: 100 });
    expect(refused.text).toContain('Task: 3 (completed: 0)');
    for (const id of [1, 2, 3]) {
      await vi.waitFor(() => expect(heldIds().at(-1)).toBe(id), 5_000);
      held.at(-1)!.end();
    }
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([20, 20, 20]);
  });

  it('takes any number with negative queues, and stays responsive while it works them off', async () => {
    const peer = await peerOf(await serve({ threads: 1, queues: -1 }));
    void peer.ask({ body: holding(1) });
    const passes = Array.from({ length: 3_000 }, () => peer.ask({ body: passing }));
    await untilHeld([1]);
    held[0]!.end();
    const order: string[] = [];
    const heartbeat = passes[0]!.then(() => peer.ask({ flags: 0xe2, body: Uint8Array.of(0x4e) }));
    void heartbeat.then(() => order.push('heartbeat'));
    void passes.at(-1)!.then(() => order.push('last call'));
    expect((await Promise.all(passes)).every(({ status }) => status === 20)).toBe(true);
    expect(order).toEqual(['heartbeat', 'last call']);
  });

  it('does not begin a call whose deadline has passed while it waited', async () => {
    const peer = await peerOf(await serve({ threads: 1, queues: 5 }));
    void peer.ask({ body: holding(1) });
    await untilHeld([1]);
    const late = peer.ask({ body: holding(2, '20') });
    const inTime = peer.ask({ body: holding(3) });
    const startedAt = performance.now();
    await vi.waitFor(() => expect(performance.now() - startedAt).toBeGreaterThan(100));
    held[0]!.end();
    const { status, text } = await late;
    expect(status).toBe(100);
    expect(text).toMatch(
      /detail msg:The call waited \d+ ms for a thread, its caller's timeout is 20 ms: it was not begun$/,
    );
    await untilHeld([1, 3]);
    held[1]!.end();
    expect(await inTime).toMatchObject({ status: 20 });
  });

  it('does not begin calls whose connection is gone, but one-way calls', async () => {
    const server = await serve({ threads: 1, queues: 3 });
    const stays = await peerOf(server);
    const goes = await peerOf(server);
    void stays.ask({ body: holding(1) });
    await untilHeld([1]);
    goes.send({ body: holding(2) });
    goes.send({ flags: 0x82, body: holding(3) });
    // Its answer shows that both have come.
    await goes.ask({ flags: 0xe2, body: Uint8Array.of(0x4e) });
    const waiting = stays.ask({ body: holding(4) });
    goes.close();
    // Room for one more shows that the place in the queue is free again.
    let next: RawAnswer | undefined;
    let kept: Promise<RawAnswer> | undefined;
    await vi.waitFor(async () => {
      kept = stays.ask({ body: holding(5) });
      next = await Promise.race([kept, stays.ask({ flags: 0xe2, body: Uint8Array.of(0x4e) })]);
      expect(next.status).toBe(20);
    }, 5_000);
    for (const ids of [[1], [1, 3], [1, 3, 4], [1, 3, 4, 5]]) {
      await untilHeld(ids);
      held.at(-1)!.end();
    }
    expect(await waiting).toMatchObject({ status: 20 });
    expect(await kept).toMatchObject({ status: 20 });
  });
});

describe('a provider', () => {
  it('aborts the signal of calls whose connection is gone', async () => {
    const server = await serve({});
    const peer = await peerOf(server);
    void peer.ask({ body: holding(1) });
    await untilHeld([1]);
    const { signal } = held[0]!.context;
    expect(signal.aborted).toBe(false);
    peer.close();
    await vi.waitFor(() => expect(signal.aborted).toBe(true), 5_000);
  });

  it('runs any number of calls with dispatcher direct', async () => {
    const peer = await peerOf(await serve({ dispatcher: 'direct' }));
    const calls = Array.from({ length: 300 }, (_, id) => peer.ask({ body: holding(id) }));
    await vi.waitFor(() => expect(held).toHaveLength(300), 5_000);
    for (const { end } of held) end();
    expect((await Promise.all(calls)).every(({ status }) => status === 20)).toBe(true);
  });

  it('limits one method by executes, with status 70 and the text of Dubbo', async () => {
    const peer = await peerOf(await serve({}, { methods: { hold: { executes: 1 } } }));
    void peer.ask({ body: holding(1) });
    await untilHeld([1]);
    const generic = requestBody({
      path: gate.interface,
      method: '$invoke',
      descriptor: 'Ljava/lang/String;[Ljava/lang/String;[Ljava/lang/Object;',
      args: ['hold', ['int'], [2]],
      attachments: { generic: 'true' },
    });
    for (const body of [holding(2), generic]) {
      const { status, text } = await peer.ask({ body });
      expect(status).toBe(70);
      expect(text).toBe(
        'org.apache.dubbo.rpc.RpcException: Failed to invoke method hold in provider com.acme.gate.Gate, cause: ' +
          'The service using threads greater than <dubbo:service executes="1" /> limited.',
      );
    }
    expect(await peer.ask({ body: passing })).toMatchObject({ status: 20 });
    held[0]!.end();
    const again = vi.waitFor(() => {
      void peer.ask({ body: holding(3) });
      expect(heldIds()).toContain(3);
    }, 5_000);
    await again;
  });

  it('refuses new calls while the event loop is late, and says so', async () => {
    const peer = await peerOf(await serve({ eventLoopDelay: 30 }));
    let refused: RawAnswer | undefined;
    const deadline = performance.now() + 15_000;
    while (!refused && performance.now() < deadline) {
      const answer = peer.ask({ body: passing });
      const end = performance.now() + 80;
      while (performance.now() < end);
      const { status } = await answer;
      if (status !== 20) refused = await answer;
    }
    expect(refused).toMatchObject({ status: 100 });
    expect(refused!.text).toMatch(/detail msg:Event loop is EXHAUSTED! It is late by \d+ ms \(max: 30 ms\), in dubbo:/);
    await vi.waitFor(async () => expect(await peer.ask({ body: passing })).toMatchObject({ status: 20 }), 10_000);
  });

  it('tells at once which names of pools and dispatchers there are', () => {
    const provider = { threadpool: 'virtual' } as unknown as ProviderOptions;
    expect(() => createServer({ application: { name: 'gate' }, provider })).toThrow(
      `'fixed', 'limited', 'cached', 'eager'`,
    );
  });
});
