import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameAssembler } from './frame-assembler.js';

const frame = (bytes: Uint8Array) => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

describe('the frame assembler', () => {
  it('gives the frames sent, however they are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 40 })),
        fc.array(fc.integer({ min: 1, max: 17 }), { minLength: 1 }),
        (sent, cuts) => {
          const frames = sent.map(frame);
          const assembler = new FrameAssembler();
          const received: Buffer[] = [];
          let rest = Buffer.concat(frames);
          for (let turn = 0; rest.length > 0; turn++) {
            const size = cuts[turn % cuts.length]!;
            received.push(...assembler.push(rest.subarray(0, size)));
            rest = rest.subarray(size);
          }
          expect(received).toEqual(frames);
        },
      ),
    );
  });

  it('refuses lengths beyond reason', () => {
    expect(() => new FrameAssembler().push(Buffer.from([0xff, 0xff, 0xff, 0xff]))).toThrow('-1 bytes');
    expect(() => new FrameAssembler().push(Buffer.from('HTTP/1.1'))).toThrow(RangeError);
  });
});
