import { createServer, DubboInterface, contractOf, silent, type Logger, type Server } from '@nestjs-dubbo/core';
import { Decoder, Encoder, java } from '@nestjs-dubbo/hessian';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { RawPeer, requestBody, type RawRequest } from '../support/raw-peer.js';

const PATH = 'com.acme.Bad';

@DubboInterface(PATH, {
  ping: { params: [], returns: java.string },
  shout: { params: [java.string], returns: java.string },
  next: { params: [java.int], returns: java.int },
  big: { params: [java.int], returns: java.string },
  wrong: { params: [], returns: java.int },
  slow: { params: [], returns: java.string },
})
abstract class Bad {
  abstract ping(): Promise<string>;
  abstract shout(text: string): Promise<string>;
  abstract next(n: number): Promise<number>;
  abstract big(length: number): Promise<string>;
  abstract wrong(): Promise<number>;
  abstract slow(): Promise<string>;
}

@DubboInterface('com.acme.Other', { shout: { params: [java.string], returns: java.void } })
abstract class Other {
  abstract shout(text: string): Promise<void>;
}

const TEXT = 'Ljava/lang/String;';
const bad = (method: string, descriptor = '', ...args: unknown[]) =>
  requestBody({ path: PATH, method, descriptor, args });
const cut = (body: Uint8Array, count: number) => body.subarray(0, body.length - count);

/** Length of the map that {@link requestBody} ends with. */
const withoutAttachments = 2 + 1 + 'path'.length + 1 + PATH.length;

/** Request, status and first line of the answer; wordings as real Dubbo 3.3.6 sends them. */
const hessianInt = (n: number): number[] => (n < 48 ? [0x90 + n] : [0xc8, n]);

type Case = [string, RawRequest, number, unknown];

const matching = (pattern: RegExp): unknown => expect.stringMatching(pattern);

const badRequests: Case[] = [
  [
    'an unknown service',
    { body: requestBody({ path: 'com.acme.Nope', method: 'ping' }) },
    40,
    'Fail to decode request due to: java.io.IOException: Service com.acme.Nope:0.0.0 not found, invocation rejected.',
  ],
  [
    'an unknown service with arguments',
    { body: requestBody({ path: 'com.acme.Nope', method: 'shout', descriptor: TEXT, args: ['x'] }) },
    40,
    'Fail to decode request due to: java.io.IOException: Service com.acme.Nope:0.0.0 not found, invocation rejected.',
  ],
  [
    'a wrong version',
    { body: requestBody({ path: PATH, version: '9.9.9', method: 'ping' }) },
    40,
    `Fail to decode request due to: java.io.IOException: Service ${PATH}:9.9.9 not found, invocation rejected.`,
  ],
  [
    'a wrong group',
    { body: requestBody({ path: PATH, method: 'ping', attachments: { group: 'g9' } }) },
    70,
    matching(
      /^org\.apache\.dubbo\.remoting\.RemotingException: Not found exported service: g9\/com\.acme\.Bad:\d+ in \[com\.acme\.Bad:\d+\], may be version or group mismatch , channel: consumer: \/127\.0\.0\.1:\d+ --> provider: \/127\.0\.0\.1:\d+, message:RpcInvocation \[methodName=ping, parameterTypes=\[\]\]$/,
    ),
  ],
  [
    'an unknown method with arguments',
    { body: bad('nope', TEXT, 'x') },
    40,
    `Fail to decode request due to: java.lang.IllegalArgumentException: Service not found:${PATH}, nope`,
  ],
  [
    'an unknown method without arguments',
    { body: bad('nope') },
    70,
    matching(
      /^org\.apache\.dubbo\.rpc\.RpcException: Failed to invoke remote proxy method nope to .*, cause: Not found method "nope"/,
    ),
  ],
  [
    'a wrong descriptor',
    { body: bad('shout', 'I', 1) },
    40,
    `Fail to decode request due to: java.lang.IllegalArgumentException: Service not found:${PATH}, shout`,
  ],
  [
    'a garbage descriptor',
    { body: bad('shout', '%$', 1) },
    40,
    `Fail to decode request due to: java.lang.IllegalArgumentException: Service not found:${PATH}, shout`,
  ],
  [
    'an argument of another type',
    { body: bad('next', 'I', 'x') },
    40,
    matching(/^Fail to decode request due to: com\.alibaba\.com\.caucho\.hessian\.io\.HessianProtocolException: .*int/),
  ],
  ['a truncated argument', { body: cut(bad('shout', TEXT, 'xxxxxxxx'), 30) }, 40, matching(/HessianProtocolException/)],
  [
    'attachments that are no map',
    { body: requestBody({ path: PATH, method: 'ping', attachments: ['x'] }) },
    40,
    matching(/HessianProtocolException: attachments: expected a map/),
  ],
  [
    'missing attachments',
    { body: cut(bad('ping'), withoutAttachments) },
    40,
    matching(/HessianProtocolException: attachments/),
  ],
  ['an empty body', { body: new Uint8Array() }, 40, matching(/HessianProtocolException/)],
  ['a garbage body', { body: Uint8Array.of(0x40, 0x45, 0xff, 0x50) }, 40, matching(/HessianProtocolException/)],
  [
    'an unknown serialization',
    { flags: 0xc0 | 30, body: bad('ping') },
    40,
    'Fail to decode request due to: java.io.IOException: Unrecognized serialize type from consumer: 30',
  ],
  [
    'a request over the payload',
    { body: bad('shout', TEXT, 'x'.repeat(5_000)) },
    40,
    matching(/Data length too large: 5\d\d\d, max payload: 4096/),
  ],
];

