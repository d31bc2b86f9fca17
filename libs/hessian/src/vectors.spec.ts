import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  BigDecimal,
  Decoder,
  Encoder,
  java,
  JavaClass,
  JavaException,
  JavaField,
  JavaObject,
  Duration,
  Instant,
  LocalDate,
  LocalDateTime,
  LocalTime,
  MonthDay,
  OffsetDateTime,
  OffsetTime,
  Period,
  Year,
  YearMonth,
  ZonedDateTime,
  ZoneId,
  ZoneOffset,
  type ReferenceType,
  type TypeLike,
  type Wraps,
} from './index.js';

// One file, being one table: the bytes that hessian-lite 3.2.13 (Dubbo 2.7 to 3.2) and 4.0.3 (Dubbo 3.3) wrote for the values named.
interface Vector {
  readonly value: string;
  readonly v3: string;
  readonly v4: string;
}
const vectors = JSON.parse(
  readFileSync(new URL('../fixtures/vectors.json', import.meta.url), 'utf8'),
) as readonly Vector[];

const Color = java.enum('demo.Color', ['RED', 'GREEN']);

@JavaClass('demo.Pojo')
class Pojo {
  @JavaField(java.int) id!: number;
  @JavaField(java.string) name!: string;
  @JavaField(java.float) f!: number;
  @JavaField(java.Float) bf!: number;
  @JavaField(java.double) d!: number;
  @JavaField(java.list(java.string)) tags!: string[];
  @JavaField(java.date) at!: Date;
  @JavaField(java.as('java.sql.Timestamp', java.date)) ts!: Date;
  @JavaField(java.long) big!: bigint;
  @JavaField(java.byte) b!: number;
  @JavaField(java.char) c!: string;
  @JavaField(java.boolean) ok!: boolean;
  @JavaField(java.any) any!: unknown;
  @JavaField(java.array(java.int)) nums!: number[];
  @JavaField(Color) color!: 'RED' | 'GREEN';
  @JavaField(java.Integer) nul!: number | null;
}

@JavaClass('demo.Base')
class Base {
  @JavaField(java.string) name!: string;
  @JavaField(java.int) x!: number;
  @JavaField(java.list(java.any)) list!: unknown[] | null;
}

@JavaClass('demo.Sub')
class Sub extends Base {
  @JavaField(java.string) declare name: string;
  @JavaField(java.int) y!: number;
  @JavaField(java.date) when!: Date | null;
}

@JavaClass('demo.MyException')
class MyException extends JavaException {
  @JavaField(java.int) code!: number;
  @JavaField(java.string) extra!: string;
  @JavaField(java.list(java.any)) items!: unknown[] | null;
}

const pojo = Object.assign(new Pojo(), {
  id: 1,
  name: 'q',
  f: Math.fround(0.1),
  bf: Math.fround(0.1),
  d: 1.5,
  tags: ['z'],
  at: new Date(300000),
  ts: new Date(1234567),
  big: 5000000000n,
  b: 3,
  c: 'c',
  ok: true,
  any: 'obj',
  nums: [1, 2],
  color: 'RED',
  nul: null,
});
const myException = Object.assign(new MyException('m'), { code: 7, extra: 'e', items: null });

