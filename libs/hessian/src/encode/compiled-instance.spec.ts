import { afterEach, describe, expect, it, vi } from 'vitest';
import { Encoder, HessianError, java, JavaClass, JavaField, typeOf } from '../index.js';
import { BodyWriter, type Writer } from './body-writer.js';
import { compileInstanceWriter } from './compiled-instance.js';
import { hotAfter, planInstance, writePlanned } from './object.js';
import { writeUntyped } from './untyped.js';
import { writerOf } from './writer-of.js';

@JavaClass('test.HotOut')
class HotOut {
  @JavaField(java.int) count!: number;
  @JavaField(java.string) name!: string | null;
  @JavaField(java.Integer) box!: number | null;
  @JavaField(java.long) id!: bigint;
  @JavaField(java.list(java.int)) numbers!: number[] | null;
  @JavaField(java.date) at!: Date | null;
  @JavaField(() => HotOut) next!: HotOut | null;
}

const writers = { untyped: writeUntyped, of: writerOf };
const plan = planInstance(typeOf(HotOut), writers);
const plain: Writer = (body, value) => writePlanned(body, value as object, plan);
const straight = compileInstanceWriter(plan)!;

function outcome(value: unknown, write: Writer): string {
  const body = new BodyWriter(writers, 1_000_000, 20);
  try {
    write(body, value);
    return body.finish().toString('hex');
  } catch (error) {
    return error instanceof HessianError ? error.message : String(error);
  }
}

const fine = { count: 1, name: 'n', box: null, id: 1n, numbers: [1, 2], at: new Date(1), next: null };
const cyclic: Record<string, unknown> = { ...fine };
cyclic['next'] = cyclic;

afterEach(() => vi.unstubAllGlobals());

describe('the straight writer of a class', () => {
  it.each<[string, unknown]>([
    ['a plain value', fine],
    ['ints of all sizes', { ...fine, count: -2147483648, numbers: [-17, -16, 47, 48, 2048, 300000, 2147483647] }],
    ['-0', { ...fine, count: -0 }],
    ['long and odd strings', { ...fine, name: `${'a'.repeat(19)}é中\u{1f600}\ud800` }],
    ['a long string', { ...fine, name: 'b'.repeat(2000) }],
    ['nulls', { ...fine, name: null, numbers: null, at: null }],
    ['left out fields', { count: 1, id: 1n }],
    ['a cycle', cyclic],
    ['a null int', { ...fine, count: null }],
    ['a text int', { ...fine, count: '5' }],
    ['a fraction', { ...fine, count: 1.5 }],
    ['a number for a string', { ...fine, name: 5 }],
    ['a wrong element', { ...fine, numbers: [1, '2'] }],
    ['a null element', { ...fine, numbers: [1, null] }],
    ['a wrong field within', { ...fine, next: { ...fine, id: 1 } }],
  ])('writes what the plain path writes: %s', (_, value) => {
    expect(outcome(value, straight)).toBe(outcome(value, plain));
  });

  it('takes over once a class is hot', () => {
    const encode = (): string => {
      const encoder = new Encoder();
      encoder.write(fine, HotOut);
      return Buffer.from(encoder.finish()).toString('hex');
    };
    const first = encode();
    for (let i = 0; i < hotAfter * 2; i++) expect(encode()).toBe(first);
  });

  it('is done without where code generation is off', () => {
    vi.stubGlobal(
      'Function',
      class {
        constructor() {
          throw new EvalError('off');
        }
      },
    );
    expect(compileInstanceWriter(plan)).toBeUndefined();
  });
});
