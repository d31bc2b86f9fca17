import { describe, expect, it } from 'vitest';
import {
  ClassFilter,
  Decoder,
  HessianError,
  java,
  JavaClass,
  JavaException,
  JavaField,
  JavaObject,
  type ClassFilterOptions,
  type DecoderOptions,
  type Ref,
  type TypeLike,
} from '../index.js';

// One file for what the decoder promises, since all of it is told in hex by the same few helpers.
@JavaClass('test.Node')
class Node {
  @JavaField(java.string) name!: string;
  @JavaField(java.int) count!: number;
  @JavaField(java.lazy(() => Node)) next!: Ref<Node> | null;
}

@JavaClass('test.SubNode')
class SubNode extends Node {
  @JavaField(java.boolean) sub!: boolean;
}

@JavaClass('test.Failure')
class Failure extends JavaException {
  @JavaField(java.long) id!: bigint;
}

const text = (value: string): string =>
  Buffer.from(value.length < 32 ? [value.length] : [0x30, value.length]).toString('hex') +
  Buffer.from(value).toString('hex');
const define = (name: string, ...fields: string[]): string =>
  `43${text(name)}${(0x90 + fields.length).toString(16)}${fields.map(text).join('')}`;

function decode(hex: string, type?: TypeLike, options?: DecoderOptions): unknown {
  return new Decoder(Buffer.from(hex, 'hex'), options).read(type as TypeLike);
}

describe('reading with a type', () => {
  it('takes every form of a list that Java sends', () => {
    const arrayList = text('java.util.ArrayList');
    const forms = [
      `72${arrayList}e1e2`,
      '7ae1e2',
      `56${arrayList}92e1e2`,
      '5892e1e2',
      `55${arrayList}e1e25a`,
      '57e1e25a',
      `72${text('[long')}e1e2`,
      `72${text('java.util.HashSet')}e1e2`,
    ];
    for (const form of forms) {
      expect(decode(form, java.list(java.long))).toEqual([1n, 2n]);
      expect(decode(form, java.set(java.long))).toEqual(new Set([1n, 2n]));
      expect(decode(form, java.array(java.long))).toEqual([1n, 2n]);
    }
  });

  it('widens numbers and never cuts them', () => {
    expect(decode('91', java.long)).toBe(1n);
    expect(decode('e1', java.int)).toBe(1);
    expect(decode('91', java.double)).toBe(1);
    expect(decode('5c', java.int)).toBe(1);
    expect(() => decode('5f000005dc', java.int)).toThrow(/expected int, an integer .*, got number 1.5/);
    expect(() => decode('4c0000000080000000', java.int)).toThrow(/got bigint 2147483648n/);
    expect(() => decode('c830', java.byte)).not.toThrow();
    expect(() => decode('c880', java.byte)).toThrow(/expected byte.*128/);
    expect(() => decode('4c0020000000000001', java.long.asNumber)).toThrow(/a safe integer/);
    expect(decode('4c0020000000000001', java.long.asString)).toBe('9007199254740993');
  });

  it('gives null for any reference and refuses it for primitives', () => {
    for (const type of [java.string, java.Integer, java.list(java.int), Node, java.date, java.bytes, java.bigDecimal])
      expect(decode('4e', type)).toBeNull();
    expect(() => decode('4e', java.int)).toThrow(/a primitive is never null/);
    expect(decode('4e', java.void)).toBeUndefined();
  });

  it('reads an instance by field names, drops unknown fields, fills missing ones with Java defaults', () => {
    const node = decode(`${define('test.Node', 'extra', 'name')}60${'7991'}${text('a')}`, Node);
    expect(node).toBeInstanceOf(Node);
    expect(node).toEqual({ name: 'a', count: 0, next: null });
  });

  it('reads a subclass as itself, and an unknown class or a map as the class expected', () => {
    const sub = decode(`${define('test.SubNode', 'sub', 'name')}6054${text('a')}`, Node);
    expect(sub).toBeInstanceOf(SubNode);
    const foreign = decode(`${define('test.Renamed', 'name')}60${text('a')}`, Node);
    expect(foreign).toBeInstanceOf(Node);
    const fromMap = decode(
      `48${text('name')}${text('a')}${text('class')}${text('test.Node')}${text('count')}935a`,
      Node,
    );
    expect(fromMap).toBeInstanceOf(Node);
    expect(fromMap).toEqual({ name: 'a', count: 3, next: null });
  });

  it('makes instances by a constructor without arguments, and without calling one that takes some', () => {
    @JavaClass('test.WithDefault')
    class WithDefault {
      @JavaField(java.int) count = 5;
      @JavaField(java.int) other!: number;
    }
    @JavaClass('test.WithArguments')
    class WithArguments {
      @JavaField(java.string) readonly name: string;
      constructor(name: string) {
        this.name = name.trim();
      }
    }
    @JavaClass('test.Failing')
    class Failing {
      @JavaField(java.int) count!: number;
      constructor() {
        throw new Error('no');
      }
    }
    expect(decode(`${define('test.WithDefault', 'other')}6091`, WithDefault)).toEqual({ count: 5, other: 1 });
    const made = decode(`${define('test.WithArguments', 'name')}60${text('a')}`, WithArguments);
    expect(made).toBeInstanceOf(WithArguments);
    expect(made).toEqual({ name: 'a' });
    const failing = `${define('test.Failing', 'count')}6091`;
    expect(() => decode(failing, Failing)).toThrow('the constructor of Failing fails: Error: no');
    expect(() => decode(failing, Failing)).toThrow(HessianError);
  });

  it('reads an enum constant from its object or its name', () => {
    const color = java.enum('test.Color', ['RED', 'GREEN']);
    expect(decode(`${define('test.Color', 'name')}60${text('RED')}`, color)).toBe('RED');
    expect(decode(text('GREEN'), color)).toBe('GREEN');
    expect(() => decode(text('BLUE'), color)).toThrow(/expected test.Color, one of RED, GREEN, got string 'BLUE'/);
  });

  it('tells the path to a wrong value', () => {
    const hex = `7a${define('test.Node', 'name')}60${text('a')}6091`;
    expect(() => new Decoder(Buffer.from(hex, 'hex')).read(java.list(Node), 'argument 0')).toThrow(
      'argument 0[1].name: expected java.lang.String, a string, got number 1 (at byte 22)',
    );
    expect(() => decode(hex, java.list(Node))).toThrow(expect.objectContaining({ path: '[1].name', offset: 22 }));
  });
});

