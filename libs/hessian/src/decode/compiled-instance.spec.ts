import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Decoder, Encoder, HessianError, java, JavaClass, JavaField, typeOf } from '../index.js';
import { BodyReader, type Reader } from './body-reader.js';
import { compileInstanceReader } from './compiled-instance.js';
import { creatorOf, hotAfter, planInstance, type InstancePlan } from './instance-plan.js';
import { decodeLimits } from './limits.js';
import { readInstance } from './object.js';
import { readers } from './readers.js';

const seed = Number(process.env['FC_SEED'] ?? Math.floor(Math.random() * 0x7fffffff));

@JavaClass('test.Hot')
class Hot {
  @JavaField(java.int) count!: number;
  @JavaField(java.string) name!: string | null;
  @JavaField(java.long) id!: bigint;
  @JavaField(java.list(java.int)) numbers!: number[];
  @JavaField(java.list(java.string)) words!: string[];
  @JavaField(java.double) ratio!: number;
  @JavaField(java.date) at!: Date | null;
  @JavaField(() => Hot) next!: Hot | null;
}

const { hot } = fc.letrec<{ hot: Hot | null }>((tie) => ({
  hot: fc.record({
    count: fc.integer(),
    name: fc.option(fc.string({ unit: 'binary', maxLength: 60 })),
    id: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
    numbers: fc.array(fc.integer({ min: -3000, max: 3000 })),
    words: fc.array(fc.string({ maxLength: 40 })),
    ratio: fc.double(),
    at: fc.option(fc.date({ noInvalidDate: true })),
    next: fc.option(tie('hot'), { maxDepth: 2 }),
  }),
}));

function encoded(value: unknown): Buffer {
  const encoder = new Encoder();
  encoder.write(value, Hot);
  return Buffer.from(encoder.finish());
}

// Both paths start behind the class definition and the object's opcode.
function outcome(bytes: Buffer, reader: (plan: InstancePlan) => Reader): unknown {
  const body = new BodyReader(bytes, decodeLimits(undefined), readers);
  try {
    body.code();
    const plan = planInstance(typeOf(Hot), body.classes[0]?.fieldNames ?? [], readers);
    return reader(plan)(body);
  } catch (error) {
    return error instanceof HessianError ? error.message : error;
  }
}
const plain =
  (plan: InstancePlan): Reader =>
  (body) =>
    readInstance(body, plan);
const straight = (plan: InstancePlan): Reader => compileInstanceReader(plan, creatorOf(plan.construct))!;

afterEach(() => vi.unstubAllGlobals());

describe(`the straight reader of a class (FC_SEED=${seed})`, () => {
  it('gives what the plain path gives, also for bytes that are wrong', () => {
    fc.assert(
      fc.property(hot, fc.nat(), fc.nat(255), (value, place, byte) => {
        const bytes = encoded(value);
        expect(outcome(bytes, straight)).toStrictEqual(outcome(bytes, plain));
        const cut = bytes.subarray(0, place % bytes.length);
        expect(outcome(cut, straight)).toEqual(outcome(cut, plain));
        bytes[place % bytes.length] = byte;
        expect(outcome(bytes, straight)).toEqual(outcome(bytes, plain));
      }),
      { seed, numRuns: 200 },
    );
  });

  it('takes over once a class is hot', () => {
    const value = { count: 1, name: 'n', id: 1n, numbers: [1], words: [], ratio: 1, at: null, next: null };
    const bytes = encoded(value);
    for (let i = 0; i < hotAfter * 2; i++) expect(new Decoder(bytes).read(Hot)).toEqual(value);
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
    const plan = planInstance(typeOf(Hot), ['count'], readers);
    expect(compileInstanceReader(plan, creatorOf(plan.construct))).toBeUndefined();
  });
});
