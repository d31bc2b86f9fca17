import { HEADER_BYTES } from '../wire/header.js';

/** Body of a heartbeat, request and answer: hessian's null (source: org.apache.dubbo CodecSupport.getNullBytesOf). */
export const heartbeatBody = Uint8Array.of(0x4e);

/** Body of the READONLY event: the string "R". */
export const readonlyEvent = Uint8Array.of(0x01, 0x52);

/** Body of the WRITEABLE event (3.2 and later): the string "W". */
export const writeableEvent = Uint8Array.of(0x01, 0x57);

export type ChannelEvent = 'heartbeat' | 'readonly' | 'writeable' | 'unknown';

// Java 3.2 sends its events in fastjson2, which is its own default, whatever the connection speaks.
const readonlyInFastjson2 = Uint8Array.of(0, 0, 0, 2, 0x4a, 0x52);
const writeableInFastjson2 = Uint8Array.of(0, 0, 0, 2, 0x4a, 0x57);

/** What an event frame says. Peers ignore what they do not know, and so do we. */
export function readEvent(body: Uint8Array): ChannelEvent {
  if (isHeartbeat(body)) return 'heartbeat';
  if (same(body, readonlyEvent) || same(body, readonlyInFastjson2)) return 'readonly';
  if (same(body, writeableEvent) || same(body, writeableInFastjson2)) return 'writeable';
  return 'unknown';
}

export function isHeartbeat(body: Uint8Array): boolean {
  return same(body, heartbeatBody);
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** An event's frame, its header left free. */
export function eventFrame(body: Uint8Array): Uint8Array {
  const frame = new Uint8Array(HEADER_BYTES + body.length);
  frame.set(body, HEADER_BYTES);
  return frame;
}
