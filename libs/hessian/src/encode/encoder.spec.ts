import { describe, expect, it } from 'vitest';
import {
  BigDecimal,
  Decoder,
  Encoder,
  HessianError,
  java,
  JavaClass,
  JavaException,
  JavaField,
  JavaObject,
  type Ref,
  type TypeLike,
} from '../index.js';

// One file for what the encoder promises, since all of it uses the same few classes.
@JavaClass('test.Person')
class Person {
  @JavaField(java.string) name!: string;
  @JavaField(java.int) age!: number;
  @JavaField(java.lazy(() => Person)) friend!: Ref<Person> | null;
  @JavaField(java.list(java.string)) tags?: string[];
}

@JavaClass('test.Employee')
class Employee extends Person {
  @JavaField(java.bigDecimal) pay!: BigDecimal;
}

@JavaClass('test.Refused')
class Refused extends JavaException {
  @JavaField(java.int) code!: number;
}

function encode(value: unknown, type?: TypeLike): string {
  const encoder = new Encoder();
  encoder.write(value, type);
  return Buffer.from(encoder.finish()).toString('hex');
}

function roundTrip(value: unknown, type?: TypeLike): unknown {
  return new Decoder(Buffer.from(encode(value, type), 'hex')).read(type as TypeLike);
}

describe('writing without a type', () => {
  it('chooses the Java type by the value', () => {
    expect(encode(1)).toBe('91');
    expect(encode(2 ** 31)).toBe('4c0000000080000000');
    expect(encode(-0)).toBe('5b');
    expect(encode(1.5)).toBe('5f000005dc');
    expect(encode(2 ** 53)).toBe('444340000000000000');
    expect(encode(1n)).toBe('e1');
    expect(encode(undefined)).toBe('4e');
    expect(encode(java.double(1))).toBe('5c');
    expect(encode(java.list(java.long) && [java.long(1n)])).toBe('79e1');
    expect(encode({ a: new Map([[1, 2]]) })).toBe('48016148' + '9192' + '5a5a');
  });

  it('refuses what Java has no type for, telling the path', () => {
    class Bare {}
    expect(() => encode({ a: [new Bare()] })).toThrow('.a[0]: the class of a Bare has no @JavaClass');
    expect(() => encode(() => 1)).toThrow(/no Java counterpart/);
    expect(() => encode(Symbol('x'))).toThrow(/no Java counterpart/);
    expect(() => encode(2n ** 63n)).toThrow(/java\.bigInteger/);
    expect(() => encode(new Date(Number.NaN))).toThrow(/invalid/);
    expect(() => encode(new Error('x'))).toThrow(/throw a JavaException/);
  });

  it('writes an instance of a declared class with its own types', () => {
    const person = Object.assign(new Person(), { name: 'a', age: 3, friend: null, tags: [] });
    expect(roundTrip(person)).toEqual(person);
    expect(roundTrip(person)).toBeInstanceOf(Person);
  });
});

