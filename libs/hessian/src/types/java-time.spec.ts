import { describe, expect, it } from 'vitest';
import {
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
} from './java-time.js';

const date = new LocalDate(2024, 2, 29);
const time = new LocalTime(1, 2, 3, 4_000_000);
const both = new LocalDateTime(date, time);
const east = new ZoneOffset(8 * 3600);

describe('java.time values', () => {
  it.each<[{ toString(): string }, string]>([
    [date, '2024-02-29'],
    [new LocalDate(-1, 1, 1), '-0001-01-01'],
    [new LocalDate(12345, 1, 1), '+12345-01-01'],
    [time, '01:02:03.004'],
    [new LocalTime(1, 2), '01:02'],
    [new LocalTime(1, 2, 0, 4000), '01:02:00.000004'],
    [both, '2024-02-29T01:02:03.004'],
    [new Instant(0n), '1970-01-01T00:00:00Z'],
    [new Instant(-1n, 1), '1969-12-31T23:59:59.000000001Z'],
    [new Duration(90n, 500_000_000), 'PT90.500S'],
    [new Duration(-1n, 500_000_000), 'PT-0.500S'],
    [new Period(1, 0, -3), 'P1Y-3D'],
    [new Period(0, 0, 0), 'P0D'],
    [new Year(2024), '2024'],
    [new YearMonth(2024, 2), '2024-02'],
    [new MonthDay(2, 29), '--02-29'],
    [east, '+08:00'],
    [new ZoneOffset(-3723), '-01:02:03'],
    [new ZoneOffset(0), 'Z'],
    [new ZoneId('Asia/Shanghai'), 'Asia/Shanghai'],
    [new OffsetTime(time, east), '01:02:03.004+08:00'],
    [new OffsetDateTime(both, east), '2024-02-29T01:02:03.004+08:00'],
    [new ZonedDateTime(both, east, 'Asia/Shanghai'), '2024-02-29T01:02:03.004+08:00[Asia/Shanghai]'],
  ])('have the text of Java: %s', (value, text) => {
    expect(value.toString()).toBe(text);
    expect(JSON.stringify(value)).toBe(JSON.stringify(text));
    expect(Object.isFrozen(value)).toBe(true);
  });

  it('are read from that text', () => {
    expect(LocalDate.parse('2024-02-29')).toStrictEqual(date);
    expect(LocalTime.parse('01:02:03.004')).toStrictEqual(time);
    expect(LocalTime.parse('01:02')).toStrictEqual(new LocalTime(1, 2));
    expect(LocalDateTime.parse('2024-02-29T01:02:03.004')).toStrictEqual(both);
    expect(() => LocalDate.parse('29.2.2024')).toThrow("'29.2.2024' is not a date such as 2024-02-29");
  });

  it('are equal by class and text', () => {
    expect(date.equals(new LocalDate(2024, 2, 29))).toBe(true);
    expect(date.equals(new LocalDate(2024, 2, 28))).toBe(false);
    expect(new Year(2024).equals(new ZoneId('2024'))).toBe(false);
  });

  it('refuse what does not exist', () => {
    expect(() => new LocalDate(2023, 2, 29)).toThrow('day has to be from 1 to 28, not 29');
    expect(() => new LocalTime(24, 0)).toThrow(RangeError);
    expect(() => new Instant(0n, 1_000_000_000)).toThrow(RangeError);
    expect(() => new LocalDateTime(date, date as unknown as LocalTime)).toThrow('time has to be a LocalTime');
    expect(() => new Instant(1 as unknown as bigint)).toThrow(RangeError);
  });

  it('meet Date and milliseconds', () => {
    const before = new Date(-1);
    expect(Instant.fromDate(before)).toStrictEqual(new Instant(-1n, 999_000_000));
    expect(Instant.fromDate(before).toDate()).toEqual(before);
    expect(Duration.ofMillis(-1500)).toStrictEqual(new Duration(-2n, 500_000_000));
    expect(Duration.ofMillis(1500).toMillis()).toBe(1500);
  });
});
