import { Injectable, ValidationPipe, type INestMicroservice, type PipeTransform } from '@nestjs/common';
import { BigDecimal, DubboInterface, DubboReference, DubboService, JavaClass, JavaField, java } from 'nestjs-dubbo';
import { Transform, Type } from 'class-transformer';
import { IsPositive, Length, ValidateNested, ValidateBy } from 'class-validator';
import { afterEach, describe, expect, it } from 'vitest';
import { NestApps, urlOf } from './nest-apps.js';

@JavaClass('com.acme.shop.Line')
class Line {
  @JavaField(java.int) @IsPositive() count!: number;
  @JavaField(java.bigDecimal) price!: BigDecimal;
}

@JavaClass('com.acme.shop.Order')
class Order {
  @JavaField(java.string) @Length(1, 10) name!: string;
  @JavaField(java.long) @ValidateBy({ name: 'positive', validator: { validate: (v: bigint) => v > 0n } }) id!: bigint;
  @JavaField(java.bigDecimal) total!: BigDecimal;
  @JavaField(java.bytes) signature!: Uint8Array;
  @JavaField(java.date) at!: Date;
  @JavaField(java.list(Line)) @ValidateNested() @Type(() => Line) lines!: Line[];
  @JavaField(java.set(java.string)) tags!: Set<string>;
  @JavaField(java.map(java.Long, java.bigDecimal)) prices!: Map<bigint, BigDecimal>;
  @JavaField(java.list(java.bytes)) pages!: Uint8Array[];
  @JavaField(java.any) more!: unknown;
  @JavaField(java.string) @Transform(({ value }) => (value as string).trim()) note!: string;
}

@DubboInterface('com.acme.shop.OrderService', {
  put: { params: [Order], returns: Order },
  scalars: {
    params: [java.bytes, java.bigDecimal, java.long, java.string, java.int, java.set(java.string)],
    returns: java.list(java.any),
  },
})
abstract class OrderService {
  abstract put(order: Order): Promise<Order>;
  abstract scalars(
    bytes: Uint8Array,
    price: BigDecimal,
    id: bigint,
    text: string,
    count: number,
    names: Set<string>,
  ): Promise<unknown[]>;
}

@DubboService(OrderService)
class OrderController {
  put(order: Order): Order {
    const classes = [order, order.lines[0]].map((value) => Object.getPrototypeOf(value) as unknown);
    if (classes[0] !== Order.prototype || classes[1] !== Line.prototype) throw new TypeError('other classes');
    return order;
  }
  scalars(bytes: Uint8Array, price: BigDecimal, id: bigint, text: string, count: number, names: Set<string>) {
    return [bytes, price, id, text, count, names];
  }
}

const order = (changes: Partial<Order> = {}): Order =>
  Object.assign(new Order(), {
    name: 'lamp',
    id: 9_007_199_254_740_993n,
    total: BigDecimal.of('12.50'),
    signature: new Uint8Array([0, 1, 255]),
    at: new Date(1_700_000_000_000),
    lines: [Object.assign(new Line(), { count: 2, price: BigDecimal.of('6.25') })],
    tags: new Set(['a', 'b']),
    prices: new Map([[7n, BigDecimal.of('0.10')]]),
    pages: [new Uint8Array([1]), new Uint8Array([2, 3])],
    more: BigDecimal.of('1E+3'),
    note: 'as it is',
    ...changes,
  });

describe("Nest's ValidationPipe on Dubbo methods", () => {
  const apps = new NestApps();
  afterEach(() => apps.close());

  async function serve(pipe: PipeTransform): Promise<OrderService> {
    const prepare = (app: INestMicroservice) => void app.useGlobalPipes(pipe);
    const url = urlOf(await apps.microservice({ controllers: [OrderController] }, {}, prepare));
    @Injectable()
    class Consumer {
      @DubboReference(OrderService, { url })
      readonly orders!: OrderService;
    }
    return (await apps.microservice({ providers: [Consumer] })).get(Consumer).orders;
  }

  it.each([{}, { transform: true }, { transform: true, transformOptions: { enableImplicitConversion: true } }])(
    'validates a DTO and leaves its values as they are, with %o',
    async (options) => {
      const orders = await serve(new ValidationPipe(options));
      expect(await orders.put(order())).toEqual(order());
      await expect(orders.put(order({ name: 'far too long a name' }))).rejects.toThrow('Bad Request Exception');
      await expect(orders.put(order({ id: -1n }))).rejects.toThrow('Bad Request Exception');
      const bad = Object.assign(new Line(), { count: -1, price: BigDecimal.of('1') });
      await expect(orders.put(order({ lines: [bad] }))).rejects.toThrow('Bad Request Exception');
    },
  );

  it("keeps the user's own @Transform", async () => {
    const orders = await serve(new ValidationPipe({ transform: true }));
    expect((await orders.put(order({ note: '  trimmed ' }))).note).toBe('trimmed');
  });

  it('leaves byte[], BigDecimal, bigint, texts, numbers and sets alone', async () => {
    const orders = await serve(new ValidationPipe({ transform: true, whitelist: true }));
    const values = [
      new Uint8Array([1, 2, 255]),
      BigDecimal.of('1.20'),
      9_007_199_254_740_993n,
      '12',
      12,
      new Set(['a']),
    ] as const;
    expect(await orders.scalars(...values)).toEqual([...values]);
  });
});
