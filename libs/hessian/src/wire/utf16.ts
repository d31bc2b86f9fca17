import type { NativeBuffer } from './native-buffer.js';

const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

// Where most strings that are not ASCII are put together; nothing in it outlives a call.
const scratch = new Uint16Array(2048);
const scratchBytes = Buffer.from(scratch.buffer) as Buffer as NativeBuffer;

/** Room for so many UTF-16 units until {@link unitsText} is called. */
export function unitsFor(length: number): Uint16Array {
  return length <= scratch.length ? scratch : new Uint16Array(length);
}

/** The string of the first units, lone surrogates included. */
export function unitsText(units: Uint16Array, length: number): string {
  if (!littleEndian) return joinUnits(units.subarray(0, length));
  const bytes = units === scratch ? scratchBytes : (Buffer.from(units.buffer) as Buffer as NativeBuffer);
  return bytes.ucs2Slice(0, length * 2);
}

function joinUnits(units: Uint16Array): string {
  const step = 4096; // arguments that a call surely takes
  let text = '';
  for (let at = 0; at < units.length; at += step)
    text += Reflect.apply(String.fromCharCode, null, units.subarray(at, at + step) as unknown as number[]);
  return text;
}
