import { describe as suite, expect, expectTypeOf, it } from 'vitest';
import type { BigDecimal } from './big-decimal.js';
import { declareInterface } from './declarations.js';
import { JavaClass, JavaField } from './java-class.js';
import type { JavaType, ReferenceType, Ref, ValueOf } from './java-type.js';
import { java } from './java.js';
import { describe, typeOf } from './type-of.js';

@JavaClass('com.acme.Comment')
class Comment {
  @JavaField(java.long) id!: bigint;
  @JavaField(java.list(java.string)) tags!: string[];
  @JavaField(java.date) createdAt!: Date | null;
  @JavaField(() => Comment) parent!: Comment | null;
}

@JavaClass('com.acme.Page')
class Page<T> {
  @JavaField(java.list(java.variable(0))) items!: T[];
}

@JavaClass('com.acme.Order')
class Order {
  @JavaField(java.lazy(() => Item)) first!: Ref<Item>;
}

@JavaClass('com.acme.Item')
class Item {
  @JavaField(java.double) price!: number;
}

suite('the java vocabulary', () => {
  it('knows the names and descriptors of Java', () => {
    const names = [
      java.long,
      java.Long,
      java.list(java.string),
      java.array(java.long),
      java.array(java.string),
      java.array(java.array(java.int)),
      java.array(Comment),
      java.bytes,
      typeOf(Comment),
      java.as('java.util.Collection', java.list(Comment)),
      java.enum('com.acme.State', ['OPEN', 'DONE']),
      java.lazy(() => Item),
      java.any,
      java.void,
    ].map(({ javaName, descriptor, primitive }) => [javaName, descriptor, primitive]);
    expect(names).toEqual([
      ['long', 'J', true],
      ['java.lang.Long', 'Ljava/lang/Long;', false],
      ['java.util.List', 'Ljava/util/List;', false],
      ['[J', '[J', false],
      ['[Ljava.lang.String;', '[Ljava/lang/String;', false],
      ['[[I', '[[I', false],
      ['[Lcom.acme.Comment;', '[Lcom/acme/Comment;', false],
      ['[B', '[B', false],
      ['com.acme.Comment', 'Lcom/acme/Comment;', false],
      ['java.util.Collection', 'Ljava/util/Collection;', false],
      ['com.acme.State', 'Lcom/acme/State;', false],
      ['com.acme.Item', 'Lcom/acme/Item;', false],
      ['java.lang.Object', 'Ljava/lang/Object;', false],
      ['void', 'V', true],
    ]);
  });

  it('boxes primitives inside generics, not inside arrays', () => {
    expect(describe(java.list(java.long))).toBe('java.util.List<java.lang.Long>');
    expect(describe(java.map(java.int, java.set(java.double)))).toBe(
      'java.util.Map<java.lang.Integer, java.util.Set<java.lang.Double>>',
    );
    expect(describe(java.array(java.long))).toBe('long[]');
    expect(describe(java.of(Page<Comment>, Comment))).toBe('com.acme.Page<com.acme.Comment>');
  });

  it('carries the TypeScript type of a value', () => {
    expectTypeOf<ValueOf<typeof java.long>>().toEqualTypeOf<bigint>();
    expectTypeOf<ValueOf<typeof java.long.asNumber>>().toEqualTypeOf<number>();
    expectTypeOf<ValueOf<typeof java.void>>().toEqualTypeOf<void>();
    expectTypeOf<ValueOf<typeof java.any>>().toEqualTypeOf<unknown>();
    expectTypeOf<ValueOf<typeof Comment>>().toEqualTypeOf<Comment>();
    expectTypeOf(java.list(Comment)).toEqualTypeOf<ReferenceType<Comment[]>>();
    expectTypeOf(java.map(java.string, java.nullable(java.date))).toEqualTypeOf<
      ReferenceType<Map<string, Date | null>>
    >();
    expectTypeOf(java.nullable(Comment)).toEqualTypeOf<ReferenceType<Comment | null>>();
    expectTypeOf(java.enum('S', ['A', 'B'])).toEqualTypeOf<ReferenceType<'A' | 'B'>>();
    expectTypeOf(java.of(Page<Comment>, Comment)).toEqualTypeOf<ReferenceType<Page<Comment>>>();
    expectTypeOf<ValueOf<typeof java.bigDecimal>>().toEqualTypeOf<BigDecimal>();
    expectTypeOf(java.lazy(() => Order)).toEqualTypeOf<ReferenceType<Order>>();
    expectTypeOf<JavaType<string>>().toExtend<JavaType>();
  });

  it('refuses at once what cannot be a type', () => {
    class Bare {}
    expect(() => typeOf(Bare)).toThrow(/class Bare has no @JavaClass/);
    expect(() => java.list(Bare)).toThrow(/class Bare has no @JavaClass/);
    expect(() => java.list(undefined as unknown as typeof Comment)).toThrow(/cyclic import.*java\.lazy/);
    expect(() => java.nullable(java.int as never)).toThrow(/a primitive is never null/);
    expect(() => java.list(java.void)).toThrow(/void cannot be a generic argument/);
    expect(() => java.callback(Bare)).toThrow(/Bare is no Dubbo interface/);
  });

  it('has callbacks as whole parameters only', () => {
    class Listener {}
    declareInterface(Listener, 'com.acme.Listener');
    const callback = java.callback(Listener);
    expect(callback.descriptor).toBe('Lcom/acme/Listener;');
    expect(callback.shape).toEqual({ kind: 'callback', contract: Listener, release: false });
    expect(java.callback(Listener, { release: true }).shape).toMatchObject({ release: true });
    const whole = /java\.callback of com\.acme\.Listener is the type of a whole parameter only/;
    expect(() => java.list(callback)).toThrow(whole);
    expect(() => java.map(java.string, callback)).toThrow(whole);
    expect(() => java.array(callback)).toThrow(whole);
    expect(() => java.of(Page<Listener>, callback)).toThrow(whole);
    expect(() => {
      class Holder {
        @JavaField(callback) listener!: Listener;
      }
      return Holder;
    }).toThrow(whole);
    expect(() => java.nullable(callback)).toThrow(/Dubbo knows no null there/);
  });

  it('does not compile a field whose property has another type', () => {
    class Wrong {
      // @ts-expect-error a long is a bigint
      @JavaField(java.long) id!: number;
      // @ts-expect-error a list holds what its element says
      @JavaField(java.list(Item)) items!: string[];
    }
    expect(new Wrong()).toBeInstanceOf(Wrong);
  });
});
