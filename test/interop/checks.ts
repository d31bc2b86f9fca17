import { randomUUID } from 'node:crypto';
import { BigDecimal, echo, type GenericService, isJavaException, java, withCall, withResult } from 'nestjs-dubbo';
import {
  Address,
  Employee,
  type InteropService,
  type NewsListener,
  type NewsService,
  NoSuchEmployee,
  type State,
} from './contracts.js';
import { textOf, textOfError } from './text.js';

/** One call and what must come of it. */
interface Check {
  /** The row of the matrix this call belongs to; several calls may share one. */
  readonly name: string;
  readonly call: string;
  /** The outcome as `text.ts` writes it; one that ends in "…" is compared up to there. */
  readonly expected: string;
  /** Its value, or what it throws, is the outcome. */
  run(): Promise<unknown>;
}

/** What came of one call. */
export interface CheckOutcome {
  readonly name: string;
  readonly call: string;
  readonly ok: boolean;
  readonly outcome: string;
  readonly expected: string;
}

/** How a consumer refers to the contract. */
export interface References {
  /** `tell` is one-way, `sleep` has a timeout of 500 ms, nothing is sent again. */
  readonly service: InteropService;
  /** Of group `blue` and version `1.0.0`. */
  readonly blue: InteropService;
  readonly generic: GenericService;
  /** With callback arguments; of group `blue` and version `1.0.0`. */
  readonly news: NewsService;
}

/** Runs all checks, one after the other. */
export async function runChecks(references: References): Promise<CheckOutcome[]> {
  const outcomes: CheckOutcome[] = [];
  for (const { name, call, expected, run } of checks(references)) {
    const outcome = await run().then(textOf, textOfError);
    const ok = expected.endsWith('…') ? outcome.startsWith(expected.slice(0, -1)) : outcome === expected;
    outcomes.push({ name, call, ok, outcome, expected });
  }
  return outcomes;
}

/**
 * What the Node consumer calls: the list of Checks.java, row by row under the same names. Long because it is a list.
 */
