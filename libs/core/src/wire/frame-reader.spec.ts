import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameReader } from './frame-reader.js';
import { FLAG_REQUEST, FLAG_TWOWAY, formatId, HEADER_BYTES, HESSIAN2, writeHeader, type Frame } from './header.js';

interface Seen {
  frames: { id: string; body: number[] }[];
  oversize: number[];
  garbage: number[];
}

function read(chunks: Uint8Array[], maxBytes = 0): Seen {
  const seen: Seen = { frames: [], oversize: [], garbage: [] };
  const reader = new FrameReader(
    {
      frame: (frame: Frame) => seen.frames.push({ id: formatId(frame), body: [...frame.body] }),
      oversize: (_header, length) => seen.oversize.push(length),
      garbage: (bytes) => seen.garbage.push(...bytes),
    },
    maxBytes,
  );
  for (const chunk of chunks) reader.push(chunk);
  return seen;
}

function frame(id: number, body: number[]): number[] {
  const bytes = new Uint8Array(HEADER_BYTES + body.length);
  bytes.set(body, HEADER_BYTES);
  writeHeader(bytes, FLAG_REQUEST | FLAG_TWOWAY | HESSIAN2, 0, id < 0 ? -1 : 0, id >>> 0);
  return [...bytes];
}

describe('FrameReader', () => {
  it('writes and reads the golden heartbeat', () => {
    const golden = Buffer.from('dabbe2000000000000000001000000014e', 'hex');
    const bytes = new Uint8Array(17);
    bytes[16] = 0x4e;
    writeHeader(bytes, 0xe2, 0, 0, 1);
    expect(Buffer.from(bytes).toString('hex')).toBe(golden.toString('hex'));
    expect(read([golden]).frames).toEqual([{ id: '1', body: [0x4e] }]);
  });

  it('reads the same frames whatever the chunk boundaries', () => {
    const piece = fc.oneof(
      fc.record({ id: fc.integer(), body: fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 40 }) }),
      fc.constant('garbage' as const),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), fc.array(fc.integer({ min: 1, max: 30 })), (pieces, cuts) => {
        const stream = pieces.flatMap((p) => (p === 'garbage' ? [1, 0xda, 2] : frame(p.id, p.body)));
        const chunks: Uint8Array[] = [];
        let rest = Uint8Array.from(stream);
        for (const cut of cuts) {
          chunks.push(rest.slice(0, cut));
          rest = rest.slice(cut);
        }
        chunks.push(rest);
        expect(read(chunks)).toEqual({
          frames: pieces.flatMap((p) => (p === 'garbage' ? [] : [{ id: String(p.id), body: p.body }])),
          oversize: [],
          garbage: pieces.flatMap((p) => (p === 'garbage' ? [1, 0xda, 2] : [])),
        });
      }),
    );
  });

  it('skips the body of an oversize frame and reads the next', () => {
    const stream = Uint8Array.from([
      ...frame(
        1,
        Array.from({ length: 11 }, () => 0xda),
      ),
      ...frame(2, [7]),
    ]);
    for (const at of [0, 5, 16, 20]) {
      const seen = read([stream.slice(0, at), stream.slice(at)], 10);
      expect(seen).toEqual({ frames: [{ id: '2', body: [7] }], oversize: [11], garbage: [] });
    }
  });

  it('reports a negative length and goes on behind the header', () => {
    const broken = frame(1, []);
    broken[12] = 0xff;
    expect(read([Uint8Array.from([...broken, ...frame(2, [])])])).toEqual({
      frames: [{ id: '2', body: [] }],
      oversize: [-0x0100_0000],
      garbage: [],
    });
  });

  it('allocates for what has arrived, not for what a header promises', () => {
    const header = frame(1, []);
    header[12] = 0x7f;
    const before = process.memoryUsage().arrayBuffers;
    for (let i = 0; i < 100; i++) read([Uint8Array.from(header), Uint8Array.of(1, 2, 3)]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(64 * 1024 * 1024);
  });

  it('keeps all 64 bits of an id', () => {
    const bytes = new Uint8Array(HEADER_BYTES);
    writeHeader(bytes, 0, 20, -0x8000_0000, 1);
    expect(read([bytes]).frames[0]!.id).toBe('-9223372036854775807');
  });
});