const date = new LocalDate(2024, 2, 29);
const time = new LocalTime(1, 2, 3, 4);
const east = new ZoneOffset(8 * 3600);
const dateTime = new LocalDateTime(date, time);
// The JDK classes that are one value, self-telling or wrapped where no type is declared.
const jdk: [string, ReferenceType, unknown][] = [
  ['LocalDate 2024-02-29', java.localDate, date],
  ['LocalTime 01:02:03.000000004', java.localTime, time],
  ['LocalDateTime 2024-02-29T01:02:03.000000004', java.localDateTime, dateTime],
  ['Instant 1s 2ns', java.instant, new Instant(1n, 2)],
  ['Duration 1s 2ns', java.duration, new Duration(1n, 2)],
  ['Period 1y2m3d', java.period, new Period(1, 2, 3)],
  ['Year 2024', java.year, new Year(2024)],
  ['YearMonth 2024-02', java.yearMonth, new YearMonth(2024, 2)],
  ['MonthDay 02-29', java.monthDay, new MonthDay(2, 29)],
  ['ZoneOffset +08:00', java.zoneOffset, east],
  ['ZoneId Asia/Shanghai', java.zoneId, new ZoneId('Asia/Shanghai')],
  ['OffsetTime 01:02:03.000000004+08:00', java.offsetTime, new OffsetTime(time, east)],
  ['OffsetDateTime 2024-02-29T01:02:03.000000004+08:00', java.offsetDateTime, new OffsetDateTime(dateTime, east)],
  [
    'ZonedDateTime 2024-02-29T01:02:03.000000004 Asia/Shanghai',
    java.zonedDateTime,
    new ZonedDateTime(dateTime, east, 'Asia/Shanghai'),
  ],
  ['BitSet {3}', java.bitSet, 8n],
  ['GregorianCalendar 0', java.calendar, new Date(0)],
  ['AtomicInteger 3', java.atomicInteger, 3],
  ['AtomicLong 3', java.atomicLong, 3n],
  ['AtomicBoolean true', java.atomicBoolean, true],
  ['Locale zh_CN', java.locale, 'zh_CN'],
  ['Currency USD', java.currency, 'USD'],
  ['File x', java.file, 'x'],
  ['URI a:b', java.uri, 'a:b'],
  ['java.sql.Timestamp 1234567', java.sqlTimestamp, new Date(1234567)],
  ['java.sql.Date 0', java.sqlDate, new Date(0)],
];

const holder = (javaName: string, fields: Record<string, unknown>): JavaObject => new JavaObject(javaName, fields);
const red = holder('demo.Color', { name: 'RED' });
const big = 123456789012345678901234567890n;
const uuid = '00000000-0000-0001-0000-000000000002';

// What is read without a type; rows not here are tested with the types that stand for them.
const untyped: Record<string, unknown[]> = {
  null: [null],
  'true, false': [true, false],
  'Float 0.1 (boxed)': [0.1],
  'Float 3.4028235E38 (boxed)': [3.4028235e38],
  'Byte 5': [5],
  'Short 300': [300],
  'Character U+4E2D': ['\u4e2d'],
  'string empty': [''],
  'string "hello"': ['hello'],
  "string 31 x 'a'": ['a'.repeat(31)],
  "string 32 x 'a'": ['a'.repeat(32)],
  'string U+00E9 U+4E2D U+0000': ['\u00e9\u4e2d\0'],
  'string U+1F600': ['\u{1f600}'],
  'byte[0]': [new Uint8Array()],
  'byte[] 01 02': [Uint8Array.of(1, 2)],
  'byte[16] zeros': [new Uint8Array(16)],
  'ArrayList [1,"a"]': [[1, 'a']],
  'ArrayList []': [[]],
  'ArrayList of 8 x 1': [[1, 1, 1, 1, 1, 1, 1, 1]],
  'Arrays.asList(1,2)': [[1, 2]],
  'LinkedList [1]': [[1]],
  'Collections.emptyList()': [[]],
  'unmodifiableList [1]': [[1]],
  'subList [1,2]': [[1, 2]],
  'HashSet [1]': [new Set([1])],
  'LinkedHashSet [1]': [new Set([1])],
  'HashMap {"k":1}': [{ k: 1 }],
  'HashMap {}': [{}],
  'HashMap {1:"v"}': [new Map([[1, 'v']])],
  'LinkedHashMap {"k":1}': [{ k: 1 }],
  'TreeMap {"k":1}': [{ k: 1 }],
  'ConcurrentHashMap {"k":1}': [{ k: 1 }],
  'Collections.emptyMap()': [{}],
  'String[] a,b': [['a', 'b']],
  'int[][] {1},{2}': [[[1], [2]]],
  'long[] 1': [[1n]],
  'char[] abc': ['abc'],
  'BigDecimal 1.20': [BigDecimal.of('1.20')],
  'BigInteger 123456789012345678901234567890': [java.bigInteger(big)],
  'BigInteger -5': [java.bigInteger(-5n)],
  'UUID 1,2': [java.uuid(uuid)],
  'demo.Color.RED': [red],
  'demo.Pojo': [pojo],
  'demo.Sub': [Object.assign(new Sub(), { name: 'sub', y: 2, when: null, x: 1, list: null })],
  'two demo.Base': [0, 1].map(() => Object.assign(new Base(), { name: 'super', x: 1, list: null })),
  'same LinkedList twice': [['s'], ['s']],
  'two LinkedList then TreeMap then LinkedList (type refs)': [[1], [2], { k: 1 }, []],
  'same BigDecimal twice, RED twice': [BigDecimal.of(1), BigDecimal.of(1), red, red],
  'same int[] twice, same String twice': [[1], [1], 'a', 'a'],
};

