// The values of java.time, in one file since each is a few lines and all share their checks: immutable, checked when made, with Java's text. They compute nothing; `toString` and the
// properties are the door to a date library. Constructor arguments are in the order of Java's own factories.

/** What all of them share: text, JSON as text, and equality by text. */
abstract class TimeValue {
  abstract toString(): string;

  toJSON(): string {
    return this.toString();
  }

  /** Of the same class and with the same text. */
  equals(other: unknown): boolean {
    return other instanceof TimeValue && other.constructor === this.constructor && other.toString() === this.toString();
  }
}

/** java.time.LocalDate: a day of the ISO calendar. */
export class LocalDate extends TimeValue {
  /** Throws a RangeError for a day that does not exist. */
  constructor(
    readonly year: number,
    readonly month: number,
    readonly day: number,
  ) {
    super();
    inRange('year', year, -999_999_999, 999_999_999);
    inRange('month', month, 1, 12);
    inRange('day', day, 1, daysOf(month, year));
    Object.freeze(this);
  }

  /** Reads `2024-02-29`. */
  static parse(text: string): LocalDate {
    const [, year, month, day] = matching(/^([+-]?\d{4,9})-(\d\d)-(\d\d)$/, text, 'a date such as 2024-02-29');
    return new LocalDate(Number(year), Number(month), Number(day));
  }

  toString(): string {
    return `${yearText(this.year)}-${two(this.month)}-${two(this.day)}`;
  }
}

/** java.time.LocalTime: a time of day, to the nanosecond. */
export class LocalTime extends TimeValue {
  constructor(
    readonly hour: number,
    readonly minute: number,
    readonly second = 0,
    readonly nano = 0,
  ) {
    super();
    inRange('hour', hour, 0, 23);
    inRange('minute', minute, 0, 59);
    inRange('second', second, 0, 59);
    inRange('nano', nano, 0, 999_999_999);
    Object.freeze(this);
  }

  /** Reads `10:15`, `10:15:30` or `10:15:30.123456789`. */
  static parse(text: string): LocalTime {
    const pattern = /^(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?$/;
    const [, hour, minute, second = '0', fraction = '0'] = matching(pattern, text, 'a time such as 10:15:30.5');
    return new LocalTime(Number(hour), Number(minute), Number(second), Number(fraction.padEnd(9, '0')));
  }

  toString(): string {
    const { second, nano } = this;
    const seconds = second > 0 || nano > 0 ? `:${two(second)}` : '';
    return `${two(this.hour)}:${two(this.minute)}${seconds}${fractionText(nano)}`;
  }
}

/** java.time.LocalDateTime: a day and a time of day, in no time zone. */
export class LocalDateTime extends TimeValue {
  constructor(
    readonly date: LocalDate,
    readonly time: LocalTime,
  ) {
    super();
    instance('date', date, LocalDate);
    instance('time', time, LocalTime);
    Object.freeze(this);
  }

  /** Reads `2024-02-29T10:15:30`. */
  static parse(text: string): LocalDateTime {
    const [, date = '', time = ''] = matching(/^([^T]+)T(.+)$/, text, 'a date and time such as 2024-02-29T10:15:30');
    return new LocalDateTime(LocalDate.parse(date), LocalTime.parse(time));
  }

  toString(): string {
    return `${this.date.toString()}T${this.time.toString()}`;
  }
}

/** java.time.Instant: seconds since 1970-01-01T00:00:00Z, and nanoseconds within the second. */
export class Instant extends TimeValue {
  constructor(
    readonly seconds: bigint,
    readonly nanos = 0,
  ) {
    super();
    inRange('seconds', seconds, -31_557_014_167_219_200n, 31_556_889_864_403_199n);
    inRange('nanos', nanos, 0, 999_999_999);
    Object.freeze(this);
  }

  static fromDate(date: Date): Instant {
    const millis = date.getTime();
    const seconds = Math.floor(millis / 1000);
    return new Instant(BigInt(seconds), (millis - seconds * 1000) * 1_000_000);
  }

  /** To the millisecond, the rest is cut; an invalid Date beyond ±8.64e15 ms. */
  toDate(): Date {
    return new Date(Number(this.seconds) * 1000 + Math.floor(this.nanos / 1_000_000));
  }

  /** `2024-02-29T10:15:30.5Z`; beyond what a Date holds, the seconds as a number. */
  toString(): string {
    const whole = new Date(Number(this.seconds) * 1000);
    if (Number.isNaN(whole.getTime())) return `${this.seconds}s${fractionText(this.nanos)}`;
    return `${whole.toISOString().slice(0, -5)}${fractionText(this.nanos)}Z`;
  }
}

/** java.time.Duration: seconds, which may be negative, and nanoseconds to be added. */
export class Duration extends TimeValue {
  constructor(
    readonly seconds: bigint,
    readonly nanos = 0,
  ) {
    super();
    inRange('seconds', seconds, -(2n ** 63n), 2n ** 63n - 1n);
    inRange('nanos', nanos, 0, 999_999_999);
    Object.freeze(this);
  }

  static ofMillis(millis: number): Duration {
    const seconds = Math.floor(millis / 1000);
    return new Duration(BigInt(seconds), Math.round((millis - seconds * 1000) * 1_000_000));
  }

  /** The nearest number of milliseconds. */
  toMillis(): number {
    return Number(this.seconds) * 1000 + this.nanos / 1_000_000;
  }

