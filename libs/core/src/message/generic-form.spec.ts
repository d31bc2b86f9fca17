import { BigDecimal, Encoder, HessianError, JavaClass, JavaField, java } from '@nestjs-dubbo/hessian';
import { describe, expect, it } from 'vitest';
import { generalize, realize } from './generic-form.js';

const State = java.enum('com.acme.State', ['OPEN', 'DONE']);

@JavaClass('com.acme.Line')
class Line {
  @JavaField(java.double) price = 0;
}

@JavaClass('com.acme.Order')
class Order {
  @JavaField(java.long) id = 0n;
  @JavaField(java.Double) total: number | null = null;
  @JavaField(State) state: 'OPEN' | 'DONE' | null = null;
  @JavaField(java.list(Line)) lines: Line[] | null = null;
  @JavaField(() => Order) parent: Order | null = null;
}

/** The plain form as it is on the wire, in hexadecimal. */
const onWire = (value: unknown) => {
  const encoder = new Encoder();
  encoder.write(value);
  return Buffer.from(encoder.finish()).toString('hex');
};
const written = (value: unknown, type: Parameters<Encoder['write']>[1]) => {
  const encoder = new Encoder();
  encoder.write(value, type);
  return Buffer.from(encoder.finish()).toString('hex');
};

describe('generalize', () => {
  it.each([
    ['a double that is a whole number', -2, java.double],
    ['a long as number', 7, java.long.asNumber],
    ['a decimal', BigDecimal.of('1.20'), java.bigDecimal],
    ['int[]', [2, 3], java.array(java.int)],
    ['long[][]', [[1n], [2n]], java.array(java.array(java.long))],
    ['String[]', ['b', 'a'], java.array(java.string)],
    ['byte[]', Uint8Array.of(1, 2), java.bytes],
  ])('keeps the Java type of %s', (_what, value, type) => {
    expect(onWire(generalize(value, type))).toBe(written(value, type));
  });

  it('makes a record of an object, its class beside its fields, and names of enums', () => {
    const order = Object.assign(new Order(), { id: 7n, total: 4, state: 'DONE', lines: [new Line()] });
    expect(onWire(generalize(order, Order))).toBe(
      onWire({
        parent: null,
        lines: [{ price: java.double(0), class: 'com.acme.Line' }],
        state: 'DONE',
        total: java.Double(4),
        id: 7n,
        class: 'com.acme.Order',
      }),
    );
  });

  it('makes Object[] of an array of objects', () => {
    const plain = onWire(generalize([null, new Line()], java.array(Line)));
    expect(plain.startsWith(Buffer.from('\x72\x07[object').toString('hex'))).toBe(true);
  });

  it('keeps a cycle a cycle', () => {
    const order = new Order();
    order.parent = order;
    const plain = generalize(order, Order) as { parent: unknown };
    expect(plain.parent).toBe(plain);
  });

  it('refuses what does not fit', () => {
    expect(() => generalize('text', java.list(java.string))).toThrow(HessianError);
  });
});

describe('realize', () => {
  it('makes an object of its plain form, and of the plain form of that object again', () => {
    const plain = { class: 'com.acme.Order', id: 7n, total: java.double(4), state: 'OPEN', lines: [{ price: 1.5 }] };
    const order = realize(plain, Order) as Order;
    expect(order).toBeInstanceOf(Order);
    expect(order).toMatchObject({ id: 7n, total: 4, state: 'OPEN', lines: [{ price: 1.5 }] });
    expect(realize(generalize(order, Order), Order)).toEqual(order);
  });

  it('refuses what does not fit', () => {
    expect(() => realize('text', java.int)).toThrow(HessianError);
  });
});
