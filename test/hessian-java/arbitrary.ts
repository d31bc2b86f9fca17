import {
  BigDecimal,
  Duration,
  Instant,
  java,
  JavaException,
  JavaObject,
  JavaValue,
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
} from '@nestjs-dubbo/hessian';
import fc from 'fast-check';
import { describeValue } from './describe-value.js';
import { Box, Branch, Failure, Scalars, Typed } from './twins.js';

// Random graphs for Java. What fast-check makes is a tree of makers; a link among them becomes a container made before it,
// which may be one that it is in: a cycle.

/** The containers that a link may name, in the order in which they begin. */
type Made = object[];
type Maker = (made: Made) => unknown;

const constant = fc.constantFrom;

const int = fc.oneof(
  fc.integer(),
  constant(0, 1, -16, -17, 47, 48, -2048, -2049, 2047, 2048, -262144, -262145, 262143, 262144),
);
const long = fc.oneof(
  fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n }),
  constant(0n, -8n, -9n, 15n, 16n, -2048n, 2047n, -262145n, 262144n, 1n << 31n, -(1n << 31n), (1n << 53n) + 1n),
);
/** Without -0, whose sign Java drops. */
const double = fc.oneof(
  fc.double().filter((value) => !Object.is(value, -0)),
  int.map((value) => value * 0.001 + 0),
  int,
  constant(0.1, 1.5, 12.345, 2147483.647, 2147483.648, 32768, 1e10, Number.MAX_VALUE, Number.MIN_VALUE, NaN, Infinity),
);
const fraction = double.filter((value) => !Number.isSafeInteger(value));
const float = fc.float({ noDefaultInfinity: false }).filter((value) => !Object.is(value, -0));
const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
const string = fc.oneof(
  { weight: 20, arbitrary: fc.string({ maxLength: 40 }) },
  { weight: 20, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  { weight: 20, arbitrary: fc.string({ unit, maxLength: 12 }) },
  {
    weight: 8,
    arbitrary: fc
      .tuple(constant('a', 'é', '中', '😀', '\ud800', '\udc00'), constant(30, 31, 32, 33, 1023, 1024))
      .map(([piece, length]) => piece.repeat(length)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(constant('a', 'é', '中', '😀', '\ud800'), fc.integer({ min: -3, max: 3 }), constant('', 'x'))
      .map(([piece, more, start]) => start + piece.repeat(0x8000 + more)),
  },
);
const bytes = fc.oneof(
  { weight: 20, arbitrary: fc.uint8Array({ maxLength: 40 }) },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 1000, max: 20_000 }).map((length) => new Uint8Array(length).fill(length & 0xff)),
  },
);
const date = fc.oneof(
  fc.date({ noInvalidDate: true }),
  fc.integer().map((minutes) => new Date(minutes * 60_000)),
);
const bigInteger = fc.bigInt({ min: -(1n << 200n), max: 1n << 200n });
const decimal = fc
  .tuple(bigInteger, fc.integer({ min: 0, max: 40 }))
  .map(([unscaled, scale]) => BigDecimal.of(`${unscaled}E-${scale}`));
const color = constant('RED' as const, 'GREEN' as const, 'BLUE' as const);

const between = (min: number, max: number) => fc.integer({ min, max });
const localDate = fc
  .tuple(between(-9999, 9999), between(1, 12), between(1, 28))
  .map((parts) => new LocalDate(...parts));
const localTime = fc
  .tuple(between(0, 23), between(0, 59), between(0, 59), between(0, 999_999_999))
  .map((parts) => new LocalTime(...parts));
const localDateTime = fc.tuple(localDate, localTime).map((parts) => new LocalDateTime(...parts));
const nanos = between(0, 999_999_999);
const seconds = fc.bigInt({ min: -31_557_014_167_219_200n, max: 31_556_889_864_403_199n });
const instant = fc.tuple(seconds, nanos).map((parts) => new Instant(...parts));
const duration = fc.tuple(long, nanos).map((parts) => new Duration(...parts));
const period = fc.tuple(int, int, int).map((parts) => new Period(...parts));
const year = between(-9999, 9999).map((value) => new Year(value));
const yearMonth = fc.tuple(between(-9999, 9999), between(1, 12)).map((parts) => new YearMonth(...parts));
const monthDay = fc.tuple(between(1, 12), between(1, 28)).map((parts) => new MonthDay(...parts));
const zoneOffset = between(-18 * 3600, 18 * 3600).map((value) => new ZoneOffset(value));
const zoneId = constant('Europe/Berlin', 'Asia/Shanghai', 'America/New_York', 'UTC').map((id) => new ZoneId(id));
const offsetTime = fc.tuple(localTime, zoneOffset).map((parts) => new OffsetTime(...parts));
const offsetDateTime = fc.tuple(localDateTime, zoneOffset).map((parts) => new OffsetDateTime(...parts));
const zonedDateTime = fc
  .tuple(localDateTime, constant(0, 8))
  .map(([time, hours]) => new ZonedDateTime(time, new ZoneOffset(hours * 3600), hours === 0 ? 'UTC' : '+08:00'));

