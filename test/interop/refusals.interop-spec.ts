import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RawPeer, type RawRequest, requestBody } from '../support/raw-peer.js';
import { type JavaProvider, startJavaProvider } from './java-peer.js';
import { type NodeProvider, privateRegistry, startNodeProvider } from './node-apps.js';

// The same bad bytes to Java's provider and to Node's. Only what must differ is left out of the comparison: addresses, the
// class that serves, the codec's own words for what it cannot read, and the stack below the first line.

const path = 'com.acme.interop.api.InteropService';
const text = 'Ljava/lang/String;';
// Above the length of Java's stack traces.
const payload = 16_384;
const call = (method: string, descriptor = '', ...args: unknown[]) => requestBody({ path, method, descriptor, args });
/** The map of requestBody: `H`, the key with its length, the path with its length of two bytes, `Z`. */
const attachmentsBytes = 1 + 1 + 'path'.length + 2 + path.length + 1;
const ping = { body: call('ping') };

const bad: [string, RawRequest][] = [
  ['an unknown service', { body: requestBody({ path: 'com.acme.Nope', method: 'ping' }) }],
  [
    'an unknown service with arguments',
    { body: requestBody({ path: 'com.acme.Nope', method: 'shout', descriptor: text, args: ['x'] }) },
  ],
  ['a wrong version', { body: requestBody({ path, version: '9.9.9', method: 'ping' }) }],
  ['a wrong group', { body: requestBody({ path, method: 'ping', attachments: { group: 'green' } }) }],
  ['an unknown method', { body: call('nope', text, 'x') }],
  ['an unknown method without arguments', { body: call('nope') }],
  ['a wrong descriptor', { body: call('shout', 'I', 1) }],
  ['a descriptor of too few arguments', { body: call('shout') }],
  ['a descriptor of too many arguments', { body: call('ping', text, 'x') }],
  ['a descriptor of an unknown class', { body: call('shout', 'Lcom/acme/Missing;', 'x') }],
  ['a garbage descriptor', { body: call('shout', '!!', 'x') }],
  ['an argument of another type', { body: call('nextInt', 'I', 'x') }],
  ['a body that ends in an argument', { body: call('shout', text, 'hello').subarray(0, -attachmentsBytes - 2) }],
  ['an empty body', { body: new Uint8Array() }],
  ['a garbage body', { body: Uint8Array.of(0xff, 0xff, 0xff, 0xff) }],
  ['an unknown serialization', { flags: 0xc0 | 30, body: ping.body }],
  ['a request that is too large', { body: call('shout', text, 'x'.repeat(2 * payload)) }],
  // 47 takes one byte, 48 two.
  [
    'a response that is too large',
    {
      body: call(
        'nextInts',
        '[I',
        Array.from({ length: 10_000 }, () => 47),
      ),
    },
  ],
];

describe('Dubbo 3.3 and Node', () => {
  let java: JavaProvider;
  let node: NodeProvider;

  beforeAll(async () => {
    node = await startNodeProvider(await privateRegistry(), { payload });
    java = await startJavaProvider('3.3', undefined, {
      systemProperties: {
        'dubbo.protocol.payload': String(payload),
        // By default 3.3 loses the cause of what it cannot decode, and answers some of it not at all.
        'dubbo.application.executor-management-mode': 'default',
      },
    });
  });

  afterAll(async () => {
    await node?.stop();
    await java?.stop();
  });

  it.each(bad)('refuse %s alike', async (_what, request) => {
    const answers = await Promise.all([java, node].map(({ port }) => refusal(port, request)));
    expect(answers[1]).toEqual(answers[0]);
  });

  it.each(bad)('do not answer %s sent one-way', async (_what, request) => {
    const ids = await Promise.all([java, node].map(({ port }) => answeredIds(port, request)));
    expect(ids).toEqual([[2], [2]]);
  });
});

async function refusal(port: number, request: RawRequest): Promise<{ status: number; text: string }> {
  const peer = await RawPeer.connect(port);
  const { status, text } = await peer.ask(request);
  expect((await peer.ask(ping)).status).toBe(20);
  peer.close();
  return { status, text: comparable(text) };
}

async function answeredIds(port: number, { flags = 0xc2, body }: RawRequest): Promise<number[]> {
  const peer = await RawPeer.connect(port);
  peer.send({ flags: flags & ~0x40, body });
  expect((await peer.ask(ping)).status).toBe(20);
  peer.close();
  return peer.answers.map(({ id }) => id);
}

function comparable(text: string): string {
  return text
    .split('\n', 1)[0]!
    .replace(/[\w.]+(HessianProtocolException|EOFException): .*/, 'what the codec says')
    .replace(/(proxy method \w+) to \S+, cause: (Not found method "\w+").*/, '$1 to …, cause: $2 …')
    .replace(/ in \[.*?\],/, ' in […],')
    .replace(/channel: .*?(?=, message:|$)/, 'channel: …')
    .replace(/large: \d+/, 'large: …')
    .replace(/:\d+/g, ':<port>');
}
