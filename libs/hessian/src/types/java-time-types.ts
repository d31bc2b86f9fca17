import * as time from './java-time.js';
import type { JavaType, ReferenceType } from './java-type.js';
import { int, long, recordType, string, valueType } from './value-type.js';

// java.time as hessian-lite has it since 3.2.4: each value travels as a handle of its fields.
const handles = 'com.alibaba.com.caucho.hessian.io.java8';

function timeType<T extends object>(
  name: string,
  construct: new (...args: never[]) => T,
  fields: Readonly<Record<string, JavaType>>,
): ReferenceType<T> {
  return recordType(`java.time.${name}`, `${handles}.${name}Handle`, construct, fields);
}
export const localDateType = timeType('LocalDate', time.LocalDate, { year: int, month: int, day: int });
export const localTimeType = timeType('LocalTime', time.LocalTime, { hour: int, minute: int, second: int, nano: int });
export const localDateTimeType = timeType('LocalDateTime', time.LocalDateTime, {
  date: localDateType,
  time: localTimeType,
});
export const instantType = timeType('Instant', time.Instant, { seconds: long, nanos: int });
export const durationType = timeType('Duration', time.Duration, { seconds: long, nanos: int });
export const periodType = timeType('Period', time.Period, { years: int, months: int, days: int });
export const yearType = timeType('Year', time.Year, { year: int });
export const yearMonthType = timeType('YearMonth', time.YearMonth, { year: int, month: int });
export const monthDayType = timeType('MonthDay', time.MonthDay, { month: int, day: int });
export const zoneOffsetType = timeType('ZoneOffset', time.ZoneOffset, { seconds: int });
export const zoneIdType = timeType('ZoneId', time.ZoneId, { zoneId: string });
export const offsetTimeType = timeType('OffsetTime', time.OffsetTime, {
  localTime: localTimeType,
  zoneOffset: zoneOffsetType,
});
export const offsetDateTimeType = timeType('OffsetDateTime', time.OffsetDateTime, {
  dateTime: localDateTimeType,
  offset: zoneOffsetType,
});
// Declared in this order: zoneId, dateTime, offset would be its reverse, but Java's simple field goes last on the wire.
export const zonedDateTimeType = valueType<time.ZonedDateTime>('java.time.ZonedDateTime', {
  wireName: `${handles}.ZonedDateTimeHandle`,
  fields: [
    { name: 'offset', type: zoneOffsetType },
    { name: 'dateTime', type: localDateTimeType },
    { name: 'zoneId', type: string },
  ],
  expects: 'a ZonedDateTime',
  accepts: (candidate): candidate is time.ZonedDateTime => candidate instanceof time.ZonedDateTime,
  toFields: ({ offset, dateTime, zoneId }) => [offset, dateTime, zoneId],
  fromFields: ({ offset, dateTime, zoneId }) =>
    new time.ZonedDateTime(dateTime as time.LocalDateTime, offset as time.ZoneOffset, zoneId as string),
});

/** The types by the JavaScript classes that stand for them. */
export const timeTypes: readonly (readonly [unknown, JavaType])[] = [
  [time.LocalDate, localDateType],
  [time.LocalTime, localTimeType],
  [time.LocalDateTime, localDateTimeType],
  [time.Instant, instantType],
  [time.Duration, durationType],
  [time.Period, periodType],
  [time.Year, yearType],
  [time.YearMonth, yearMonthType],
  [time.MonthDay, monthDayType],
  [time.ZoneOffset, zoneOffsetType],
  [time.ZoneId, zoneIdType],
  [time.OffsetTime, offsetTimeType],
  [time.OffsetDateTime, offsetDateTimeType],
  [time.ZonedDateTime, zonedDateTimeType],
];