describe('writing with a type', () => {
  const cases: [TypeLike, unknown, RegExp][] = [
    [java.long, 1, /expected long, a bigint of 64 bits, got number 1/],
    [java.long, 2n ** 63n, /got bigint 9223372036854775808n/],
    [java.long.asNumber, 2 ** 53, /a safe integer, got number 9007199254740992/],
    [java.long.asString, '1e3', /decimal text of 64 bits/],
    [java.int, 2 ** 31, /got number 2147483648/],
    [java.int, Number.NaN, /got number NaN/],
    [java.int, 1.5, /got number 1.5/],
    [java.int, null, /a primitive is never null/],
    [java.int, undefined, /got undefined/],
    [java.byte, 128, /from -128 to 127/],
    [java.char, 'ab', /one UTF-16 unit/],
    [java.float, 1e300, /within the range of a float/],
    [java.string, 1, /expected java.lang.String, a string, got number 1/],
    [java.boolean, 1, /true or false/],
    [java.date, '2020', /a valid Date/],
    [java.bytes, [1], /a Uint8Array, got an array of 1/],
    [java.bigDecimal, 1, /a BigDecimal, got number 1/],
    [java.list(java.string), new Set(['a']), /an array, got a Set/],
    [java.set(java.string), ['a'], /a Set, got an array/],
    [java.map(java.int, java.string), { 1: 'a' }, /a Map, got a plain object/],
    [java.enum('test.E', ['A']), 'B', /one of A, got string 'B'/],
    [Person, 'x', /a Person or a plain object with its fields, got string 'x'/],
    [Person, new Date(0), /got Date/],
    [java.uuid, 'x', /a UUID/],
  ];
  it.each(cases)('refuses a wrong value of %s: %s', (type, value, message) => {
    expect(() => encode(value, type)).toThrow(message);
    expect(() => encode(value, type)).toThrow(HessianError);
  });

  it('tells the path', () => {
    const encoder = new Encoder();
    expect(() => encoder.write({ name: 'a', age: 1, tags: ['a', 2] }, Person, 'argument 0 ')).toThrow(
      'argument 0 .tags[1]: expected java.lang.String, a string, got number 2',
    );
  });

  it('takes a plain object for a class, optional fields left out', () => {
    expect(roundTrip({ name: 'a', age: 1 }, Person)).toEqual({ name: 'a', age: 1, friend: null, tags: null });
    expect(() => encode({ name: 'a' }, Person)).toThrow('.age: expected int');
  });

  it('writes an instance of a subclass as what it is', () => {
    const employee = Object.assign(new Employee(), { name: 'a', age: 1, friend: null, pay: BigDecimal.of('1.20') });
    const back = roundTrip(employee, Person);
    expect(back).toBeInstanceOf(Employee);
    expect((back as Employee).pay.equals(BigDecimal.of('1.20'))).toBe(true);
  });

  it('takes a plain object for a map of strings', () => {
    expect(roundTrip({ a: 1 }, java.map(java.string, java.int))).toEqual(new Map([['a', 1]]));
  });

  it('widens a primitive float and shortens a boxed one', () => {
    expect(roundTrip(0.1, java.float)).toBe(Math.fround(0.1));
    expect(encode(0.1, java.Float)).toBe('5f00000064');
    expect(roundTrip(0.1, java.Float)).toBe(Math.fround(0.1));
  });

  it('names arrays, collections and maps as Java does', () => {
    expect(encode([1], java.as('java.util.Collection', java.list(java.int)))).toBe('7991');
    const sorted = encode(new Set([1]), java.as('java.util.SortedSet', java.set(java.int)));
    expect(Buffer.from(sorted, 'hex').toString('latin1')).toContain('java.util.TreeSet');
    expect(encode([1, -1], java.array(java.byte))).toBe('2201ff');
    expect(roundTrip([1, -1], java.array(java.byte))).toEqual([1, -1]);
    expect(roundTrip(['a', '\ud800'], java.array(java.char))).toEqual(['a', '\ud800']);
  });
});

describe('references', () => {
  it('are written for cycles only; what is shared is copied', () => {
    const shared = [1];
    expect(encode([shared, shared])).toBe('7a79917991');
    const cycle: unknown[] = [];
    cycle.push(cycle, [cycle]);
    expect(encode(cycle)).toBe('7a5190' + '79' + '5190');
  });

  it('close cycles through instances, maps and sets', () => {
    const person: Person = Object.assign(new Person(), { name: 'a', age: 1 });
    person.friend = Object.assign(new Person(), { name: 'b', age: 2, friend: person });
    const back = roundTrip(person, Person) as Person;
    expect(back.friend!.friend).toBe(back);
    const map = new Map<unknown, unknown>();
    map.set(1, new Set([map]));
    const again = roundTrip(map) as Map<unknown, Set<unknown>>;
    expect([...again.get(1)!][0]).toBe(again);
  });

  it('count what Java counts before a cycle closes', () => {
    const list: unknown[] = [BigDecimal.of(1), java.bigInteger(1n), ['x'], new Date(0), 'text'];
    list.push(list);
    const nested = [0, list];
    const back = roundTrip(nested) as [number, unknown[]];
    expect(back[1][5]).toBe(back[1]);
  });
});

