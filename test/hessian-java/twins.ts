import {
  type BigDecimal,
  type Duration,
  type Instant,
  java,
  JavaClass,
  JavaException,
  JavaField,
  type LocalDate,
  type LocalDateTime,
  type LocalTime,
  type MonthDay,
  type OffsetDateTime,
  type OffsetTime,
  type Period,
  type Ref,
  type Year,
  type YearMonth,
  type ZonedDateTime,
  type ZoneId,
  type ZoneOffset,
} from '@nestjs-dubbo/hessian';

// The twins of the Java classes beside, field by field in their order.

export const Color = java.enum('com.acme.graph.Color', ['RED', 'GREEN', 'BLUE']);

@JavaClass('com.acme.graph.Scalars')
export class Scalars {
  @JavaField(java.boolean) flag!: boolean;
  @JavaField(java.byte) tiny!: number;
  @JavaField(java.short) small!: number;
  @JavaField(java.int) number!: number;
  @JavaField(java.long) big!: bigint;
  @JavaField(java.double) real!: number;
  @JavaField(java.char) letter!: string;
  @JavaField(java.Boolean) boxedFlag!: boolean | null;
  @JavaField(java.Byte) boxedTiny!: number | null;
  @JavaField(java.Short) boxedSmall!: number | null;
  @JavaField(java.Integer) boxedNumber!: number | null;
  @JavaField(java.Long) boxedBig!: bigint | null;
  @JavaField(java.Float) boxedFloat!: number | null;
  @JavaField(java.Double) boxedReal!: number | null;
  @JavaField(java.Character) boxedLetter!: string | null;
  @JavaField(java.string) text!: string | null;
  @JavaField(java.date) date!: Date | null;
  @JavaField(java.sqlDate) day!: Date | null;
  @JavaField(java.sqlTimestamp) moment!: Date | null;
  @JavaField(java.bytes) bytes!: Uint8Array | null;
  @JavaField(java.bigDecimal) decimal!: BigDecimal | null;
  @JavaField(java.bigInteger) integer!: bigint | null;
  @JavaField(Color) color!: 'RED' | 'GREEN' | 'BLUE' | null;
}

@JavaClass('com.acme.graph.Branch')
export class Branch extends Scalars {
  @JavaField(java.string) label!: string | null;
  @JavaField(() => Branch) next!: Ref<Branch> | null;
  @JavaField(java.any) any!: unknown;
  @JavaField(java.list(java.any)) list!: unknown[] | null;
  @JavaField(java.set(java.any)) set!: Set<unknown> | null;
  @JavaField(java.map(java.any, java.any)) map!: Map<unknown, unknown> | null;
  @JavaField(java.array(java.any)) array!: unknown[] | null;
}

@JavaClass('com.acme.graph.Branch$Twig')
export class Twig extends Branch {
  @JavaField(java.string) declare label: string | null;
  @JavaField(java.int) length!: number;
}

@JavaClass('com.acme.graph.Box')
export class Box<T = unknown> {
  @JavaField(java.variable(0)) content!: T | null;
  @JavaField(java.Long) count!: bigint | null;
}

@JavaClass('com.acme.graph.Floats')
export class Floats {
  @JavaField(java.float) one!: number;
  @JavaField(java.int) between!: number;
  @JavaField(java.float) two!: number;
  @JavaField(java.Float) boxed!: number | null;
  @JavaField(java.array(java.float)) array!: number[] | null;
  @JavaField(java.list(java.Float)) list!: number[] | null;
}

@JavaClass('com.acme.graph.Failure')
export class Failure extends JavaException {
  @JavaField(java.int) code!: number;
  @JavaField(java.string) extra!: string | null;
  @JavaField(java.list(java.any)) items!: unknown[] | null;
}