describe('reading without a type', () => {
  it('gives longs the form asked for', () => {
    expect(decode('e1')).toBe(1n);
    expect(decode('e1', undefined, { longs: 'number' })).toBe(1);
    expect(decode('4c7fffffffffffffff', undefined, { longs: 'string' })).toBe('9223372036854775807');
    expect(() => decode('4c7fffffffffffffff', undefined, { longs: 'number' })).toThrow(/no safe integer/);
  });

  it('gives an instance of a declared class and a holder of any other', () => {
    expect(decode(`${define('test.Node', 'name')}60${text('a')}`)).toBeInstanceOf(Node);
    const holder = decode(`${define('test.Unknown', 'b', 'a', 'b')}60919293`) as JavaObject;
    expect(holder).toBeInstanceOf(JavaObject);
    expect([holder.javaName, holder.names, holder.values]).toEqual(['test.Unknown', ['b', 'a', 'b'], [1, 2, 3]]);
    expect(holder.get('b')).toBe(3);
    const asHolder = decode(`${define('test.Node', 'name')}60${text('a')}`, undefined, { holders: true });
    expect(asHolder).toBeInstanceOf(JavaObject);
  });

  it('gives a Map when a key is no string, also where the map refers to itself before', () => {
    const map = decode(`48${text('self')}519091${text('v')}5a`) as Map<unknown, unknown>;
    expect([...map.keys()]).toEqual(['self', 1]);
    expect(map.get('self')).toBe(map);
  });

  it('reads maps whose key that is no string comes late once, however deep they nest', () => {
    const depth = 400;
    const big = `57${'90'.repeat(50_000)}5a`;
    const wire = (last: (level: number) => string) => {
      const levels = Array.from({ length: depth }, (_, level) => `${last(level)}90905a`).reverse();
      return `48${text('a')}`.repeat(depth) + big + levels.join('');
    };
    let inner = decode(wire(() => ''));
    for (let level = 0; level < depth; level++) {
      expect([...(inner as Map<unknown, unknown>).keys()]).toEqual(['a', 0]);
      inner = (inner as Map<unknown, unknown>).get('a');
    }
    expect(inner).toHaveLength(50_000);
    const int = (value: number) => `49${value.toString(16).padStart(8, '0')}`;
    const refersToItself = wire((level) => `${text('self')}51${int(level)}`);
    expect(() => decode(refersToItself)).toThrow('maps that refer to themselves');
  });

  it('is not harmed by keys such as __proto__', () => {
    const object = decode(`48${text('__proto__')}48${text('evil')}545a${text('constructor')}915a`) as object;
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
    expect(Object.keys(object)).toEqual(['__proto__', 'constructor']);
    expect(({} as { evil?: unknown }).evil).toBeUndefined();
  });
});

