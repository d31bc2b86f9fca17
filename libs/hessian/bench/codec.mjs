// Encode and decode, bytes <-> objects, against the peers: `--json` prints one JSON object, `--cases user,page` picks.
// Contenders take turns within each round of one process, so that a busy machine slows all of them; medians are compared.
import { parseArgs } from 'node:util';
import hessian from 'hessian.js';
import { Packr, isNativeAccelerationEnabled } from 'msgpackr';
import { Decoder, Encoder, java, JavaClass, JavaField } from '../dist/index.js';
import { ECHO, makePage, makeUser, PAGE_CLASS, PAGE_NO, USER_CLASS, USER_ID } from './data.mjs';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    cases: { type: 'string', default: 'user,page,string,attachments,mixed' },
    rounds: { type: 'string', default: '9' },
    roundMs: { type: 'string', default: '100' },
  },
});
const rounds = Number(options.rounds);
const roundMs = Number(options.roundMs);

class User {}
class Page {}
const declare = (construct, javaName, fields) => {
  for (const [name, type] of Object.entries(fields)) JavaField(type)(construct.prototype, name);
  JavaClass(javaName)(construct);
};
declare(User, USER_CLASS, {
  id: java.long,
  name: java.string,
  sex: java.int,
  birthday: java.date,
  email: java.string,
  mobile: java.string,
  address: java.string,
  icon: java.string,
  permissions: java.list(java.int),
  status: java.int,
  createTime: java.date,
  updateTime: java.date,
});
declare(Page, PAGE_CLASS, { pageNo: java.int, total: java.int, result: java.list(User) });

const ourUser = (user) => Object.assign(new User(), user, { id: BigInt(user.id) });
const theirUser = (user) => ({ $class: USER_CLASS, $: { ...user, id: { $class: 'long', $: user.id } } });
const page = makePage(PAGE_NO);
const attachments = Object.fromEntries(
  Array.from({ length: 50 }, (_, at) => [`attachment.${at}`, `the value of number ${at}`]),
);

/** Of each case: the plain value, ours and its type, hessian.js's. */
const cases = {
  user: {
    plain: makeUser(USER_ID),
    ours: ourUser(makeUser(USER_ID)),
    type: User,
    theirs: theirUser(makeUser(USER_ID)),
  },
  page: {
    plain: page,
    ours: Object.assign(new Page(), page, { result: page.result.map(ourUser) }),
    type: Page,
    theirs: { $class: PAGE_CLASS, $: { ...page, result: page.result.map(theirUser) } },
  },
  string: { plain: ECHO, ours: ECHO, type: java.string, theirs: ECHO },
  attachments: { plain: attachments, ours: attachments, type: undefined, theirs: attachments },
  mixed: { plain: mixed(), ours: mixed(), type: undefined, theirs: mixed() },
};

function contenders({ plain, ours, type, theirs }) {
  const records = new Packr({ useRecords: true });
  const simple = new Packr({ useRecords: false });
  return {
    ours: contender(
      () => {
        const encoder = new Encoder();
        encoder.write(ours, type);
        return encoder.finish();
      },
      (bytes) => new Decoder(bytes).read(type),
    ),
    'hessian.js': contender(
      () => hessian.encode(theirs, '2.0'),
      (bytes) => hessian.decode(bytes, '2.0'),
    ),
    json: contender(
      () => Buffer.from(JSON.stringify(plain)),
      (bytes) => JSON.parse(bytes.toString()),
    ),
    msgpackr: contender(
      () => simple.pack(plain),
      (bytes) => simple.unpack(bytes),
    ),
    'msgpackr-records': contender(
      () => records.pack(plain),
      (bytes) => records.unpack(bytes),
    ),
  };
}

function contender(encode, decode) {
  const bytes = Buffer.from(encode());
  return { encode, decode: () => decode(bytes), bytes: bytes.length, rates: { encode: [], decode: [] } };
}

const report = { node: process.version, msgpackrNative: isNativeAccelerationEnabled, cases: {} };
for (const name of options.cases.split(',')) {
  const all = contenders(cases[name]);
  for (const one of Object.values(all)) for (const task of ['encode', 'decode']) rate(one[task]); // warm up
  for (let round = 0; round < rounds; round++)
    for (const one of Object.values(all))
      for (const task of ['encode', 'decode']) one.rates[task].push(rate(one[task]));
  report.cases[name] = Object.fromEntries(
    Object.entries(all).map(([contenderName, { rates, bytes }]) => [
      contenderName,
      { encodeOps: Math.round(median(rates.encode)), decodeOps: Math.round(median(rates.decode)), bytes },
    ]),
  );
}
process.stdout.write(options.json ? `${JSON.stringify(report)}\n` : text(report));

/** Calls a second, over a round. */
function rate(task) {
  let calls = 0;
  const started = performance.now();
  let elapsed = 0;
  while (elapsed < roundMs) {
    for (let i = 0; i < 10; i++) task();
    calls += 10;
    elapsed = performance.now() - started;
  }
  return (calls / elapsed) * 1000;
}

function median(values) {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
}

function text({ node, msgpackrNative, cases: measured }) {
  const lines = [`node ${node}; msgpackr's native part is ${msgpackrNative ? '' : 'not '}loaded`, ''];
  for (const [name, results] of Object.entries(measured)) {
    lines.push(name.padEnd(18) + '   encode/s  of ours   decode/s  of ours     bytes');
    for (const [contenderName, { encodeOps, decodeOps, bytes }] of Object.entries(results))
      lines.push(
        `  ${contenderName.padEnd(18)}${String(encodeOps).padStart(9)}${ratio(encodeOps, results.ours.encodeOps)}` +
          `${String(decodeOps).padStart(11)}${ratio(decodeOps, results.ours.decodeOps)}${String(bytes).padStart(10)}`,
      );
    lines.push('');
  }
  return lines.join('\n');
}

function ratio(rateOf, ours) {
  return `${(ours / rateOf).toFixed(2)}x`.padStart(9);
}

/** About 1 MiB of nested data of every plain kind. */
function mixed() {
  return {
    rows: Array.from({ length: 2500 }, (_, at) => ({
      index: at,
      title: `row ${at} of the mixed case, with some text that is longer than a name`,
      note: at % 3 === 0 ? `备注 ${at}：东方大楼` : null,
      amount: at * 1.37,
      active: at % 2 === 0,
      created: new Date(Date.UTC(2026, 10, 20) + at * 977),
      tags: Array.from({ length: at % 7 }, (__, tag) => `tag-${tag}`),
      matrix: [
        [at, at + 1, at * 1000],
        [at * 0.5, -at, 7],
      ],
      more: { left: { depth: 2, value: at }, right: { depth: 2, value: `${at}` }, list: [{ a: 1 }, { a: at }] },
      padding: 'x'.repeat(120),
    })),
  };
}