const wrapped = fc.oneof(
  fc.integer().map((value) => java.double(value)),
  bigInteger.map((value) => java.bigInteger(value)),
  constant('zh_CN', 'de', 'de_CH_1996').map((value) => java.locale(value)),
  constant('CNY', 'EUR').map((value) => java.currency(value)),
  constant('java.lang.String', 'int', '[I', 'com.acme.graph.Branch$Twig').map((value) => java.class(value)),
  constant('/tmp/a', '/tmp/ü/b').map((value) => java.file(value)),
  date.map((value) => java.sqlDate(value)),
  date.map((value) => java.sqlTime(value)),
  date.map((value) => java.sqlTimestamp(value)),
);
/** Values that Java finds again among the keys of a map. */
const key = fc.oneof(
  string,
  int,
  long,
  fraction,
  fc.boolean(),
  constant(null),
  date,
  decimal,
  wrapped,
  localDate,
  localTime,
  localDateTime,
  instant,
  duration,
  period,
  year,
  yearMonth,
  monthDay,
  zoneOffset,
  zoneId,
  offsetTime,
  offsetDateTime,
  zonedDateTime,
  color.map((name) => new JavaObject('com.acme.graph.Color', { name })),
);
const leaf = fc.oneof(
  { weight: 6, arbitrary: key },
  {
    weight: 1,
    arbitrary: fc.oneof(
      bytes,
      fc.bigInt({ min: 0n, max: 1n << 200n }).map((value) => java.bitSet(value)),
      fc.integer().map((value) => java.atomicInteger(value)),
      long.map((value) => java.atomicLong(value)),
      fc.boolean().map((value) => java.atomicBoolean(value)),
    ),
  },
);

const few = <T>(element: fc.Arbitrary<T>) => fc.array(element, { maxLength: 9, size: 'small' });
const orNull = <T>(value: fc.Arbitrary<T>) => fc.option(value, { freq: 2 });

const arrays = fc.oneof(
  few(fc.boolean()).map((values) => new JavaValue(java.array(java.boolean), values)),
  few(between(-32768, 32767)).map((values) => new JavaValue(java.array(java.short), values)),
  few(int).map((values) => new JavaValue(java.array(java.int), values)),
  few(long).map((values) => new JavaValue(java.array(java.long), values)),
  few(float).map((values) => new JavaValue(java.array(java.float), values)),
  few(double).map((values) => new JavaValue(java.array(java.double), values)),
  few(string).map((values) => new JavaValue(java.array(java.string), values)),
  few(int).map((values) => new JavaValue(java.array(java.Integer), values)),
  few(date).map((values) => new JavaValue(java.array(java.date), values)),
  few(few(int)).map((values) => new JavaValue(java.array(java.array(java.int)), values)),
  few(few(string)).map((values) => new JavaValue(java.array(java.array(java.string)), values)),
);
const strings = fc.oneof(
  fc
    .uniqueArray(string, { maxLength: 5 })
    .map((values) => new JavaValue(setOf('TreeSet', java.string), new Set(values))),
  fc
    .uniqueArray(string, { maxLength: 5 })
    .map((values) => new JavaValue(setOf('LinkedHashSet', java.string), new Set(values))),
);
const sets = fc.uniqueArray(fc.oneof(string, int, long, fraction), { maxLength: 6 }).map((values) => new Set(values));

