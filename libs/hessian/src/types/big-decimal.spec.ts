import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BigDecimal } from './big-decimal.js';

const seed = Number(process.env['FC_SEED'] ?? Math.floor(Math.random() * 0x7fffffff));

describe('BigDecimal', () => {
  it.each([
    ['1.20', '1.20'],
    ['-0.5', '-0.5'],
    ['1e3', '1E+3'],
    ['1E-7', '1E-7'],
    ['0.000001', '0.000001'],
    ['0.0000001', '1E-7'],
    ['123.45e-2', '1.2345'],
    ['12e5', '1.2E+6'],
    ['007', '7'],
    ['.5', '0.5'],
    ['-0.00', '0.00'],
    ['0e5', '0E+5'],
  ])('%s is %s to Java', (text, java) => {
    expect(BigDecimal.of(text).toString()).toBe(java);
  });

  it('takes numbers, bigints and what decimal libraries print', () => {
    expect(BigDecimal.of(0.1).toString()).toBe('0.1');
    expect(BigDecimal.of(10n ** 30n).unscaledValue).toBe(10n ** 30n);
    expect(BigDecimal.of({ toString: () => '1.5' }).toNumber()).toBe(1.5);
    expect(JSON.stringify({ price: BigDecimal.of('1.20') })).toBe('{"price":"1.20"}');
  });

  it.each(['', '1,5', 'NaN', 'Infinity', '1e', '--1', '1e99999999999', '0x10'])('refuses %s', (text) => {
    expect(() => BigDecimal.of(text)).toThrow(RangeError);
  });

  it('equals by value and scale, compares by value', () => {
    const one = BigDecimal.of('1.20');
    expect(one.equals(BigDecimal.of('1.20'))).toBe(true);
    expect(one.equals(BigDecimal.of('1.2'))).toBe(false);
    expect(one.compareTo(BigDecimal.of('1.2'))).toBe(0);
    expect(BigDecimal.of('1e1000000').compareTo(BigDecimal.of('-1e2000000'))).toBe(1);
  });

  it(`compares as numbers do (FC_SEED=${seed})`, () => {
    const decimal = fc.tuple(fc.integer({ min: -999, max: 999 }), fc.integer({ min: -3, max: 3 }));
    fc.assert(
      fc.property(decimal, decimal, ([a, x], [b, y]) => {
        const [one, other] = [BigDecimal.of(`${a}e${x}`), BigDecimal.of(`${b}e${y}`)];
        expect(one.compareTo(other)).toBe(Math.sign(Math.round(a * 10 ** (x + 3) - b * 10 ** (y + 3))) + 0);
        expect(BigDecimal.of(one.toString()).equals(one)).toBe(true);
        expect(one.toNumber()).toBe(Number(`${a}e${x}`) + 0);
      }),
      { seed },
    );
  });
});