@JavaClass('com.acme.graph.Typed')
export class Typed {
  @JavaField(java.list(java.long)) longs!: bigint[] | null;
  @JavaField(java.list(java.int)) ints!: number[] | null;
  @JavaField(java.list(java.short)) shorts!: number[] | null;
  @JavaField(java.list(java.byte)) tinies!: number[] | null;
  @JavaField(java.list(java.float)) floats!: number[] | null;
  @JavaField(java.list(java.double)) doubles!: number[] | null;
  @JavaField(java.list(java.string)) strings!: string[] | null;
  @JavaField(java.list(java.bigDecimal)) decimals!: BigDecimal[] | null;
  @JavaField(java.list(java.date)) dates!: Date[] | null;
  @JavaField(java.list(java.list(java.long))) nested!: bigint[][] | null;
  @JavaField(() => java.list(Typed)) children!: Ref<Typed>[] | null;
  @JavaField(java.set(Color)) colors!: Set<'RED' | 'GREEN' | 'BLUE'> | null;
  @JavaField(java.set(java.string)) names!: Set<string> | null;
  @JavaField(java.as('java.util.TreeSet', java.set(java.string))) sorted!: Set<string> | null;
  @JavaField(java.as('java.util.EnumSet', java.set(Color))) palette!: Set<'RED' | 'GREEN' | 'BLUE'> | null;
  @JavaField(java.map(java.string, java.long)) counts!: Map<string, bigint> | null;
  @JavaField(java.map(java.int, java.string)) byNumber!: Map<number, string> | null;
  @JavaField(java.map(java.long, java.double)) byLong!: Map<bigint, number> | null;
  @JavaField(() => java.map(java.string, Typed)) byName!: Map<string, Ref<Typed>> | null;
  @JavaField(java.map(Color, java.int)) byColor!: Map<'RED' | 'GREEN' | 'BLUE', number> | null;
  @JavaField(java.as('java.util.TreeMap', java.map(java.string, java.int))) ranks!: Map<string, number> | null;
  @JavaField(java.of(Box<bigint>, java.long)) box!: Box<bigint> | null;
  @JavaField(Scalars) scalars!: Scalars | null;
  @JavaField(() => Typed) next!: Ref<Typed> | null;
  @JavaField(java.any) any!: unknown;

  @JavaField(java.array(java.boolean)) flagArray!: boolean[] | null;
  @JavaField(java.array(java.short)) shortArray!: number[] | null;
  @JavaField(java.array(java.int)) intArray!: number[] | null;
  @JavaField(java.array(java.long)) longArray!: bigint[] | null;
  @JavaField(java.array(java.float)) floatArray!: number[] | null;
  @JavaField(java.array(java.double)) doubleArray!: number[] | null;
  @JavaField(java.array(java.char)) charArray!: string[] | null;
  @JavaField(java.array(java.string)) stringArray!: string[] | null;
  @JavaField(java.array(java.any)) objectArray!: unknown[] | null;
  @JavaField(java.array(java.Integer)) boxedArray!: number[] | null;
  @JavaField(java.array(java.date)) dateArray!: Date[] | null;
  @JavaField(java.array(Color)) colorArray!: ('RED' | 'GREEN' | 'BLUE')[] | null;
  @JavaField(java.array(Scalars)) scalarsArray!: Scalars[] | null;
  @JavaField(java.array(java.array(java.int))) matrix!: number[][] | null;
  @JavaField(java.array(java.array(java.string))) table!: string[][] | null;

  @JavaField(java.localDate) localDate!: LocalDate | null;
  @JavaField(java.localTime) localTime!: LocalTime | null;
  @JavaField(java.localDateTime) localDateTime!: LocalDateTime | null;
  @JavaField(java.instant) instant!: Instant | null;
  @JavaField(java.duration) duration!: Duration | null;
  @JavaField(java.period) period!: Period | null;
  @JavaField(java.year) year!: Year | null;
  @JavaField(java.yearMonth) yearMonth!: YearMonth | null;
  @JavaField(java.monthDay) monthDay!: MonthDay | null;
  @JavaField(java.zoneOffset) zoneOffset!: ZoneOffset | null;
  @JavaField(java.zoneId) zoneId!: ZoneId | null;
  @JavaField(java.offsetTime) offsetTime!: OffsetTime | null;
  @JavaField(java.offsetDateTime) offsetDateTime!: OffsetDateTime | null;
  @JavaField(java.zonedDateTime) zonedDateTime!: ZonedDateTime | null;
  @JavaField(java.locale) locale!: string | null;
  @JavaField(java.currency) currency!: string | null;
  @JavaField(java.bitSet) bits!: bigint | null;
  @JavaField(java.class) type!: string | null;
}