describe('references', () => {
  it('keep identity, counting lists, maps and objects where they start', () => {
    const [list, map, again] = decode(`7b7848${text('k')}51915a5192`) as [unknown[], { k: unknown }, unknown];
    expect(list).toEqual([]);
    expect(map.k).toBe(list);
    expect(again).toBe(map);
  });

  it('close cycles between instances', () => {
    const node = decode(`${define('test.Node', 'name', 'next')}60${text('a')}60${text('b')}5190`, Node) as Node;
    expect(node.next!.next).toBe(node);
  });

  it('serve a second time under another type as an adapted copy', () => {
    const decoder = new Decoder(Buffer.from('7ae1e2' + '5190' + '5190', 'hex'));
    const first = decoder.read();
    expect(decoder.read(java.set(java.long.asNumber))).toEqual(new Set([1, 2]));
    expect(decoder.read(java.any)).toBe(first);
  });

  it('are counted as the peer counts them after what the lines of hessian-lite count differently', () => {
    const uri = `${define('java.net.URI', 'string')}60${text('a:b')}`;
    const list = (index: string): string => `7b${uri}799151${index}`;
    expect(decode(list('92'), undefined, { hessianLite: '3.2' })).toMatchObject([{ value: 'a:b' }, [1], [1]]);
    expect(decode(list('91'), undefined, { hessianLite: '4.0' })).toMatchObject([{ value: 'a:b' }, [1], [1]]);
    expect(() => decode(list('91'))).toThrow(/hessian-lite 3.2 and 4.0 count differently/);
    expect(() => decode(`7b7991${uri}5191`)).not.toThrow();

    const calendar = `${define('com.alibaba.com.caucho.hessian.io.CalendarHandle', 'date', 'type')}604b000000004e`;
    const again = decode(`7b${calendar}51927991`, undefined, { hessianLite: '4.0' });
    expect(again).toMatchObject([{ value: new Date(0) }, { value: new Date(0) }, [1]]);

    const address = `${define('java.net.InetSocketAddress', 'hostName', 'addr', 'port')}60${text('h')}4e91`;
    expect(decode(`7b${address}79915191`)).toMatchObject([{ javaName: 'java.net.InetSocketAddress' }, [1], [1]]);
  });

  it('fail beyond the table', () => {
    expect(() => decode('5190')).toThrow(/reference to value 0, 0 values are known/);
    expect(() => decode('51')).toThrow(HessianError);
    expect(() => decode('514e')).toThrow(HessianError);
  });
});

describe('exceptions', () => {
  const trace = `71${text('[java.lang.StackTraceElement')}${define(
    'java.lang.StackTraceElement',
    'declaringClass',
    'methodName',
    'fileName',
    'lineNumber',
  )}61${text('C')}${text('m')}${text('F.java')}99`;

  it('of a declared class are its instances, with message, cause, frames and fields', () => {
    const names = ['suppressedExceptions', 'stackTrace', 'cause', 'detailMessage', 'id'];
    const failure = decode(
      `430c${Buffer.from('test.Failure').toString('hex')}95${names.map(text).join('')}6078${trace}5190${text('no')}e7`,
    );
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toBeInstanceOf(Error);
    expect(failure).toMatchObject({
      className: 'test.Failure',
      message: 'no',
      id: 7n,
      name: 'test.Failure',
    });
    const { javaStackTrace, stack } = failure as Failure;
    expect(javaStackTrace).toEqual([{ className: 'C', methodName: 'm', fileName: 'F.java', lineNumber: 9 }]);
    expect(stack).toBe('test.Failure: no\n    at C.m (F.java:9)');
  });

  it('lose frames that are null', () => {
    const failure = decode(`${define('a.NullFrameException', 'detailMessage', 'stackTrace')}604e794e`);
    expect((failure as JavaException).javaStackTrace).toEqual([]);
  });

  it('of another class keep class name and fields', () => {
    const failure = decode(`${define('a.NotFoundException', 'detailMessage', 'id')}604e97`);
    expect(failure).toBeInstanceOf(JavaException);
    expect(failure).toMatchObject({ className: 'a.NotFoundException', message: '', fields: { id: 7 } });
  });

  it('keep their chain of causes', () => {
    const chain = decode(`${define('a.BException', 'detailMessage', 'cause')}60${text('o')}60${text('i')}5191`);
    expect((chain as { cause: Error }).cause.cause).toBeUndefined();
    expect(chain).toMatchObject({ message: 'o', cause: { message: 'i' } });
  });
});

