import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { contractOf, createClient, DubboInterface, java, silent, type Client, type Logger } from '@nestjs-dubbo/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { requestBody } from '../support/raw-peer.js';

@DubboInterface('com.acme.stock.Listener', {
  changed: { params: [java.long], returns: java.string },
})
abstract class Listener {
  abstract changed(cents: bigint): Promise<string>;
}

@DubboInterface('com.acme.stock.Stock', {
  subscribe: { params: [java.callback(Listener)], returns: java.void },
})
abstract class Stock {
  abstract subscribe(listener: Listener): Promise<void>;
}

interface Answer {
  readonly id: number;
  readonly status: number;
  readonly body: string;
}

/** What a provider of whatever make and mind sends to a consumer that has passed a callback. */
describe('a consumer takes calls of a provider that', () => {
  const maxBytes = 1_000;
  const warnings = vi.fn<Logger['warn']>();
  let provider: Server;
  let client: Client;
  let socket: Socket;
  let answers: Answer[];
  /** The callback's id, as the consumer's call names it. */
  let id: string;

  beforeEach(async () => {
    answers = [];
    warnings.mockClear();
    let called = (): void => {};
    const asked = new Promise<void>((resolve) => (called = resolve));
    provider = createServer((accepted) => {
      socket = accepted;
      let bytes = Buffer.alloc(0);
      accepted.on('error', () => {});
      accepted.on('data', (chunk) => {
        bytes = Buffer.concat([bytes, chunk]);
        while (bytes.length >= 16 && bytes.length >= 16 + bytes.readInt32BE(12)) {
          const end = 16 + bytes.readInt32BE(12);
          const text = bytes.subarray(16, end).toString('latin1');
          if (bytes[2]! & 0x80) {
            id = /sys_callback_arg-0.(\d+)/s.exec(text)![1]!;
            called();
          } else {
            answers.push({ id: bytes.readInt32BE(8), status: bytes[3]!, body: text });
          }
          bytes = bytes.subarray(end);
        }
      });
    });
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    const url = `dubbo://127.0.0.1:${(provider.address() as AddressInfo).port}`;
    client = createClient({
      application: { name: 'broker' },
      registries: [],
      consumer: { payload: maxBytes, retries: 0 },
      logger: { ...silent, warn: warnings },
    });
    const stock = client.refer<Stock>(contractOf(Stock), { url, methods: { subscribe: { return: false } } });
    await stock.subscribe({ changed: async (cents) => `${cents} cents` });
    await asked;
  });

  afterEach(async () => {
    await client.close();
    await new Promise<void>((resolve) => provider.close(() => resolve()));
  });

  function send(frameId: number, body: Uint8Array, flags = 0xc2): void {
    const header = Buffer.alloc(16);
    header.set([0xda, 0xbb, flags]);
    header.writeInt32BE(frameId, 8);
    header.writeInt32BE(body.length, 12);
    socket.write(Buffer.concat([header, body]));
  }

  const call = (more: Record<string, unknown> = { 'callback.service.instid': id }): Uint8Array =>
    requestBody({ path: 'com.acme.stock.Listener', method: 'changed', descriptor: 'J', args: [7n], attachments: more });

  /** The answer to a frame; afterwards the callback still works. */
  async function answerTo(body: Uint8Array, flags?: number): Promise<Answer> {
    send(1, body, flags);
    send(2, call());
    await vi.waitFor(() => expect(answers.map((answer) => answer.id)).toContain(2), 5_000);
    expect(answers.find((answer) => answer.id === 2)).toMatchObject({ status: 20 });
    expect(answers.find((answer) => answer.id === 2)?.body).toContain('7 cents');
    return answers.find((answer) => answer.id === 1)!;
  }

  it('calls no callback', async () => {
    const { status, body } = await answerTo(call({}));
    expect([status, body]).toEqual([
      70,
      expect.stringContaining('This consumer provides no service on its connection'),
    ]);
  });

  it('calls an object that nobody has passed', async () => {
    const { status, body } = await answerTo(call({ 'callback.service.instid': '77' }));
    expect(status).toBe(70);
    expect(body).toMatch(
      /Not found exported service: com\.acme\.stock\.Listener\.77:\d+ in \[com\.acme\.stock\.Listener\.\d+:\d+\]/,
    );
  });

  it('writes another serialization', async () => {
    const { status, body } = await answerTo(call(), 0xd7);
    expect(status).toBe(40);
    expect(body).toContain(
      'Unrecognized serialize type from provider: 23; this consumer takes callbacks in hessian2 only',
    );
  });

  it('writes a body that cannot be read', async () => {
    const { status, body } = await answerTo(call().subarray(0, 60));
    expect(status).toBe(40);
    expect(body).toContain('Fail to decode request due to: com.alibaba.com.caucho.hessian.io.HessianProtocolException');
  });

  it('writes more than the consumer takes', async () => {
    const { status, body } = await answerTo(new Uint8Array(maxBytes + 1));
    expect(status).toBe(40);
    expect(body).toContain(`Data length too large: ${maxBytes + 1}, max payload: ${maxBytes}`);
  });

  it('asks for no answer', async () => {
    expect(await answerTo(call({}), 0x82)).toBeUndefined();
    expect(warnings).toHaveBeenCalledWith(
      expect.stringMatching(/^Refused a one-way request from 127\.0\.0\.1:\d+: This consumer provides no service/),
    );
  });
});
