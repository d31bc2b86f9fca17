import { Decoder, Encoder, java, JavaObject } from '@nestjs-dubbo/hessian';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeValue } from './describe-value.js';
import { hessianVersions, type HessianVersion } from './hessian-build.js';
import { HessianPeer } from './hessian-peer.js';
import { Floats } from './twins.js';

// What Java itself loses or refuses: what each version makes of what is sent to it, and what becomes here of what each
// sends. The README of the hessian package has the same table for its users.

/** A text is what is read, a pattern why it is refused. */
type Outcome = string | RegExp;
type Both = Readonly<Record<HessianVersion, Outcome>>;

const both = (outcome: Outcome): Both => ({ '3.2.13': outcome, '4.0.3': outcome });

/** Rarities.java makes them: what is read here, or why Java does not write or the decoder not read it. */
const fromJava: Readonly<Record<string, Both>> = {
  '-0.0': both('0'),
  Timestamp: both('java.sql.Timestamp date 1577934245123'),
  Float: both('0.1'),
  byte: both('5'),
  char: both('"c"'),
  Optional: both(/java\.util\.Optional must implement java\.io\.Serializable/),
  'List.of': {
    '3.2.13': /hessian-lite 3\.2 sends List\.of, Set\.of and Map\.of without their content/,
    '4.0.3': '[1]',
  },
  'Set.of': { '3.2.13': /without their content/, '4.0.3': 'set [1]' },
  'Map.of': { '3.2.13': /without their content/, '4.0.3': '{"k": 1}' },
  // Java cannot read these two.
  iterator: both('[1, 2]'),
  enumeration: both('[1, 2]'),
  URL: both(
    'java.net.URL{"authority": "host", "file": "/path", "hashCode": -1, "host": "host", "port": -1, "protocol": "http", "ref": null}',
  ),
  InetAddress: {
    '3.2.13': 'java.net.InetAddress{}',
    '4.0.3':
      'java.net.InetAddress{"holder": java.net.InetAddress$InetAddressHolder{"address": 2130706433, "family": 1, "hostName": "host"}}',
  },
  InetSocketAddress: {
    '3.2.13': 'java.net.InetSocketAddress{}',
    '4.0.3': 'java.net.InetSocketAddress{"addr": null, "hostName": "host", "port": 20880}',
  },
  LongAdder: both('java.util.concurrent.atomic.LongAdder 7n'),
  record: both('com.acme.graph.Rarities$Point{"x": 3, "y": 4}'),
  Properties: both('{"own": "value"}'),
  StringBuilder: both(
    'java.lang.StringBuilder{"coder": 0, "count": 4, "value": bytes 7465787400000000000000000000000000000000}',
  ),
  Object: { '3.2.13': /class java\.lang\.Object/, '4.0.3': 'object{}' },
  'UUID, then sharing': both('[java.util.UUID "00000000-0000-0001-0000-000000000002", [1], [1]]'),
  'UUID twice': both(
    '[java.util.UUID "00000000-0000-0001-0000-000000000002", java.util.UUID "00000000-0000-0001-0000-000000000002"]',
  ),
  'URI, then sharing': both(/3\.2 and 4\.0 count differently; the option hessianLite tells which the peer has/),
};

/** What is sent, and how Java describes what it reads, or why it refuses to. */
const toJava: Readonly<Record<string, { readonly value: unknown; readonly java: Both }>> = {
  '-0': { value: -0, java: both('java.lang.Double 0.0') },
  'a Timestamp': { value: java.sqlTimestamp(new Date(5)), java: both('java.sql.Timestamp 5') },
  'a Float without a declared type': { value: java.Float(0.1), java: both('java.lang.Double 0.1') },
  'a char without a declared type': { value: java.char('c'), java: both('"c"') },
  'an object of a class that Java lacks': {
    value: new JavaObject('com.acme.Unknown', { a: 1 }),
    java: both('java.util.HashMap{"a"=java.lang.Integer 1, }'),
  },
  'a LongAdder': {
    value: java.longAdder(7n),
    java: { '3.2.13': /could not be instantiated/, '4.0.3': 'java.util.concurrent.atomic.LongAdder 7' },
  },
  'a record': {
    value: new JavaObject('com.acme.graph.Rarities$Point', { x: 3, y: 4 }),
    java: {
      '3.2.13': /cannot be assigned to 'int'/,
      '4.0.3': 'com.acme.graph.Rarities$Point{x: java.lang.Integer 3, y: java.lang.Integer 4, }',
    },
  },
  'a map entry': {
    value: new JavaObject('java.util.AbstractMap$SimpleEntry', { value: 3, key: 'a' }),
    java: {
      '3.2.13': /could not be instantiated/,
      '4.0.3': 'java.util.AbstractMap$SimpleEntry("a", java.lang.Integer 3)',
    },
  },
  'the same list twice after a UUID, as copies': {
    value: [java.uuid('00000000-0000-0001-0000-000000000002'), ...twice([1])],
    java: both(
      'java.util.ArrayList[java.util.UUID 00000000-0000-0001-0000-000000000002, ' +
        'java.util.ArrayList[java.lang.Integer 1], java.util.ArrayList[java.lang.Integer 1]]',
    ),
  },
  'a cycle that begins after a UUID': {
    value: [java.uuid('00000000-0000-0001-0000-000000000002'), cycle()],
    java: {
      '3.2.13': /Index 2 out of bounds/,
      '4.0.3': 'java.util.ArrayList[java.util.UUID 00000000-0000-0001-0000-000000000002, java.util.ArrayList[#1]]',
    },
  },
};

