/*
 * A frame is a header of 16 bytes, big-endian, and a body (source: org.apache.dubbo ExchangeCodec, all lines):
 *
 *   0     1     2      3       4 ........ 11   12 ...... 15   16 ...
 *   0xDA  0xBB  flags  status  request id      body length    body
 */

/** Length of a frame's header in bytes. */
export const HEADER_BYTES = 16;

export const MAGIC_HIGH = 0xda;
export const MAGIC_LOW = 0xbb;

/** Bits of the third byte; the rest of it is the serialization id. */
export const FLAG_REQUEST = 0x80;
export const FLAG_TWOWAY = 0x40;
export const FLAG_EVENT = 0x20;
export const SERIALIZATION_MASK = 0x1f;

/** Dubbo's id of hessian2, the serialization of every line. */
export const HESSIAN2 = 2;

/** A request id is a signed 64-bit number, kept as its two halves: no JavaScript number holds it. */
export interface RequestId {
  /** Upper half, signed. */
  readonly idHigh: number;
  /** Lower half, unsigned. */
  readonly idLow: number;
}

export interface Header extends RequestId {
  readonly flags: number;
  readonly status: number;
}

/** One frame off the wire. The body is a view that the receiver owns. */
export interface Frame extends Header {
  readonly body: Uint8Array;
}

/** Fills in the header of `frame`, whose body starts at byte 16 and ends with the array. */
export function writeHeader(frame: Uint8Array, flags: number, status: number, idHigh: number, idLow: number): void {
  const length = frame.length - HEADER_BYTES;
  frame[0] = MAGIC_HIGH;
  frame[1] = MAGIC_LOW;
  frame[2] = flags;
  frame[3] = status;
  writeInt(frame, 4, idHigh);
  writeInt(frame, 8, idLow);
  writeInt(frame, 12, length);
}

/** A request id as Java prints it. */
export function formatId({ idHigh, idLow }: RequestId): string {
  return ((BigInt(idHigh) << 32n) | BigInt(idLow)).toString();
}

function writeInt(bytes: Uint8Array, offset: number, value: number): void {
  bytes[offset] = value >>> 24;
  bytes[offset + 1] = value >>> 16;
  bytes[offset + 2] = value >>> 8;
  bytes[offset + 3] = value;
}

/** Reads a signed 32-bit number. */
export function readInt(bytes: Uint8Array, offset: number): number {
  return (bytes[offset]! << 24) | (bytes[offset + 1]! << 16) | (bytes[offset + 2]! << 8) | bytes[offset + 3]!;
}
