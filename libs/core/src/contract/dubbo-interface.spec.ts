import { JavaClass, JavaException, JavaField, java } from '@nestjs-dubbo/hessian';
import { describe, expect, it } from 'vitest';
import { contractOf, declaredContract, findContract } from './contract.js';
import { DubboInterface } from './dubbo-interface.js';
import type { MethodTable } from './contract-check.js';

@JavaClass('com.acme.Comment')
class Comment {
  @JavaField(java.long) id!: bigint;
}

@JavaClass('com.acme.NotFound')
class NotFound extends JavaException {}

@DubboInterface('com.acme.Listener', { changed: { params: [java.string], returns: java.void } })
abstract class Listener {
  abstract changed(text: string): Promise<void>;
}

class Undecorated {
  id!: bigint;
}

@DubboInterface('com.acme.CommentService', {
  list: { params: [java.long, java.string], returns: java.list(Comment), throws: [NotFound] },
  findById: { javaName: 'find', params: [java.long], returns: Comment },
  findByName: { javaName: 'find', params: [java.string], returns: Comment },
  then_: { javaName: 'then', params: [], returns: java.void },
})
abstract class CommentService {
  abstract list(productId: bigint, author: string): Promise<Comment[]>;
  abstract findById(id: bigint): Promise<Comment>;
  abstract findByName(name: string): Promise<Comment>;
  abstract then_(): Promise<void>;
}

abstract class Extended extends CommentService {}

/** Declares a table on a class past the compiler. */
const declare = (table: MethodTable, name = 'com.acme.Other') => {
  class Broken {}
  (DubboInterface(name, table) as (target: unknown) => void)(Broken);
};

describe('DubboInterface', () => {
  it('notes name, descriptor and types of each method', () => {
    const contract = contractOf(CommentService);
    expect(contract).toMatchObject({ interface: 'com.acme.CommentService', name: 'CommentService' });
    expect([...contract.methods.values()].map((m) => `${m.name} ${m.javaName}(${m.descriptor})`)).toEqual([
      'list list(JLjava/lang/String;)',
      'findById find(J)',
      'findByName find(Ljava/lang/String;)',
      'then_ then()',
    ]);
    const list = contract.methods.get('list')!;
    expect(list.params.map((type) => type.javaName)).toEqual(['long', 'java.lang.String']);
    expect(list.returns.javaName).toBe('java.util.List');
    expect(list.throws).toEqual([NotFound]);
  });

  it('finds a contract by class and by interface name, and nothing else', () => {
    expect(findContract(CommentService)).toBe(contractOf(CommentService));
    expect(declaredContract('com.acme.CommentService')).toBe(contractOf(CommentService));
    for (const other of [Comment, undefined, 'com.acme.CommentService', {}, Extended]) {
      expect(findContract(other)).toBeUndefined();
    }
    expect(declaredContract('com.acme.Unknown')).toBeUndefined();
    expect(() => contractOf(Comment)).toThrow('Comment is no Dubbo contract');
  });

  it('refuses a class without @JavaClass, naming it and the place', () => {
    expect(() => declare({ publish: { params: [java.int, Undecorated], returns: java.void } })).toThrow(
      /Broken\.publish, parameter 2: .*Undecorated.*@JavaClass/,
    );
    expect(() => declare({ find: { params: [], returns: Undecorated } })).toThrow(
      /Broken\.find, result: .*Undecorated/,
    );
    expect(() => declare({ find: { params: [], returns: java.void, throws: [Undecorated] } })).toThrow(
      /Broken\.find, throws: .*Undecorated/,
    );
  });

  it.each(['then', 'toString', 'equals', 'hashCode', 'constructor', 'onModuleInit', 'onApplicationShutdown'])(
    'keeps %s local to the stub',
    (name) => {
      expect(() => declare({ [name]: { params: [], returns: java.void } })).toThrow(
        new RegExp(`Broken\\.${name}: .*stays local.*javaName: '${name}'`),
      );
    },
  );

  it('refuses two methods that are one to Java', () => {
    expect(() =>
      declare({
        find: { params: [java.long], returns: Comment },
        findById: { javaName: 'find', params: [java.long.asNumber], returns: Comment },
      }),
    ).toThrow('Broken: find and findById are the same Java method find(J)');
  });

  it('refuses callbacks where Dubbo has none', () => {
    const listener = java.callback(Listener);
    expect(() => declare({ find: { params: [], returns: listener } })).toThrow(
      'Broken.find, result: java.callback is a parameter only',
    );
    class Chained {}
    (DubboInterface('com.acme.Chained', { chain: { params: [listener], returns: java.void } }) as (t: unknown) => void)(
      Chained,
    );
    expect(() => declare({ find: { params: [java.int, java.callback(Chained)], returns: java.void } })).toThrow(
      'Broken.find, parameter 2: Chained takes callbacks itself, which a callback cannot',
    );
    const add = { params: [java.string, listener], returns: java.void };
    expect(() =>
      declare({ add, addName: { javaName: 'add', params: [java.string, java.int], returns: java.void } }),
    ).toThrow('Broken: add and addName are one Java name, add, but differ in the callback at parameter 2');
    expect(() =>
      declare({ add, addName: { javaName: 'add', params: [java.string], returns: java.void } }),
    ).not.toThrow();
  });

  it('refuses what is no name, no parameter list or no parameter', () => {
    expect(() => declare({}, 'com acme')).toThrow('@DubboInterface of Broken: "com acme" is no Java interface name');
    expect(() => declare({ a: { javaName: 'b.c', params: [], returns: java.void } })).toThrow(
      'Broken.a: "b.c" is no Java method name',
    );
    expect(() => declare({ a: { returns: java.void } as never })).toThrow('Broken.a: params is missing');
    expect(() => declare({ a: { params: [java.void], returns: java.void } })).toThrow(
      'Broken.a, parameter 1: java.void is a result only',
    );
  });
});