const peers = new Map<HessianVersion, HessianPeer>();
beforeAll(async () => {
  for (const version of hessianVersions) peers.set(version, await HessianPeer.start(version));
});
afterAll(async () => {
  await Promise.all([...peers.values()].map((peer) => peer.stop()));
});

describe.each(hessianVersions)("what Java's hessian-lite %s sends", (version) => {
  it.each(Object.keys(fromJava))('%s', async (name) => {
    const read = async () => describeValue(new Decoder(await peers.get(version)!.write(name)).read());
    expect(await outcomeOf(read())).toMatch(pattern(fromJava[name]![version]));
  });
});

describe.each(hessianVersions)("what Java's hessian-lite %s reads", (version) => {
  const peer = () => peers.get(version)!;

  it.each(Object.keys(toJava))('%s', async (name) => {
    const { value, java: expected } = toJava[name]!;
    expect(await outcomeOf(peer().describe(encode(value)))).toMatch(pattern(expected[version]));
  });

  it('no list that tells no length, and so none is written', async () => {
    for (const body of ['5790915a', '55136a6176612e7574696c2e41727261794c69737490915a']) {
      expect(new Decoder(Buffer.from(body, 'hex')).read()).toEqual([0, 1]);
      await expect(peer().describe(Buffer.from(body, 'hex'))).rejects.toThrow('expected list at java.lang.Integer');
    }
  });

  it('a number out of bytes that end within it, which is refused here', async () => {
    expect(await peer().describe(Buffer.from('4900', 'hex'))).toBe('java.lang.Integer -65793');
    expect(() => new Decoder(Buffer.from('4900', 'hex')).read()).toThrow(/ends/);
  });
});

describe('primitive floats', () => {
  it.each(hessianVersions)('sent by hessian-lite %s are read as they were', async (version) => {
    const body = await peers.get(version)!.write('floats');
    for (const read of [new Decoder(body).read(), new Decoder(body).read(Floats)])
      expect(read).toMatchObject({ one: Math.fround(0.1), between: 7, two: 2.5, boxed: Math.fround(0.1) });
  });

  it('are read by 3.2.13 as they were sent; 4.0.3 overwrites its own memory with them', async () => {
    const floats = Object.assign(new Floats(), {
      one: 0.1,
      between: 7,
      two: 2.5,
      boxed: 0.1,
      array: [0.1],
      list: [0.1],
    });
    expect(await peers.get('3.2.13')!.describe(encode(floats))).toBe(
      'com.acme.graph.Floats{one: java.lang.Float 0.1, between: java.lang.Integer 7, two: java.lang.Float 2.5, ' +
        'boxed: java.lang.Float 0.1, array: float[][java.lang.Float 0.1], list: java.util.ArrayList[java.lang.Float 0.1], }',
    );
  });
});

it('a Calendar sent twice by 4.0.3 has a reference that no reader finds', async () => {
  const body = await peers.get('4.0.3')!.write('Calendar twice');
  for (const peer of peers.values()) await expect(peer.describe(body)).rejects.toThrow('Index 2 out of bounds');
  expect(() => new Decoder(body).read()).toThrow('a reference to value 2, 2 values are known');
});

/** What comes of it: the text, or why not. */
function outcomeOf(reading: Promise<string>): Promise<string> {
  return reading.catch((error: unknown) => String(error));
}

/** Of exactly the text, or the pattern itself. */
function pattern(outcome: Outcome): RegExp {
  if (outcome instanceof RegExp) return outcome;
  return new RegExp(`^${outcome.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)}$`);
}

function encode(value: unknown): Uint8Array {
  const encoder = new Encoder();
  encoder.write(value);
  return encoder.finish();
}

function twice(value: unknown): unknown[] {
  return [value, value];
}

function cycle(): unknown[] {
  const list: unknown[] = [];
  list.push(list);
  return list;
}