describe('exceptions', () => {
  it('carry message, cause, frames and fields to Java and back', () => {
    const cause = new JavaException('inner', { className: 'a.B' });
    const frame = { className: 'C', methodName: 'm', fileName: null, lineNumber: -2 };
    const refused = Object.assign(new Refused('outer', { cause, stackTrace: [frame] }), { code: 7 });
    const back = roundTrip(refused) as Refused;
    expect(back).toBeInstanceOf(Refused);
    expect(back).toMatchObject({ message: 'outer', code: 7, className: 'test.Refused' });
    expect(back.javaStackTrace).toEqual([frame]);
    expect(back.cause).toMatchObject({ className: 'a.B', message: 'inner' });
  });

  it('of an undeclared class keep their fields; a plain Error as cause becomes a RuntimeException', () => {
    const thrown = new JavaException('m', { className: 'a.X', fields: { id: 7n }, cause: new TypeError('t') });
    expect(roundTrip(thrown)).toMatchObject({
      className: 'a.X',
      message: 'm',
      fields: { id: 7n },
      cause: { className: 'java.lang.RuntimeException', message: 'TypeError: t' },
    });
  });

  it('of an undeclared subclass are written as the nearest declared class, with its fields', () => {
    class Local extends Refused {}
    const back = roundTrip(Object.assign(new Local('l'), { code: 3 }));
    expect(back).toBeInstanceOf(Refused);
    expect(back).toMatchObject({ className: 'test.Refused', message: 'l', code: 3 });
  });

  it('tell an absent message from an empty one', () => {
    expect(Object.hasOwn(roundTrip(new JavaException()) as object, 'message')).toBe(false);
  });
});

describe('the encoder', () => {
  it('leaves room for a header, grows, and tells its length', () => {
    const encoder = new Encoder({ reserve: 16 });
    expect(encoder.length).toBe(16);
    encoder.writeString('a'.repeat(100_000));
    encoder.writeString(null);
    encoder.writeInt(5);
    encoder.writeMap({ a: 'b', left: undefined });
    encoder.writeRaw(Uint8Array.of(0x4e));
    const bytes = encoder.finish();
    expect(bytes).toHaveLength(encoder.length);
    const decoder = new Decoder(bytes.subarray(16));
    expect(decoder.readString()).toHaveLength(100_000);
    expect(decoder.readString()).toBeNull();
    expect(decoder.readInt()).toBe(5);
    expect(decoder.read()).toEqual({ a: 'b' });
    expect(decoder.read()).toBeNull();
    expect(decoder.remaining).toBe(0);
  });

  it('defines a class and names a type once in a body', () => {
    const encoder = new Encoder();
    const color = () => java.enum('test.Color', ['RED']);
    encoder.write('RED', color());
    encoder.write('RED', color());
    encoder.write(new JavaObject('test.Color', { name: 'RED' }));
    const text = Buffer.from(encoder.finish()).toString('latin1');
    expect(text.split('test.Color')).toHaveLength(2);
  });

  it('cuts strings and binaries into chunks that Java takes', () => {
    const pair = `${'a'.repeat(32767)}\u{1f600}`;
    expect(encode(pair).slice(0, 6)).toBe('527fff');
    expect(roundTrip(pair)).toBe(pair);
    expect(encode('a'.repeat(32768)).slice(0, 6)).toBe('538000');
    const bytes = Uint8Array.from({ length: 100_000 }, (_, at) => at);
    expect(roundTrip(bytes)).toEqual(bytes);
  });

  it('is bounded in bytes and depth', () => {
    const small = new Encoder({ maxBytes: 2000 });
    expect(() => small.write('a'.repeat(3000))).toThrow(/the output exceeds 2000 bytes/);
    let deep: unknown[] = [];
    for (let level = 0; level < 100_000; level++) deep = [deep];
    expect(() => encode(deep)).toThrow(/nested deeper than 500 levels/);
  });
});

describe('many classes in one body', () => {
  it('are defined once each, whether declared, held or thrown', () => {
    const encoder = new Encoder();
    const names = Array.from({ length: 40 }, (_, at) => `test.Many${at}`);
    for (let round = 0; round < 2; round++)
      for (const name of names) {
        encoder.write('A', java.enum(name, ['A']));
        encoder.write(new JavaObject(name, { name: 'A' }));
        encoder.write(new JavaException('m', { className: `${name}Exception` }));
      }
    const bytes = encoder.finish();
    for (const name of names) expect(Buffer.from(bytes).toString('latin1').split(`${name}\x91`)).toHaveLength(2);
    const decoder = new Decoder(bytes);
    for (let round = 0; round < 2; round++)
      for (const name of names) {
        expect(decoder.read(java.enum(name, ['A']))).toBe('A');
        expect(decoder.read()).toMatchObject({ javaName: name });
        expect(decoder.read()).toMatchObject({ className: `${name}Exception` });
      }
    expect(decoder.remaining).toBe(0);
  });
});
