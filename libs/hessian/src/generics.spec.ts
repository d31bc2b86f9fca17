import { expect, it } from 'vitest';
import { Decoder, Encoder, java, JavaClass, JavaField, JavaObject, type TypeLike } from './index.js';

@JavaClass('test.Comment')
class Comment {
  @JavaField(java.long) id!: bigint;
}

@JavaClass('test.Page')
class Page<T> {
  @JavaField(java.int) total!: number;
  @JavaField(java.list(java.variable(0))) items!: T[];
}

@JavaClass('test.Box')
class Box<T> {
  @JavaField(java.variable(0)) content!: T;
  @JavaField(java.lazy(() => java.of(Page<T>, java.variable(0)))) page!: Page<T> | null;
}

function roundTrip(value: unknown, type: TypeLike): unknown {
  const encoder = new Encoder();
  encoder.write(value, type);
  return new Decoder(encoder.finish()).read(type);
}

it('binds the variables of a generic class, also through the classes it holds', () => {
  const page = { total: 1, items: [{ id: 1n }] };
  const back = roundTrip(page, java.of(Page<Comment>, Comment)) as Page<Comment>;
  expect(back).toBeInstanceOf(Page);
  expect(back.items[0]).toBeInstanceOf(Comment);

  const longs = roundTrip({ total: 1, items: [5] }, java.of(Page<number>, java.long.asNumber));
  expect(longs).toEqual({ total: 1, items: [5] });
  expect(() => roundTrip({ total: 1, items: ['x'] }, java.of(Page<number>, java.long.asNumber))).toThrow('.items[0]');

  const box = { content: 5, page: { total: 1, items: [6] } };
  expect(roundTrip(box, java.of(Box<number>, java.long.asNumber))).toEqual(box);
});

it('takes any value where a variable is not bound', () => {
  expect(roundTrip({ total: 1, items: ['a', 1] }, Page)).toEqual({ total: 1, items: ['a', 1] });
});

it('keeps what a holder of an unknown class holds, and what was changed in it', () => {
  const holder = new JavaObject('test.Unknown', { d: java.double(1), n: 1, l: [java.long(1n)] });
  const encoder = new Encoder();
  encoder.write(holder);
  const bytes = encoder.finish();
  const back = new Decoder(bytes).read() as JavaObject;
  expect(back.fields).toEqual({ d: 1, n: 1, l: [1n] });
  const again = new Encoder();
  again.write(back);
  expect(again.finish()).toEqual(bytes);
  back.set('d', 2);
  back.set('n', 'now text');
  const changed = new Encoder();
  changed.write(back);
  const read = new Decoder(changed.finish()).read() as JavaObject;
  expect(read.fields).toEqual({ d: 2, n: 'now text', l: [1n] });
  expect(() => back.set('x', 1)).toThrow('test.Unknown has no field x; it has d, n, l');
  expect(JSON.parse(JSON.stringify(new JavaObject('a.B', { x: 1 })))).toEqual({ class: 'a.B', x: 1 });
});

it.each([
  ['the order of keys that are numbers', '480162910131920161935a'],
  ['int and double keys that are equal here', '48910161' + '5c0162' + '5a'],
  ['int and double elements of a set', '72116a6176612e7574696c2e48617368536574915c'],
])('keeps %s', (_, hex) => {
  const encoder = new Encoder();
  encoder.write(new Decoder(Buffer.from(hex, 'hex')).read());
  expect(Buffer.from(encoder.finish()).toString('hex')).toBe(hex);
});
