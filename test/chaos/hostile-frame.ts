import { Encoder } from '@nestjs-dubbo/hessian';
import { type RawBody, requestBody } from '../support/raw-peer.js';
import { attic, interop, Parcel } from './contract.js';

/** A number from 0 up to, but not including, `below`. */
export type Random = (below: number) => number;

/** The same seed gives the same numbers on every machine (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

export interface HostileFrame {
  readonly bytes: Uint8Array;
  /** It claims a body far longer than it has: what follows on its connection is taken for that body. */
  readonly swallows: boolean;
}

const HEADER_BYTES = 16;
const REQUEST = 0x80;
const TWOWAY = 0x40;
const EVENT = 0x20;
const HESSIAN2 = 2;

/** Makes requests, answers and events, and damages each in one way or two. */
export function hostileFrames(random: Random): () => HostileFrame {
  const bodies = validBodies();
  const damages = [header, header, flags, claim, body, body, body, body];
  return () => {
    const frame = valid(bodies[random(bodies.length)]!, random);
    let hostile: HostileFrame = { bytes: frame, swallows: false };
    for (let i = random(3) === 0 ? 2 : 1; i > 0; i--) {
      const { bytes, swallows } = damages[random(damages.length)]!(hostile.bytes, random, bodies);
      hostile = { bytes, swallows: hostile.swallows || swallows };
    }
    return hostile;
  };
}

function valid(content: Uint8Array, random: Random): Buffer {
  const frame = Buffer.alloc(HEADER_BYTES + content.length);
  frame.set([0xda, 0xbb, REQUEST | (random(8) === 0 ? 0 : TWOWAY) | HESSIAN2, 0]);
  frame.writeInt32BE(random(2 ** 32) | 0, 4);
  frame.writeInt32BE(random(2 ** 32) | 0, 8);
  frame.writeInt32BE(content.length, 12);
  frame.set(content, HEADER_BYTES);
  return frame;
}

/** Any bit of magic, flags, status and id; not of the length. */
function header(frame: Uint8Array, random: Random): HostileFrame {
  const bytes = Uint8Array.from(frame);
  for (let i = 1 + random(4); i > 0; i--) bytes[random(12)]! ^= 1 << random(8);
  return { bytes, swallows: false };
}

/** Another kind of frame, in another serialization: an answer to nothing, an event that is none. */
function flags(frame: Uint8Array, random: Random): HostileFrame {
  const bytes = Uint8Array.from(frame);
  bytes[2] = [REQUEST | TWOWAY | EVENT, REQUEST | EVENT, EVENT, 0, TWOWAY, REQUEST | TWOWAY][random(6)]! | random(32);
  bytes[3] = random(256);
  return { bytes, swallows: false };
}

/** A length that is not that of the body. */
function claim(frame: Uint8Array, random: Random): HostileFrame {
  const bytes = Buffer.from(frame);
  const length = bytes.length - HEADER_BYTES;
  const kind = random(20);
  if (kind === 0) bytes.writeInt32BE(random(2 ** 31), 12);
  else if (kind === 1) bytes.writeInt32BE(8 * 1_048_576 + random(3) - 1, 12);
  else if (kind < 6) bytes.writeInt32BE(-1 - random(2 ** 31), 12);
  else bytes.writeInt32BE(Math.max(0, length + random(33) - 16), 12);
  return { bytes, swallows: kind < 2 };
}

/** Bits turned, bytes overwritten, cut short, doubled, or grown together with another body; the length is right again. */
function body(frame: Uint8Array, random: Random, others: readonly Uint8Array[]): HostileFrame {
  const bytes = Buffer.from(frame.subarray(HEADER_BYTES));
  const at = random(bytes.length + 1);
  let damaged: Buffer = bytes;
  switch (random(6)) {
    case 0:
      for (let i = 1 + random(8); i > 0 && bytes.length > 0; i--) bytes[random(bytes.length)]! ^= 1 << random(8);
      break;
    case 1:
      for (let i = 0; i < 8 && at + i < bytes.length; i++) bytes[at + i] = random(256);
      break;
    case 2:
      damaged = bytes.subarray(0, at);
      break;
    case 3:
      damaged = Buffer.concat([bytes.subarray(0, at), bytes.subarray(random(at + 1))]);
      break;
    case 4:
      damaged = Buffer.concat([bytes.subarray(0, at), others[random(others.length)]!.subarray(random(32))]);
      break;
    default:
      damaged = Buffer.from(Array.from({ length: random(64) }, () => random(256)));
  }
  const whole = Buffer.concat([frame.subarray(0, HEADER_BYTES), damaged]);
  whole.writeInt32BE(damaged.length, 12);
  return { bytes: whole, swallows: false };
}

function validBodies(): Uint8Array[] {
  const parcel = Object.assign(new Parcel(), { id: 7n, label: 'fragile', sentAt: new Date(0), weights: [1n, 2n] });
  parcel.inside = Object.assign(new Parcel(), { id: 8n, inside: parcel });
  const things = new Map<string, unknown>([
    ['numbers', [1, 2.5, 3n]],
    ['text', 'x'.repeat(300)],
    ['bytes', new Uint8Array(40)],
    ['nested', new Map([['parcel', parcel]])],
  ]);
  const call = (path: string, method: string, descriptor: string, ...args: unknown[]): RawBody => ({
    path,
    method,
    descriptor,
    args,
    attachments: { timeout: '1000' },
  });
  const parcelType = 'Lcom/acme/chaos/Parcel;';
  const bodies = [
    call(interop.interface, 'nextInt', 'I', 41),
    call(interop.interface, 'ping', ''),
    call(interop.interface, '$echo', 'Ljava/lang/Object;', [things]),
    call(attic.interface, 'store', `${parcelType}I`, parcel, 3),
    call(attic.interface, 'keep', 'Ljava/lang/Object;', things),
    call(attic.interface, 'forget', 'Ljava/util/Map;', things),
    call(attic.interface, '$invoke', 'Ljava/lang/String;[Ljava/lang/String;[Ljava/lang/Object;', 'keep', [], [things]),
  ].map(requestBody);
  const event = new Encoder();
  event.write(null);
  return [...bodies, event.finish()];
}