/** Requests that are served but whose results cannot be sent. */
const badResults: Case[] = [
  [
    'a result over the payload',
    { body: bad('big', 'I', 5_000) },
    25,
    matching(/^Data length too large: 50\d\d, max payload: 4096, channel: /),
  ],
  [
    'a result that cannot be written',
    { body: bad('wrong') },
    50,
    matching(/^Failed to send response: of com\.acme\.Bad\.wrong, cause: .*int/),
  ],
];

describe('a provider', () => {
  const warn = vi.fn<Logger['warn']>();
  let server: Server;
  let release: (value: string) => void;

  beforeAll(async () => {
    server = createServer({
      application: { name: 'bad' },
      registries: [],
      protocol: { host: '127.0.0.1', port: 0, payload: 4096 },
      provider: { exposeStack: false },
      logger: { ...silent, warn },
    });
    const handlers = {
      ping: () => 'pong',
      shout: ([text]: readonly unknown[]) => `${String(text)}!`,
      next: ([n]: readonly unknown[]) => Number(n) + 1,
      big: ([length]: readonly unknown[]) => 'x'.repeat(Number(length)),
      wrong: () => 'no number',
      slow: () => new Promise<string>((resolve) => (release = resolve)),
    };
    server.export(contractOf(Bad), new Map(Object.entries(handlers)));
    await server.listen();
  });
  afterAll(() => server.close());

  it.each([...badRequests, ...badResults])(
    'answers %s at once and serves the other calls of the connection',
    async (_name, request, status, text) => {
      const peer = await RawPeer.connect(server.port);
      const inFlight = peer.ask({ body: bad('slow') });
      const answer = await peer.ask(request);
      expect([answer.status, answer.text]).toEqual([status, text]);
      release('served');
      expect((await inFlight).status).toBe(20);
      const pong = new Decoder((await peer.ask({ body: bad('ping') })).body);
      expect([pong.readInt(), pong.readString()]).toEqual([4, 'pong']);
      peer.close();
    },
  );

  /** Each at a time of its own: like warnings are limited to one in 10 s. */
  let clock = Date.now();
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: (clock += 60_000) }));
  afterEach(() => void vi.useRealTimers());

  async function sendOneway(request: RawRequest): Promise<void> {
    const peer = await RawPeer.connect(server.port);
    warn.mockClear();
    peer.send({ ...request, flags: (request.flags ?? 0xc2) & ~0x40 });
    const { id } = await peer.ask({ body: bad('ping') });
    expect(peer.answers.map((answer) => answer.id)).toEqual([id]);
    peer.close();
  }

  it.each(badRequests)('never answers %s sent one-way, but logs it', async (_name, request) => {
    await sendOneway(request);
    expect(warn).toHaveBeenCalledWith(expect.stringMatching(/^Refused a one-way request from 127\.0\.0\.1/));
  });

  it.each(badResults)('never answers a one-way request for %s', async (_name, request) => {
    await sendOneway(request);
    expect(warn).not.toHaveBeenCalled();
  });

  it('serves attachments that are null, and peers that are too old for attachments in answers', async () => {
    const peer = await RawPeer.connect(server.port);
    const encoder = new Encoder();
    for (const part of ['2.0.2', PATH, '0.0.0', 'shout', TEXT, 'x', null]) encoder.writeString(part);
    const answer = new Decoder((await peer.ask({ body: encoder.finish() })).body);
    expect([answer.readInt(), answer.readString(), answer.read()]).toEqual([4, 'x!', { dubbo: '2.0.2' }]);
    const old = new Decoder(
      (await peer.ask({ body: requestBody({ path: PATH, method: 'ping', dubbo: '2.7.0' }) })).body,
    );
    expect([old.readInt(), old.readString(), old.remaining]).toEqual([1, 'pong', 0]);
    peer.close();
  });

  it('refuses a few bytes that stand for gigabytes, in time', async () => {
    const peer = await RawPeer.connect(server.port);
    const encoder = new Encoder();
    for (const part of ['2.0.2', PATH, '0.0.0', '$echo', 'Ljava/lang/Object;']) encoder.writeString(part);
    // Each level holds the next one twice: the second time as a reference.
    encoder.writeRaw(Uint8Array.from(Array.from({ length: 40 }, () => 0x7a)));
    encoder.writeRaw(Uint8Array.of(0x79, 0x91));
    for (let level = 40; level > 0; level--) encoder.writeRaw(Uint8Array.of(0x51, ...hessianInt(level)));
    encoder.writeMap({ path: PATH });
    const startedAt = performance.now();
    const answer = await peer.ask({ body: encoder.finish() });
    expect([20, 25]).toContain(answer.status);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    peer.close();
  });

  it("never reads one service's arguments for another's handler", async () => {
    const other = contractOf(Other);
    const seen: unknown[] = [];
    server.export(other, new Map([['shout', ([n]) => void seen.push(n)]]), { register: false });
    const peer = await RawPeer.connect(server.port);
    const ask = (method: string, descriptor: string, ...args: unknown[]) =>
      peer.ask({
        body: requestBody({ path: PATH, method, descriptor, args, attachments: { path: 'com.acme.Other' } }),
      });
    expect(await ask('shout', TEXT, 'x')).toMatchObject({ status: 20 });
    expect(seen).toEqual(['x']);
    expect(await ask('next', 'I', 1)).toMatchObject({
      status: 40,
      text: matching(/Service not found:com\.acme\.Other, next$/),
    });
    peer.close();
  });

  it('refuses an event that is too long, and only then answers one', async () => {
    const peer = await RawPeer.connect(server.port);
    const event = (text: string) => Uint8Array.from([text.length, ...Buffer.from(text)]);
    peer.send({ flags: 0xe2, body: event('?') });
    const { status, text } = await peer.ask({ flags: 0xe2, body: event('x'.repeat(20)) });
    const cause = 'Event data too long, actual size 21, threshold 15 rejected for security consideration.';
    expect([status, text]).toEqual([40, `Fail to decode request due to: java.lang.IllegalArgumentException: ${cause}`]);
    expect(peer.answers).toHaveLength(1);
    peer.close();
  });

  it('finds the next frame behind garbage', async () => {
    const peer = await RawPeer.connect(server.port);
    peer.write(Uint8Array.of(1, 2, 0xda, 3, 4));
    expect((await peer.ask({ body: bad('ping') })).status).toBe(20);
    peer.close();
  });
});