function checks({ service, blue, generic, news }: References): Check[] {
  const list: Check[] = [];
  const check = (name: string, call: string, expected: unknown, run: () => Promise<unknown>) =>
    list.push({ name, call, expected: textOf(expected), run });
  const gives = <M extends keyof InteropService>(
    name: string,
    expected: Awaited<ReturnType<InteropService[M]>>,
    method: M,
    ...args: Parameters<InteropService[M]>
  ) => check(name, method, expected, () => (service[method] as (...args: unknown[]) => Promise<unknown>)(...args));
  const fails = <M extends keyof InteropService>(
    name: string,
    expected: string,
    method: M,
    ...args: Parameters<InteropService[M]>
  ) =>
    list.push({
      name,
      call: method,
      expected,
      run: () => (service[method] as (...args: unknown[]) => Promise<unknown>)(...args),
    });

  gives('no arguments', 'pong', 'ping');

  gives('boolean', false, 'not', true);
  gives('boolean', true, 'not', false);
  gives('byte', -127, 'nextByte', -128);
  gives('byte', 127, 'nextByte', 126);
  gives('short', -32767, 'nextShort', -32768);
  gives('short', 32767, 'nextShort', 32766);
  gives('int', -2147483647, 'nextInt', -2147483648);
  gives('int', 0, 'nextInt', -1);
  gives('int', 2147483647, 'nextInt', 2147483646);
  gives('long', 0n, 'nextLong', -1n);
  gives('long', 2147483648n, 'nextLong', 2147483647n);
  gives('long beyond 2^53', 9007199254740994n, 'nextLong', 9007199254740993n);
  gives('long beyond 2^53', 2n ** 63n - 1n, 'nextLong', 2n ** 63n - 2n);
  gives('long beyond 2^53', 1n - 2n ** 63n, 'nextLong', -(2n ** 63n));
  gives('float', -1.5, 'negateFloat', 1.5);
  gives('float', Math.fround(0.1), 'negateFloat', Math.fround(-0.1));
  gives('float', -3.4028234663852886e38, 'negateFloat', 3.4028234663852886e38);
  gives('double', -0.1, 'negateDouble', 0.1);
  gives('double', 12.345, 'negateDouble', -12.345);
  gives('double', -Number.MAX_VALUE, 'negateDouble', Number.MAX_VALUE);
  gives('double', -Infinity, 'negateDouble', Infinity);
  gives('double', NaN, 'negateDouble', NaN);
  gives('char', 'b', 'nextChar', 'a');
  gives('char', '語', 'nextChar', charBefore('語'));

  gives('Boolean', false, 'notBoxed', true);
  gives('Byte', -127, 'nextByteBoxed', -128);
  gives('Short', 1000, 'nextShortBoxed', 999);
  gives('Integer', 1000000, 'nextIntBoxed', 999999);
  gives('Long', 42n, 'nextLongBoxed', 41n);
  gives('Long', 9007199254740994n, 'nextLongBoxed', 9007199254740993n);
  gives('Float', -2.25, 'negateFloatBoxed', 2.25);
  gives('Double', -2.5, 'negateDoubleBoxed', 2.5);
  gives('Character', 'é', 'nextCharBoxed', charBefore('é'));

  gives('String', 'plain!', 'shout', 'plain');
  gives('String', '!', 'shout', '');
  gives('String', 'grüße, 日本語 and \0 zero!', 'shout', 'grüße, 日本語 and \0 zero');
  gives('String with emoji', '😀 and 👩‍👩‍👧!', 'shout', '😀 and 👩‍👩‍👧');
  gives('String with emoji', `${'a😀'.repeat(30000)}!`, 'shout', 'a😀'.repeat(30000));
  gives('byte[]', Uint8Array.of(255, 0, 127, 128), 'reverseBytes', Uint8Array.of(128, 127, 0, 255));
  gives('byte[]', new Uint8Array(), 'reverseBytes', new Uint8Array());
  gives('byte[]', manyBytes().toReversed(), 'reverseBytes', manyBytes());

  gives('enum', 'ON_LEAVE', 'nextState', 'HIRED');
  gives('enum', 'HIRED', 'nextState', 'RETIRED');
  gives('Date', new Date('2024-02-29T12:34:56.789Z'), 'nextDay', new Date('2024-02-28T12:34:56.789Z'));
  gives('Date', new Date('2024-03-01T00:01:00Z'), 'nextDay', new Date('2024-02-29T00:01:00Z'));
  gives('Date', new Date('1900-01-01T00:00:00.001Z'), 'nextDay', new Date('1899-12-31T00:00:00.001Z'));
  const large = '123456789012345678901234567890.120';
  gives('BigDecimal', BigDecimal.of(`-${large}`), 'negate', BigDecimal.of(large));
  gives('BigDecimal', BigDecimal.of('0.00'), 'negate', BigDecimal.of('0.00'));
  gives('BigDecimal', BigDecimal.of('-1E+30'), 'negate', BigDecimal.of('1E+30'));

  gives('null', null, 'notBoxed', null);
  gives('null', null, 'nextByteBoxed', null);
  gives('null', null, 'nextShortBoxed', null);
  gives('null', null, 'nextIntBoxed', null);
  gives('null', null, 'nextLongBoxed', null);
  gives('null', null, 'negateFloatBoxed', null);
  gives('null', null, 'negateDoubleBoxed', null);
  gives('null', null, 'nextCharBoxed', null);
  gives('null', null, 'shout', null);
  gives('null', null, 'reverseBytes', null);
  gives('null', null, 'reverseList', null);
  gives('null', null, 'extendSet', null);
  gives('null', null, 'nextCounts', null);
  gives('null', null, 'promote', null);
  gives('null', null, 'nextState', null);
  gives('null', null, 'nextDay', null);
  gives('null', null, 'negate', null);

  gives('int[]', [2, 0, 2147483647], 'nextInts', [1, -1, 2147483646]);
  gives('int[]', [], 'nextInts', []);
  gives('long[]', [2n, 9007199254740994n], 'nextLongs', [1n, 9007199254740993n]);
  gives('String[]', ['', null, 'b', '😀'], 'reverseTexts', ['😀', 'b', null, '']);
  gives(
    'int[][]',
    [
      [1, 4],
      [2, 5],
      [3, 6],
    ],
    'transpose',
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
  );
  gives('bean[]', [null, ada()], 'reverseEmployees', [ada(), null]);

  gives('List<String>', ['c', null, 'a'], 'reverseList', ['a', null, 'c']);
  gives('List<String>', [], 'reverseList', []);
  gives('List<String>', manyTexts().toReversed(), 'reverseList', manyTexts());
  gives('List<Long>', [2n, null, 9007199254740994n], 'nextLongList', [1n, null, 9007199254740993n]);
  gives('Set<String>', new Set(['a', 'b', 'new']), 'extendSet', new Set(['a', 'b']));
  gives('Map<String, Integer>', numbers({ a: 2, '': 0 }), 'nextCounts', numbers({ a: 1, '': -1 }));
  gives('Map<Long, bean>', new Map([[8n, adaPromoted()]]), 'promoteAll', new Map([[7n, ada()]]));

  gives('bean with superclass and nested beans', adaPromoted(), 'promote', ada());
  const nobody = Object.assign(new Employee(), { id: 1n, level: 1, remote: true });
  gives('bean with nothing set', nobody, 'promote', new Employee());

  gives('overloaded methods', 'find()', 'findNothing');
  gives('overloaded methods', 'find(int 7)', 'findInt', 7);
  gives('overloaded methods', 'find(long 7)', 'findLong', 7n);
  gives('overloaded methods', 'find(Integer 7)', 'findInteger', 7);
  gives('overloaded methods', 'find(String ada)', 'findName', 'ada');
  gives('overloaded methods', 'find(String ada, int 7)', 'findNameLimit', 'ada', 7);

  const api = 'com.acme.interop.api';
  fails('declared exception', `${api}.NoSuchEmployee: nobody is called ada {code: 404}`, 'hire', 'ada');
  fails("undeclared exception of the contract's jar", `${api}.EmployeeLocked: ada is locked {}`, 'unlock', 'ada');
  fails('undeclared exception of the JDK', 'java.lang.IllegalStateException: größer 😀 {}', 'failInJava', 'größer 😀');
  fails(
    'undeclared exception of another jar',
    'java.lang.RuntimeException: io.netty.util.IllegalReferenceCountException: boom {}',
    'failInAnotherJar',
    'boom',
  );
  fails(
    'timeout',
    `DubboError {code: timeout}: Failed to invoke the method sleep in the service ${api}.InteropService. Tried 1 times of the providers …`,
    'sleep',
    1500,
  );
  gives('timeout', 'slept', 'sleep', 10);

  const key = randomUUID();
  // A void method gives null in Java and undefined here.
  gives('void', undefined, 'remember', key, 'kept');
  gives('void', 'kept', 'remembered', key);
  const oneWayKey = randomUUID();
  gives('one-way', undefined, 'tell', oneWayKey, 'told 😀');
  check('one-way', 'remembered, until it is there', 'told 😀', async () => {
    const deadline = Date.now() + 5_000;
    let note = await service.remembered(oneWayKey);
    while (note === null && Date.now() < deadline) note = await service.remembered(oneWayKey);
    return note;
  });

  check('request attachments', 'readAttachment(trace)', 'id 😀', () =>
    withCall(service, { attachments: { trace: 'id 😀' } }).readAttachment('trace'),
  );
  gives('request attachments', null, 'readAttachment', 'trace');
  check('response attachments', 'answerAttachment(served-by)', [null, 'node 7 😀'], async () => {
    const answer = await withResult(service).answerAttachment('served-by', 'node 7 😀');
    return [answer.value, answer.attachments['served-by']];
  });

  check('$echo', '$echo(String)', 'hello 😀', () => echo(service, 'hello 😀'));
  check('$echo', '$echo(Long)', 9007199254740993n, () => echo(service, 9007199254740993n));
  check('$echo', '$echo(bean)', ada(), () => echo(service, ada()));
  check('$echo', '$echo(null)', null, () => echo(service, null));

  check('group and version', 'shout, of group blue, version 1.0.0', 'blue!', () => blue.shout('blue'));

  const topic = randomUUID();
  const greetings: string[] = [];
  const reader = (): NewsListener => ({
    greeted: async (greeting) => void greetings.push(greeting),
    published: async (subject) => {
      if (subject === null) throw Object.assign(new NoSuchEmployee('no news'), { code: 404 });
      return `reads of ${subject.name}, ${subject.id}`;
    },
  });
  const [one, other] = [reader(), reader()];
  const read = 'reads of Ada 😀, 9007199254740993';
  check('callback argument', 'subscribe', 1, () => news.subscribe(topic, one));
  check('callback argument', 'greeted, while subscribe was served', [topic], async () => greetings);
  check('callback argument', 'publish', read, () => news.publish(topic, ada()));
  check('callback argument passed again', 'subscribe', 1, () => news.subscribe(topic, one));
  check('exception of a callback', 'publish', 'NoSuchEmployee 404: no news', () => news.publish(topic, null));
  const tooMany = 'callback instances num exceed providers limit :1 ,current num: 2';
  check('one callback too many', 'subscribe', true, () =>
    news.subscribe(topic, other).catch((error: unknown) => String(error).includes(tooMany)),
  );
  check('callback released', 'unsubscribe', true, () => news.unsubscribe(topic, one));
  check('callback released', 'subscribe, of another', 1, () => news.subscribe(topic, other));
  check('callback released', 'publish, to the other', read, () => news.publish(topic, ada()));
  check('callback released', 'unsubscribe, of the other', true, () => news.unsubscribe(topic, other));

  check('1000 concurrent calls', 'shout, by 50 callers', 1000, async () => {
    const texts = Array.from({ length: 1000 }, (_, i) => `call ${i}${' '.repeat((i % 7) * 1000)}`);
    let next = 0;
    let right = 0;
    const caller = async () => {
      for (let text = texts[next++]; text !== undefined; text = texts[next++]) {
        if ((await service.shout(text)) === `${text}!`) right++;
      }
    };
    await Promise.all(Array.from({ length: 50 }, caller));
    return right;
  });

  const invokes = (what: string, expected: unknown, method: string, types: string[], ...args: unknown[]) =>
    check('generic invocation', `$invoke(${method}), ${what}`, expected, () => generic.$invoke(method, types, args));
  invokes('no arguments', 'pong', 'ping', []);
  invokes('int', 42, 'nextInt', ['int'], 41);
  invokes('overload', 'find(String ada, int 7)', 'find', ['java.lang.String', 'int'], 'ada', 7);
  invokes('double', -2, 'negateDouble', ['double'], java.double(2));
  invokes('array', [2, 3], 'nextInts', ['int[]'], [1, 2]);
  invokes('array of text', ['b', 'a'], 'reverseTexts', ['java.lang.String[]'], ['a', 'b']);
  invokes('list', [2n], 'nextLongList', ['java.util.List'], [java.Long(1n)]);
  invokes('set', new Set(['a', 'new']), 'extendSet', ['java.util.Set'], new Set(['a']));
  invokes('date', new Date('2024-02-29T00:00:00Z'), 'nextDay', ['java.util.Date'], new Date('2024-02-28T00:00:00Z'));
  invokes('decimal', BigDecimal.of('-1.20'), 'negate', ['java.math.BigDecimal'], BigDecimal.of('1.20'));
  invokes('enum', 'ON_LEAVE' satisfies State, 'nextState', [`${api}.State`], 'HIRED' satisfies State);
  const adaGeneric = {
    class: `${api}.Employee`,
    name: 'Ada',
    rating: java.double(4),
    address: { class: `${api}.Address`, street: 'Main Street', number: 1 },
  };
  check(
    'generic invocation',
    '$invoke(promote), bean',
    [`${api}.Employee`, 'Ada!', 1, -4, 'Main Street!', null],
    async () => {
      const employee = entries(await generic.$invoke('promote', [`${api}.Employee`], [adaGeneric]));
      const { class: className, name, level, rating, address, state } = employee;
      return [className, name, level, rating, entries(address)['street'], state];
    },
  );
  check('generic invocation', '$invoke(reverseEmployees), array of beans', ['Ada', null], async () => {
    const employees = await generic.$invoke('reverseEmployees', [`${api}.Employee[]`], [[null, adaGeneric]]);
    const [first, second] = employees as unknown[];
    return [entries(first)['name'], second];
  });
  const generically = { exceptionClass: `${api}.NoSuchEmployee`, exceptionMessage: 'nobody is called ada' };
  check('generic invocation', '$invoke(hire)', generically, async () => {
    try {
      return await generic.$invoke('hire', ['java.lang.String'], ['ada']);
    } catch (error) {
      if (!isJavaException(error, 'com.alibaba.dubbo.rpc.service.GenericException')) throw error;
      return error.fields;
    }
  });
  return list;
}

