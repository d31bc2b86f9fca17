import { encodeFailure } from '../message/response.js';
import {
  FLAG_EVENT,
  FLAG_REQUEST,
  FLAG_TWOWAY,
  HEADER_BYTES,
  HESSIAN2,
  SERIALIZATION_MASK,
  writeHeader,
  type Frame,
} from '../wire/header.js';
import { Status } from '../wire/status.js';

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

function isHeartbeat(body: Uint8Array): boolean {
  return same(body, heartbeatBody);
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** Events are a word; Java refuses longer ones. */
const MAX_EVENT_BYTES = 15;

/** The frame that answers an event, if it asks for one: heartbeats are, in the serialization they came in. */
export function replyTo(event: ChannelEvent, { flags, idHigh, idLow, body }: Frame): Uint8Array | undefined {
  if (!(flags & FLAG_REQUEST) || !(flags & FLAG_TWOWAY)) return undefined;
  if (event === 'heartbeat') {
    const answer = eventFrame(heartbeatBody);
    writeHeader(answer, FLAG_EVENT | (flags & SERIALIZATION_MASK), Status.ok, idHigh, idLow);
    return answer;
  }
  if (event !== 'unknown' || body.length <= MAX_EVENT_BYTES) return undefined;
  // Wording of Dubbo 3.3's ExchangeCodec.decodeEventData.
  const size = `actual size ${body.length}, threshold ${MAX_EVENT_BYTES}`;
  const cause = `java.lang.IllegalArgumentException: Event data too long, ${size} rejected for security consideration.`;
  const answer = encodeFailure(`Fail to decode request due to: ${cause}`);
  writeHeader(answer, HESSIAN2, Status.badRequest, idHigh, idLow);
  return answer;
}

/** An event's frame, its header left free. */
export function eventFrame(body: Uint8Array): Uint8Array {
  const frame = new Uint8Array(HEADER_BYTES + body.length);
  frame.set(body, HEADER_BYTES);
  return frame;
}