const scalarFields = {
  flag: fc.boolean(),
  tiny: between(-128, 127),
  small: between(-32768, 32767),
  number: int,
  big: long,
  real: double,
  letter: unit,
  boxedFlag: orNull(fc.boolean()),
  boxedTiny: orNull(between(-128, 127)),
  boxedSmall: orNull(between(-32768, 32767)),
  boxedNumber: orNull(int),
  boxedBig: orNull(long),
  boxedFloat: orNull(float),
  boxedReal: orNull(double),
  boxedLetter: orNull(unit),
  text: orNull(string),
  date: orNull(date),
  day: orNull(date),
  moment: orNull(date),
  bytes: orNull(bytes),
  decimal: orNull(decimal),
  integer: orNull(bigInteger),
  color: orNull(color),
};
const scalars = fc.record(scalarFields);

const typed = fc.record({
  longs: orNull(few(long)),
  ints: orNull(few(int)),
  shorts: orNull(few(between(-32768, 32767))),
  tinies: orNull(few(between(-128, 127))),
  floats: orNull(few(float)),
  doubles: orNull(few(double)),
  strings: orNull(few(string)),
  decimals: orNull(few(decimal)),
  dates: orNull(few(date)),
  nested: orNull(few(few(long))),
  children: constant(null, []),
  colors: orNull(few(color).map((values) => new Set(values))),
  names: orNull(few(string).map((values) => new Set(values))),
  sorted: orNull(few(string).map((values) => new Set(values))),
  palette: orNull(few(color).map((values) => new Set(values))),
  counts: orNull(few(fc.tuple(string, long)).map((entries) => new Map(entries))),
  byNumber: orNull(few(fc.tuple(int, string)).map((entries) => new Map(entries))),
  byLong: orNull(few(fc.tuple(long, double)).map((entries) => new Map(entries))),
  byColor: orNull(few(fc.tuple(color, int)).map((entries) => new Map(entries))),
  ranks: orNull(few(fc.tuple(string, int)).map((entries) => new Map(entries))),
  box: orNull(
    fc.record({ content: long, count: orNull(long) }).map((fields) => Object.assign(new Box<bigint>(), fields)),
  ),
  scalars: orNull(scalars.map((fields) => Object.assign(new Scalars(), fields))),
  flagArray: orNull(few(fc.boolean())),
  shortArray: orNull(few(between(-32768, 32767))),
  intArray: orNull(few(int)),
  longArray: orNull(few(long)),
  floatArray: orNull(few(float)),
  doubleArray: orNull(few(double)),
  charArray: orNull(few(unit)),
  stringArray: orNull(few(string)),
  boxedArray: orNull(few(int)),
  dateArray: orNull(few(date)),
  colorArray: orNull(few(color)),
  matrix: orNull(few(few(int))),
  table: orNull(few(few(string))),
  localDate: orNull(localDate),
  localTime: orNull(localTime),
  localDateTime: orNull(localDateTime),
  instant: orNull(instant),
  duration: orNull(duration),
  period: orNull(period),
  year: orNull(year),
  yearMonth: orNull(yearMonth),
  monthDay: orNull(monthDay),
  zoneOffset: orNull(zoneOffset),
  zoneId: orNull(zoneId),
  offsetTime: orNull(offsetTime),
  offsetDateTime: orNull(offsetDateTime),
  zonedDateTime: orNull(zonedDateTime),
  locale: orNull(constant('zh_CN', 'de')),
  currency: orNull(constant('CNY', 'EUR')),
  bits: orNull(fc.bigInt({ min: 0n, max: 1n << 100n })),
  type: orNull(constant('java.lang.String', 'int')),
});

const frames = few(
  fc.record({
    className: constant('com.acme.Api'),
    methodName: constant('call'),
    fileName: constant('Api.java', null),
    lineNumber: between(-2, 500),
  }),
);