// What is written under a type; these bytes must be Java's, of 4.0.3 where the two differ.
const typed: Record<string, readonly [TypeLike, unknown][]> = {
  'true, false': [
    [java.boolean, true],
    [java.boolean, false],
  ],
  'Float 0.1 (boxed)': [[java.Float, Math.fround(0.1)]],
  'Float 3.4028235E38 (boxed)': [[java.Float, Math.fround(3.4028235e38)]],
  'Byte 5': [[java.byte, 5]],
  'Short 300': [[java.short, 300]],
  'Character U+4E2D': [[java.char, '\u4e2d']],
  'byte[] 01 02': [[java.bytes, Uint8Array.of(1, 2)]],
  'ArrayList [1,"a"]': [[java.list(java.any), [1, 'a']]],
  'ArrayList []': [[java.list(java.string), []]],
  'ArrayList of 8 x 1': [[java.list(java.int), [1, 1, 1, 1, 1, 1, 1, 1]]],
  'LinkedList [1]': [[java.as('java.util.LinkedList', java.list(java.int)), [1]]],
  'HashSet [1]': [[java.set(java.int), new Set([1])]],
  'LinkedHashSet [1]': [[java.as('java.util.LinkedHashSet', java.set(java.int)), new Set([1])]],
  'HashMap {"k":1}': [[java.map(java.string, java.int), new Map([['k', 1]])]],
  'HashMap {}': [[java.map(java.string, java.int), new Map()]],
  'HashMap {1:"v"}': [[java.map(java.int, java.string), new Map([[1, 'v']])]],
  'TreeMap {"k":1}': [[java.as('java.util.TreeMap', java.map(java.string, java.int)), new Map([['k', 1]])]],
  'String[] a,b': [[java.array(java.string), ['a', 'b']]],
  'String[0]': [[java.array(java.string), []]],
  'int[] 1,2': [[java.array(java.int), [1, 2]]],
  'int[8] zeros': [[java.array(java.int), [0, 0, 0, 0, 0, 0, 0, 0]]],
  'int[][] {1},{2}': [[java.array(java.array(java.int)), [[1], [2]]]],
  'long[] 1': [[java.array(java.long), [1n]]],
  'short[] 1': [[java.array(java.short), [1]]],
  'boolean[] true': [[java.array(java.boolean), [true]]],
  'float[] 0.1': [[java.array(java.float), [Math.fround(0.1)]]],
  'double[] 1.5': [[java.array(java.double), [1.5]]],
  'char[] abc': [[java.array(java.char), ['a', 'b', 'c']]],
  'Object[] 1,"a"': [[java.array(java.any), [1, 'a']]],
  'Integer[] 1': [[java.array(java.Integer), [1]]],
  'Date[] 0': [[java.array(java.date), [new Date(0)]]],
  'String[][] {a}': [[java.array(java.array(java.string)), [['a']]]],
  'demo.Color[] RED': [[java.array(Color), ['RED']]],
  'BigDecimal 1.20': [[java.bigDecimal, BigDecimal.of('1.20')]],
  'BigInteger 123456789012345678901234567890': [[java.bigInteger, big]],
  'BigInteger -5': [[java.bigInteger, -5n]],
  'UUID 1,2': [[java.uuid, uuid]],
  'demo.Color.RED': [[Color, 'RED']],
  'demo.Color.GREEN (constant with body)': [[Color, 'GREEN']],
  'demo.Pojo': [[Pojo, pojo]],
  'demo.MyException("m"), no frames': [[MyException, myException]],
};

