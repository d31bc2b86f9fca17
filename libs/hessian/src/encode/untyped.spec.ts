import { describe, expect, it } from 'vitest';
import { Decoder, Encoder, java, JavaException, type DecoderOptions } from '../index.js';

const text = (value: string): string =>
  Buffer.from([value.length]).toString('hex') + Buffer.from(value).toString('hex');

/** Reads without a type and writes what was read. */
function again(hex: string, options?: DecoderOptions): string {
  const encoder = new Encoder();
  encoder.write(new Decoder(Buffer.from(hex, 'hex'), options).read());
  return Buffer.from(encoder.finish()).toString('hex');
}

describe('what was read without a type', () => {
  const linked = `4d${text('java.util.LinkedHashMap')}`;
  const set = `73${text('java.util.HashSet')}`;

  it('keeps the kinds of numbers that are keys or in a Set, also where JavaScript takes two for one', () => {
    for (const hex of ['485c015891015a5a', `48${'5c'}91${'91'}92${'e1'}93${'0131'}945a`, `${set}915ce1`])
      for (const longs of ['bigint', 'number', 'string'] as const) expect(again(hex, { longs })).toBe(hex);
  });

  it('takes a key that comes twice for one', () => {
    expect(new Decoder(Buffer.from('48919291935a', 'hex')).read()).toEqual(new Map([[1, 3]]));
    expect(new Decoder(Buffer.from('485c925c935a', 'hex')).read()).toEqual(new Map([[1, 3]]));
  });

  it('keeps the order of keys that are numbers in text', () => {
    for (const entries of [`${text('b')}91${text('7')}92`, `${text('7')}${text('x')}${text('3')}${text('y')}`])
      expect(again(`${linked}${entries}5a`)).toBe(`${linked}${entries}5a`);
    const record = new Decoder(Buffer.from(`${linked}${text('b')}91${text('7')}925a`, 'hex')).read() as object;
    const encoder = new Encoder();
    encoder.write(Object.assign(record, { c: 3 }));
    expect(new Decoder(encoder.finish()).read(java.map(java.string, java.int))).toEqual(
      new Map([
        ['7', 2],
        ['b', 1],
        ['c', 3],
      ]),
    );
  });

  it('keeps longs that were read as text', () => {
    expect(again(`48${text('a')}e55a`, { longs: 'string' })).toBe(`48${text('a')}e55a`);
  });

  it('keeps an exception that was shared one', () => {
    const shared = `7a43${text('test.Odd')}92${text('stackTrace')}${text('detailMessage')}6070${text(
      '[java.lang.StackTraceElement',
    )}${text('m')}5191`;
    const read = new Decoder(Buffer.from(shared, 'hex')).read() as JavaException[];
    expect(read[0]).toBeInstanceOf(JavaException);
    expect(read[1]).toBe(read[0]);
    expect(new Decoder(Buffer.from(again(shared), 'hex')).read()).toSatisfy(
      (list: unknown) => Array.isArray(list) && list[0] === list[1],
    );
  });
});
