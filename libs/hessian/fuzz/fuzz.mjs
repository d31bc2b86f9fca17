// Feeds the decoder mutated valid bodies and random bytes: `--seconds 60`, `--seed n` to replay.
// Any outcome but a value or a HessianError is a failure, as are 50 ms of CPU or 64 MiB of memory for one input.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  BigDecimal,
  Decoder,
  Encoder,
  HessianError,
  java,
  JavaClass,
  JavaException,
  JavaField,
} from '../dist/index.js';

const maxCpuMs = 50;
const maxBytes = 64 * 1024 * 1024;
const batchSize = 200;

const { values: options } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' } },
});
const seed = Number(options.seed ?? Math.floor(Math.random() * 0x7fffffff));
const random = mulberry32(seed);

class Node {}
JavaField(java.string)(Node.prototype, 'name');
JavaField(java.int)(Node.prototype, 'count');
JavaField(java.list(java.long))(Node.prototype, 'ids');
JavaField(java.lazy(() => Node))(Node.prototype, 'next');
JavaField(java.map(java.string, java.any))(Node.prototype, 'extra');
JavaClass('fuzz.Node')(Node);

class Failure extends JavaException {}
JavaField(java.int)(Failure.prototype, 'code');
JavaClass('fuzz.Failure')(Failure);

const types = [
  undefined,
  undefined,
  Node,
  Failure,
  java.list(Node),
  java.set(java.string),
  java.map(java.any, java.list(java.int)),
  java.array(java.array(java.double)),
  java.string,
  java.int,
  java.long.asNumber,
  java.date,
  java.bytes,
  java.bigDecimal,
  java.bigInteger,
  java.zonedDateTime,
  java.enum('demo.Color', ['RED', 'GREEN']),
];
const bodies = [...vectors(), ...written()];

let inputs = 0;
let values = 0;
const failures = [];
const started = performance.now();
const deadline = started + Number(options.seconds) * 1000;

while (performance.now() < deadline && failures.length === 0) {
  const batch = Array.from({ length: batchSize }, () => ({ bytes: input(), type: types[below(types.length)] }));
  const before = memory();
  for (const one of batch) {
    const at = performance.now();
    judge(one);
    if (performance.now() - at > maxCpuMs && cpuMs(one) > maxCpuMs) fail(one, `takes more than ${maxCpuMs} ms of CPU`);
    inputs++;
  }
  if (memory() - before > maxBytes)
    for (const one of batch) if (growth(one) > maxBytes) fail(one, 'takes more than 64 MiB');
}

const seconds = (performance.now() - started) / 1000;
process.stdout.write(
  `fuzz: ${inputs} inputs in ${seconds.toFixed(1)} s, ${values} of them values, ${failures.length} failures, seed ${seed}\n`,
);
for (const { reason, bytes, type } of failures)
  process.stdout.write(
    `${reason}\n  as ${type === undefined ? 'any value' : (type.javaName ?? type.name)}: ${bytes.toString('hex')}\n`,
  );
process.exitCode = failures.length === 0 ? 0 : 1;

function judge({ bytes, type }) {
  try {
    const decoder = new Decoder(bytes);
    decoder.read(type);
    values++;
  } catch (error) {
    if (!(error instanceof HessianError) || error.reason === '')
      fail({ bytes, type }, `throws ${error?.stack ?? error}`);
  }
  if ({}.polluted !== undefined || Object.keys(Object.prototype).length > 0)
    fail({ bytes, type }, 'pollutes Object.prototype');
}

function fail(one, reason) {
  failures.push({ ...one, reason });
}

// The least of three, for the machine may be busy.
function cpuMs(one) {
  return Math.min(
    ...Array.from({ length: 3 }, () => {
      const before = process.cpuUsage();
      judge(one);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    }),
  );
}

function growth(one) {
  globalThis.gc?.();
  const before = memory();
  judge(one);
  return memory() - before;
}

function memory() {
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + external + arrayBuffers;
}

function input() {
  if (below(20) === 0) return Buffer.from(Array.from({ length: below(200) }, () => below(256)));
  let bytes = Buffer.from(bodies[below(bodies.length)]);
  for (let times = 1 + below(4); times > 0; times--) bytes = mutated(bytes);
  return bytes;
}

function mutated(bytes) {
  const at = below(bytes.length + 1);
  const until = Math.min(bytes.length, at + below(16));
  switch (below(8)) {
    case 0:
      return bytes.subarray(0, at);
    case 1:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(until)]);
    case 2:
      return Buffer.concat([bytes.subarray(0, until), bytes.subarray(at)]);
    case 3: {
      const other = bodies[below(bodies.length)];
      return Buffer.concat([bytes.subarray(0, at), other.subarray(below(other.length))]);
    }
    case 4: {
      const piece = bytes.subarray(at, until);
      return Buffer.concat([
        bytes.subarray(0, at),
        ...Array.from({ length: below(300) }, () => piece),
        bytes.subarray(at),
      ]);
    }
    case 5:
      return Buffer.concat([
        bytes.subarray(0, at),
        Buffer.from([0x49, below(256), below(256), below(256), below(256)]),
        bytes.subarray(at),
      ]);
    default: {
      const copy = Buffer.from(bytes);
      if (copy.length > 0) copy[below(copy.length)] = below(256);
      return copy;
    }
  }
}

function vectors() {
  const rows = JSON.parse(readFileSync(new URL('../fixtures/vectors.json', import.meta.url), 'utf8'));
  return rows.flatMap(({ v3, v4 }) => [Buffer.from(v3, 'hex'), Buffer.from(v4, 'hex')]);
}

// Bodies with what the vectors lack: depth, cycles, sharing, several containers of everything.
function written() {
  const node = (depth) => ({
    name: `n${depth}`,
    count: depth,
    ids: [1n, 5000000000n],
    next: depth > 0 ? node(depth - 1) : null,
    extra: null,
  });
  const cycle = Object.assign(new Node(), node(1));
  cycle.next.next = cycle;
  cycle.extra = new Map([['self', [cycle, { a: new Set([1, 'x']), d: new Date(0), b: new Uint8Array(20) }]]]);
  const failure = Object.assign(new Failure('m', { cause: new JavaException('c', { fields: { a: 1 } }) }), { code: 7 });
  return [
    [node(20), Node],
    [cycle, Node],
    [[cycle, cycle], java.list(Node)],
    [failure],
    [
      [
        BigDecimal.of('1e100'),
        java.bigInteger(10n ** 50n),
        new Map([
          [1, 'a'],
          ['b', [1.5, 2]],
        ]),
      ],
    ],
    ['\u{1f600}héllo'.repeat(5000)],
    [new Uint8Array(70000)],
  ].map(([value, type]) => {
    const encoder = new Encoder();
    encoder.write(value, type);
    return Buffer.from(encoder.finish());
  });
}

function below(limit) {
  return Math.floor(random() * limit);
}

function mulberry32(state) {
  let at = state | 0;
  return () => {
    at = (at + 0x6d2b79f5) | 0;
    let mixed = Math.imul(at ^ (at >>> 15), 1 | at);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