for (const [row, type, value] of jdk) {
  typed[row] = [[type, value]];
  untyped[row] = [typeof type === 'object' ? value : (type as unknown as Wraps<unknown>)(value)];
}
typed['Class String, int[], int'] = ['java.lang.String', '[I', 'int'].map((name) => [java.class, name]);
typed['same LocalDate twice'] = [0, 1].map(() => [java.localDate, new LocalDate(2024, 1, 1)]);
typed['EnumSet RED'] = [[java.as('java.util.EnumSet', java.set(Color)), new Set(['RED'])]];

// Rows whose number tells value and type.
for (const { value } of vectors) {
  const [kind, text] = value.split(' ') as [string, string];
  if (kind === 'int' && value !== 'int[]') {
    untyped[value] = [Number(text)];
    typed[value] = [[java.int, Number(text)]];
  } else if (kind === 'long') {
    untyped[value] = [BigInt(text)];
    typed[value] = [[java.long, BigInt(text)]];
  } else if (kind === 'double') {
    untyped[value] = [Number(text) + 0];
    typed[value] = [[java.double, Number(text) + 0]];
  } else if (kind === 'Date') {
    untyped[value] = [new Date(Number(text))];
    typed[value] = [[java.date, new Date(Number(text))]];
  }
}

describe('the bytes of hessian-lite', () => {
  const rows = vectors.filter(({ value }) => value in untyped);
  it.each(rows)('are read without a type: $value', ({ value, v3, v4 }) => {
    for (const hex of new Set([v3, v4])) {
      const decoder = new Decoder(Buffer.from(hex, 'hex'));
      expect(untyped[value]!.map(() => decoder.read())).toStrictEqual(untyped[value]);
      expect(decoder.remaining).toBe(0);
    }
  });

  const typedRows = vectors.filter(({ value }) => value in typed);
  it.each(typedRows)('are read and written with a type: $value', ({ value, v3, v4 }) => {
    const expected = typed[value]!;
    for (const hex of new Set([v3, v4])) {
      const decoder = new Decoder(Buffer.from(hex, 'hex'));
      expect(expected.map(([type]) => decoder.read(type))).toStrictEqual(expected.map(([, it]) => it));
      expect(decoder.remaining).toBe(0);
    }
    const encoder = new Encoder();
    for (const [type, it] of expected) encoder.write(it, type);
    expect(Buffer.from(encoder.finish()).toString('hex')).toBe(v4);
  });

  // A number alone has no container that could remember its kind; exceptions keep of a frame what JavaScript needs.
  const lossless = vectors.filter(
    ({ value }) => !/^(double|List\.of|Set\.of|Map\.of|RuntimeException|demo\.)/.test(value),
  );
  it.each(lossless)('are given back when read and written without a type: $value', ({ v3, v4 }) => {
    for (const hex of new Set([v3, v4])) {
      const decoder = new Decoder(Buffer.from(hex, 'hex'), { holders: true });
      const encoder = new Encoder();
      const values: unknown[] = [];
      while (decoder.remaining > 0) values.push(decoder.read());
      for (const value of values) encoder.write(value);
      expect(Buffer.from(encoder.finish()).toString('hex')).toBe(hex);
    }
  });

  it.each(vectors.filter(({ value }) => value.startsWith('demo.') && !value.includes('Exception')))(
    'are given back by a holder: $value',
    ({ v3, v4 }) => {
      for (const hex of new Set([v3, v4])) {
        const encoder = new Encoder();
        encoder.write(new Decoder(Buffer.from(hex, 'hex'), { holders: true }).read());
        expect(Buffer.from(encoder.finish()).toString('hex')).toBe(hex);
      }
    },
  );

  it('of collections that hessian-lite 3.2 wrote without content are refused', () => {
    for (const { v3 } of vectors.filter(({ value }) => /^(List|Set|Map)\.of/.test(value)))
      expect(() => new Decoder(Buffer.from(v3, 'hex')).read()).toThrow(/without their content/);
  });
});
