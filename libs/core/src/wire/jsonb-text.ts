// Dubbo 3.2 writes events and the texts of refusals in its own default serialization, fastjson2's JSONB, whatever the
// caller speaks. Such a body is the length of what follows (4 bytes) and one JSONB value; of those we read strings only.

/** Serialization id of fastjson2. */
export const FASTJSON2 = 23;

const encodings = new Map<number, BufferEncoding>([
  [0x79, 'latin1'],
  [0x7a, 'utf8'],
  [0x7c, 'utf16le'],
]);

/** The string that a fastjson2 body holds, or undefined if it holds none (source: com.alibaba.fastjson2.JSONB). */
export function readJsonbText(body: Uint8Array): string | undefined {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (bytes.length < 5 || bytes.readInt32BE(0) !== bytes.length - 4) return undefined;
  const type = bytes[4]!;
  // Up to 47 characters: the length is in the type.
  if (type >= 0x49 && type <= 0x78) return textOf(bytes, 5, type - 0x49, 'latin1');
  const encoding = encodings.get(type);
  const length = encoding && readLength(bytes, 5);
  return length ? textOf(bytes, length.end, length.value, encoding) : undefined;
}

function readLength(bytes: Buffer, at: number): { value: number; end: number } | undefined {
  const code = bytes[at];
  if (code === undefined) return undefined;
  if (code <= 0x2f) return { value: code, end: at + 1 };
  if (code <= 0x3f && at + 1 < bytes.length) return { value: ((code - 0x38) << 8) | bytes[at + 1]!, end: at + 2 };
  if (code <= 0x47 && at + 2 < bytes.length) {
    return { value: ((code - 0x44) << 16) | bytes.readUInt16BE(at + 1), end: at + 3 };
  }
  if (code === 0x48 && at + 4 < bytes.length) return { value: bytes.readInt32BE(at + 1), end: at + 5 };
  return undefined;
}

function textOf(bytes: Buffer, from: number, length: number, encoding: BufferEncoding): string | undefined {
  return length >= 0 && from + length === bytes.length ? bytes.toString(encoding, from) : undefined;
}