const { any } = fc.letrec<{ any: Maker; container: Maker }>((tie) => {
  const children = few(tie('any'));
  const next = tie('any');
  return {
    any: fc.oneof(
      { depthSize: 'small', maxDepth: 5 },
      {
        weight: 6,
        arbitrary: leaf.map(
          (value): Maker =>
            () =>
              value,
        ),
      },
      {
        weight: 1,
        arbitrary: fc.nat(30).map(
          (at): Maker =>
            (made) =>
              link(made, at),
        ),
      },
      { weight: 5, arbitrary: tie('container') },
    ),
    container: fc.oneof(
      children.map(
        (makers): Maker =>
          (made) =>
            filled(made, [], makers),
      ),
      children.map((makers): Maker => (made) => {
        const list: unknown[] = [];
        const linked = new JavaValue(java.as('java.util.LinkedList', java.list(java.any)), list);
        made.push(list);
        list.push(...makers.map((make) => make(made)));
        return linked;
      }),
      fc.array(fc.tuple(key, next), { maxLength: 5 }).map((entries): Maker => (made) => {
        const map = new Map<unknown, unknown>();
        made.push(map);
        for (const [name, make] of distinct(entries)) map.set(name, make(made));
        return map;
      }),
      fc
        .dictionary(
          string.filter((name) => name !== '__proto__'),
          next,
          { maxKeys: 5 },
        )
        .map((entries): Maker => (made) => {
          const record: Record<string, unknown> = {};
          made.push(record);
          for (const [name, make] of Object.entries(entries)) record[name] = make(made);
          return record;
        }),
      fc.dictionary(string, next, { maxKeys: 5 }).map((entries): Maker => (made) => {
        const map = new Map<string, unknown>();
        for (const [name, make] of Object.entries(entries)) map.set(name, make(made));
        return new JavaValue(java.as('java.util.TreeMap', java.map(java.string, java.any)), map);
      }),
      fc.tuple(next, orNull(long)).map(([make, count]): Maker => (made) => {
        // A class that Java knows and that is not named by its twin here.
        const box = new JavaObject('com.acme.graph.Box', { content: null, count });
        made.push(box);
        box.set('content', make(made));
        return box;
      }),
      fc
        .tuple(
          scalars,
          orNull(string),
          next,
          children,
          sets,
          orNull(fc.array(fc.tuple(key, next), { maxLength: 3 })),
          fc.nat(3),
        )
        .map(([fields, label, make, makers, set, entries, closing]): Maker => (made) => {
          const branch: Branch = Object.assign(new Branch(), fields, {
            label,
            next: null,
            set,
            map: null,
            array: null,
          });
          made.push(branch);
          if (closing === 0) branch.next = branch;
          branch.any = make(made);
          branch.list = makers.map((maker) => maker(made));
          if (entries) branch.map = new Map(distinct(entries).map(([name, maker]) => [name, maker(made)] as const));
          return branch;
        }),
      fc
        .tuple(orNull(string), frames, int, orNull(string), children, fc.boolean())
        .map(([message, stackTrace, code, extra, makers, caused]): Maker => (made) => {
          const cause = caused ? new JavaException('why', { className: 'java.lang.IllegalStateException' }) : undefined;
          const failure = new Failure(message ?? undefined, { stackTrace, cause });
          made.push(failure);
          return Object.assign(failure, { code, extra, items: makers.map((make) => make(made)) });
        }),
      fc.oneof(arrays, strings, sets).map(
        (value): Maker =>
          () =>
            value,
      ),
      fc.record({ fields: typed, any: next }).map(({ fields, any: make }): Maker => (made) => {
        const all = Object.assign(
          new Typed(),
          { byName: null, next: null, objectArray: null, scalarsArray: null },
          fields,
        );
        all.any = make(made);
        return all;
      }),
    ),
  };
});

/** Java's versions count these unevenly, so they come last, where no reference follows. */
const uneven = fc.oneof(
  fc.uuid().map((value) => java.uuid(value)),
  fc.webUrl().map((value) => java.uri(value)),
  date.map((value) => java.calendar(value)),
);

/** Graphs of everything that Java itself brings over between its versions. */
export const graph: fc.Arbitrary<unknown> = fc
  .tuple(any, fc.array(uneven, { maxLength: 3 }))
  .map(([make, last]) => (last.length === 0 ? make([]) : [make([]), ...last]));

function setOf(name: string, element: typeof java.string) {
  return java.as(`java.util.${name}`, java.set(element));
}

function filled(made: Made, list: unknown[], makers: readonly Maker[]): unknown[] {
  made.push(list);
  for (const make of makers) list.push(make(made));
  return list;
}

// What is shared is written as copies, so few links are kept: one in a graph of up to a dozen containers.
function link(made: Made, at: number): unknown {
  return made[at] ?? null;
}

function distinct<T>(entries: readonly (readonly [unknown, T])[]): (readonly [unknown, T])[] {
  const seen = new Map<string, readonly [unknown, T]>();
  for (const entry of entries) seen.set(describeValue(entry[0]), entry);
  return [...seen.values()];
}