function ada(): Employee {
  return Object.assign(new Employee(), {
    id: 9007199254740993n,
    name: 'Ada 😀',
    address: Object.assign(new Address(), { street: 'Main Street', number: 1 }),
    level: 3,
    rating: 4.25,
    remote: true,
    badge: 17n,
    salary: BigDecimal.of('1234.50'),
    hiredAt: new Date('2020-01-31T08:00:00Z'),
    state: 'HIRED',
    photo: Uint8Array.of(1, 2, 3),
    skills: ['java', 'nest'],
    hours: numbers({ mon: 8, tue: 7 }),
    mentor: Object.assign(new Employee(), { name: 'Grace', state: 'RETIRED' }),
  });
}

function adaPromoted(): Employee {
  return Object.assign(ada(), {
    id: 9007199254740994n,
    name: 'Ada 😀!',
    address: Object.assign(new Address(), { street: 'Main Street!', number: 2 }),
    level: 4,
    rating: -4.25,
    remote: false,
    badge: 18n,
    salary: BigDecimal.of('-1234.50'),
    hiredAt: new Date('2020-02-01T08:00:00Z'),
    state: 'ON_LEAVE',
    photo: Uint8Array.of(3, 2, 1),
    skills: ['nest', 'java'],
    hours: numbers({ mon: 9, tue: 8 }),
  });
}

/** What a generic call gives for an object, a Map or a plain object, as a record. */
function entries(value: unknown): Record<string, unknown> {
  return value instanceof Map ? Object.fromEntries(value as Map<string, unknown>) : { ...(value as object) };
}

function numbers(counts: Record<string, number>): Map<string, number> {
  return new Map(Object.entries(counts));
}

function charBefore(char: string): string {
  return String.fromCharCode(char.charCodeAt(0) - 1);
}

function manyBytes(): Uint8Array {
  return Uint8Array.from({ length: 200_000 }, (_, i) => i * 31);
}

function manyTexts(): string[] {
  return Array.from({ length: 300 }, (_, i) => `text ${i}`);
}
