import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Decoder, Encoder } from '../index.js';
import { BodyWriter } from './body-writer.js';
import { writeAsciiRecord } from './ascii-record.js';
import { writeRecord } from './map.js';
import { writeUntyped } from './untyped.js';
import { writerOf } from './writer-of.js';

const seed = Number(process.env['FC_SEED'] ?? Math.floor(Math.random() * 0x7fffffff));
const writers = { untyped: writeUntyped, of: writerOf };

function plain(record: Record<string, unknown>): string {
  const body = new BodyWriter(writers, 1_000_000, 20);
  writeRecord(body, record, undefined, writeUntyped);
  return body.finish().toString('hex');
}

it(`gives the bytes of the plain path, or leaves the map to it (FC_SEED=${seed})`, () => {
  const text = fc.oneof(fc.string({ maxLength: 140 }), fc.string({ unit: 'binary', maxLength: 40 }));
  fc.assert(
    fc.property(fc.dictionary(text, text, { noNullPrototype: true }), (record) => {
      const encoder = new Encoder();
      encoder.write(record);
      expect(Buffer.from(encoder.finish()).toString('hex')).toBe(plain(record));
    }),
    { seed, numRuns: 500 },
  );
});

it.each<[string, Record<string, unknown>]>([
  ['a value that is no text', { a: 'b', c: 1 }],
  ['text beyond ASCII', { a: 'é' }],
  ['a key beyond ASCII', { 中: 'a' }],
  ['long text', { a: 'b'.repeat(128) }],
  ['a lone surrogate', { a: '\ud800' }],
])('leaves %s to the plain path', (_, record) => {
  const body = new BodyWriter(writers, 1_000_000, 20);
  expect(writeAsciiRecord(body, record)).toBe(false);
  const encoder = new Encoder();
  encoder.write(record);
  expect(new Decoder(encoder.finish()).read()).toEqual(record);
});