describe('hostile bytes', () => {
  it.each([
    ['a length beyond the input', '5849000fffff'],
    ['a negative length', '588f'],
    ['a string beyond the input', '53ffff61'],
    ['half an int', '4900'],
    ['an end alone', '5a'],
    ['an unused opcode', '40'],
    ['a map without end', '480161'],
    ['an object of no class', '60'],
    ['a type name that was not given', '7195'],
    ['a bad byte in a string', '01ff'],
    ['a character cut off', '02e4b8'],
    ['a character of four bytes', '02f09f9880'],
    ['fields beyond the input', `43${text('A')}49000fffff`],
    ['nothing', ''],
  ])('%s fails', (_, hex) => {
    expect(() => decode(hex)).toThrow(HessianError);
  });

  it('fail when nested too deep, whatever nests', () => {
    const levels = 100_000;
    for (const opening of ['79', '57', '4801' + '61', `71${text('a.B')}`.slice(0, 2) + '90'])
      expect(() => decode(`${opening === '7190' ? `71${text('a.B')}` : ''}${opening.repeat(levels)}`)).toThrow(
        /nested deeper than 500 levels/,
      );
    expect(() => decode(`${define('test.Node', 'next')}${'60'.repeat(levels)}`, Node)).toThrow(/nested deeper/);
    expect(() => decode(`${'4300'.padEnd(4, '0')}90`.repeat(levels))).toThrow(/more than 10000 class definitions/);
  });

  it('fail at every truncation', () => {
    const whole = `7b${define('test.Node', 'name', 'next')}60${text('a')}5191${text('hello')}48${text('k')}4c00000000800000005a`;
    const bytes = Buffer.from(whole, 'hex');
    expect(decode(whole)).toHaveLength(3);
    for (let length = 0; length < bytes.length; length++)
      expect(() => new Decoder(bytes.subarray(0, length)).read()).toThrow(HessianError);
  });
});

describe('limits', () => {
  const many = '91'.repeat(20);
  it.each<[string, string, DecoderOptions]>([
    ['bytes', many, { maxBytes: 10 }],
    ['items of a list', `58a4${many}`, { maxItems: 10 }],
    ['items of a list without length', `57${many}5a`, { maxItems: 10 }],
    ['entries of a map', '48919192915a', { maxItems: 1 }],
    ['entries of a map of strings', `48${'016191'.repeat(10)}5a`, { maxItems: 9 }],
    ['units of a string in chunks', '520004616161610161', { maxLength: 3 }],
    ['bytes of a binary in chunks', '41000401020304220102', { maxLength: 3 }],
    ['references', '7a7878', { maxReferences: 2 }],
    ['levels', '797978', { maxDepth: 2 }],
    ['class definitions', `${define('A')}${define('B')}60`, { maxClasses: 1 }],
  ])('on %s', (_, hex, options) => {
    const read = (limits?: DecoderOptions): unknown => {
      const decoder = new Decoder(Buffer.from(hex, 'hex'), limits);
      return decoder.read();
    };
    expect(() => read()).not.toThrow();
    expect(() => read(options)).toThrow(HessianError);
  });
});

describe('the class filter', () => {
  const unknown = `${define('evil.Gadget', 'a')}6091`;
  const read = (hex: string, options: ClassFilterOptions): unknown =>
    decode(hex, undefined, { classes: new ClassFilter(options) });

  it('lets undeclared classes through as holders, telling each once', () => {
    const told: string[] = [];
    const classes = new ClassFilter({ onUnlisted: (name) => told.push(name), allow: ['good.'] });
    expect(decode(unknown, undefined, { classes })).toBeInstanceOf(JavaObject);
    expect(decode(unknown, undefined, { classes })).toBeInstanceOf(JavaObject);
    expect(decode(`${define('good.Thing', 'a')}6091`, undefined, { classes })).toBeInstanceOf(JavaObject);
    expect(told).toEqual(['evil.Gadget']);
  });

  it("refuses them when strict, unless allowed, declared or the JDK's", () => {
    expect(() => read(unknown, { check: 'strict' })).toThrow(/class evil.Gadget is not on the allow-list/);
    expect(() => read(unknown, { check: 'strict', allow: ['evil.'] })).not.toThrow();
    expect(() => read(`${define('test.Node', 'name')}604e`, { check: 'strict' })).not.toThrow();
    expect(() => read(`${define('java.math.BigDecimal', 'value')}600131`, { check: 'strict' })).not.toThrow();
    const color = java.enum('test.Color', ['RED']);
    const classes = new ClassFilter({ check: 'strict' });
    expect(decode(`${define('test.Color', 'name')}6003524544`, color, { classes })).toBe('RED');
  });

  it('refuses what is denied, inner classes too, unless disabled', () => {
    const inner = `${define('evil.Gadget$Inner', 'a')}6091`;
    expect(() => read(inner, { deny: ['evil.Gadget.'] })).toThrow(/deny-list/);
    expect(() => read(inner, { deny: ['evil.'], check: 'disable' })).not.toThrow();
    expect(() => new ClassFilter({ check: 'STRICT' as never })).toThrow(/none of strict, warn, disable/);
  });
});