  /** ISO 8601 in seconds, `PT90.5S`; Java may split it into hours and minutes. */
  toString(): string {
    const total = this.seconds * 1_000_000_000n + BigInt(this.nanos);
    const size = total < 0n ? -total : total;
    return `PT${total < 0n ? '-' : ''}${size / 1_000_000_000n}${fractionText(Number(size % 1_000_000_000n))}S`;
  }
}

/** java.time.Period: years, months and days, each of which may be negative. */
export class Period extends TimeValue {
  constructor(
    readonly years: number,
    readonly months: number,
    readonly days: number,
  ) {
    super();
    for (const [name, value] of Object.entries({ years, months, days })) inRange(name, value, -(2 ** 31), 2 ** 31 - 1);
    Object.freeze(this);
  }

  toString(): string {
    const parts = [
      [this.years, 'Y'],
      [this.months, 'M'],
      [this.days, 'D'],
    ].filter(([count]) => count !== 0);
    return `P${parts.length === 0 ? '0D' : parts.map((part) => part.join('')).join('')}`;
  }
}

/** java.time.Year. */
export class Year extends TimeValue {
  constructor(readonly year: number) {
    super();
    inRange('year', year, -999_999_999, 999_999_999);
    Object.freeze(this);
  }

  toString(): string {
    return String(this.year);
  }
}

/** java.time.YearMonth. */
export class YearMonth extends TimeValue {
  constructor(
    readonly year: number,
    readonly month: number,
  ) {
    super();
    inRange('year', year, -999_999_999, 999_999_999);
    inRange('month', month, 1, 12);
    Object.freeze(this);
  }

  toString(): string {
    return `${yearText(this.year)}-${two(this.month)}`;
  }
}

/** java.time.MonthDay. */
export class MonthDay extends TimeValue {
  constructor(
    readonly month: number,
    readonly day: number,
  ) {
    super();
    inRange('month', month, 1, 12);
    inRange('day', day, 1, daysOf(month, 2000));
    Object.freeze(this);
  }

  toString(): string {
    return `--${two(this.month)}-${two(this.day)}`;
  }
}

/** java.time.ZoneOffset: seconds east of Greenwich. */
export class ZoneOffset extends TimeValue {
  constructor(readonly seconds: number) {
    super();
    inRange('seconds', seconds, -64_800, 64_800);
    Object.freeze(this);
  }

  toString(): string {
    if (this.seconds === 0) return 'Z';
    const size = Math.abs(this.seconds);
    const seconds = size % 60 === 0 ? '' : `:${two(size % 60)}`;
    return `${this.seconds < 0 ? '-' : '+'}${two(Math.floor(size / 3600))}:${two(Math.floor(size / 60) % 60)}${seconds}`;
  }
}

/** java.time.ZoneId of a region, such as `Asia/Shanghai`. */
export class ZoneId extends TimeValue {
  constructor(readonly zoneId: string) {
    super();
    if (typeof zoneId !== 'string' || zoneId === '') throw new TypeError('zoneId has to be a name');
    Object.freeze(this);
  }

  toString(): string {
    return this.zoneId;
  }
}

/** java.time.OffsetTime. */
export class OffsetTime extends TimeValue {
  constructor(
    readonly localTime: LocalTime,
    readonly zoneOffset: ZoneOffset,
  ) {
    super();
    instance('localTime', localTime, LocalTime);
    instance('zoneOffset', zoneOffset, ZoneOffset);
    Object.freeze(this);
  }

  toString(): string {
    return `${this.localTime.toString()}${this.zoneOffset.toString()}`;
  }
}

/** java.time.OffsetDateTime. */
export class OffsetDateTime extends TimeValue {
  constructor(
    readonly dateTime: LocalDateTime,
    readonly offset: ZoneOffset,
  ) {
    super();
    instance('dateTime', dateTime, LocalDateTime);
    instance('offset', offset, ZoneOffset);
    Object.freeze(this);
  }

  toString(): string {
    return `${this.dateTime.toString()}${this.offset.toString()}`;
  }
}

/** java.time.ZonedDateTime: the offset tells which of two, when clocks are set back. */
export class ZonedDateTime extends TimeValue {
  constructor(
    readonly dateTime: LocalDateTime,
    readonly offset: ZoneOffset,
    readonly zoneId: string,
  ) {
    super();
    instance('dateTime', dateTime, LocalDateTime);
    instance('offset', offset, ZoneOffset);
    if (typeof zoneId !== 'string' || zoneId === '') throw new TypeError('zoneId has to be a name');
    Object.freeze(this);
  }

  toString(): string {
    const zone = this.zoneId === this.offset.toString() ? '' : `[${this.zoneId}]`;
    return `${this.dateTime.toString()}${this.offset.toString()}${zone}`;
  }
}

function inRange<T extends number | bigint>(name: string, value: T, min: T, max: T): void {
  const whole = typeof value === typeof min && (typeof value === 'bigint' || Number.isInteger(value));
  if (!whole || value < min || value > max)
    throw new RangeError(`${name} has to be from ${min} to ${max}, not ${String(value)}`);
}

function instance(name: string, value: unknown, construct: abstract new (...args: never[]) => unknown): void {
  if (!(value instanceof construct)) throw new TypeError(`${name} has to be a ${construct.name}`);
}

function matching(pattern: RegExp, text: string, expects: string): RegExpExecArray {
  const match = pattern.exec(text);
  if (!match) throw new RangeError(`'${text}' is not ${expects}`);
  return match;
}

function daysOf(month: number, year: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function yearText(year: number): string {
  const size = String(Math.abs(year)).padStart(4, '0');
  return year < 0 ? `-${size}` : year > 9999 ? `+${size}` : size;
}

// Java gives three, six or nine digits.
function fractionText(nano: number): string {
  if (nano === 0) return '';
  const digits = String(nano).padStart(9, '0');
  if (digits.endsWith('000000')) return `.${digits.slice(0, 3)}`;
  return digits.endsWith('000') ? `.${digits.slice(0, 6)}` : `.${digits}`;
}
