import { type Decoder, Encoder, type TypeLike } from '@nestjs-dubbo/hessian';
import type { Attachments } from '../invocation/attachments.js';
import type { Method, ServiceId } from '../invocation/method.js';
import { HEADER_BYTES } from '../wire/header.js';
import { DUBBO_VERSION } from './attachments.js';

/*
 * The body of a request is one hessian stream (source: org.apache.dubbo.rpc.protocol.dubbo.DubboCodec):
 * protocol version, path, service version, method name, parameter descriptor, one value per parameter, attachments.
 */

/** The first five values of a body, as read. Absent ones are empty. */
export interface RequestHead {
  readonly dubboVersion: string;
  readonly path: string;
  readonly version: string;
  readonly methodName: string;
  readonly descriptor: string;
}

/** The part of a request's body that depends on the method alone; encoded once and copied into each call. */
export function encodeRequestHead(service: ServiceId, method: Method): Uint8Array {
  const encoder = new Encoder();
  encoder.writeString(DUBBO_VERSION);
  encoder.writeString(service.interface);
  encoder.writeString(service.version ?? '0.0.0');
  encoder.writeString(method.javaName);
  encoder.writeString(method.descriptor);
  return encoder.finish();
}

/**
 * A whole request frame, its header left free.
 * @throws HessianError if an argument does not fit its type, naming the argument
 */
export function encodeRequest(
  head: Uint8Array,
  args: readonly unknown[],
  types: readonly TypeLike[],
  attachments: Readonly<Attachments>,
): Uint8Array {
  const encoder = new Encoder({ reserve: HEADER_BYTES });
  encoder.writeRaw(head);
  for (let i = 0; i < types.length; i++) encoder.write(args[i], types[i], `argument ${i}`);
  encoder.writeMap(attachments);
  return encoder.finish();
}

/** @throws HessianError if the bytes are not five strings */
export function readRequestHead(decoder: Decoder): RequestHead {
  return {
    dubboVersion: decoder.readString() ?? '',
    path: decoder.readString() ?? '',
    version: decoder.readString() ?? '',
    methodName: decoder.readString() ?? '',
    descriptor: decoder.readString() ?? '',
  };
}

/** @throws HessianError if a value does not fit its type */
export function readArguments(decoder: Decoder, types: readonly TypeLike[]): unknown[] {
  return types.map((type) => decoder.read(type));
}

/** @throws HessianError if what follows is no map */
export function readAttachments(decoder: Decoder): Attachments {
  if (decoder.remaining === 0) return {};
  const value = decoder.read();
  if (value === null) return {};
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, entry]) => [String(key), entry as unknown]));
  if (typeof value !== 'object') throw new TypeError(`Attachments must be a map, but a ${typeof value} was received`);
  return value as Attachments;
}
