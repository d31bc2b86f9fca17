import { type Decoder, Encoder, HessianError, type TypeLike } from '@nestjs-dubbo/hessian';
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
  encoder.writeString(service.version || '0.0.0');
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

/** Null is none, as in Java. @throws HessianError if what follows is no map */
export function readAttachments(decoder: Decoder): Attachments {
  const at = decoder.offset;
  const value = decoder.read(undefined, 'attachments');
  if (value === null) return {};
  if (value instanceof Map)
    return Object.fromEntries([...value].map(([key, entry]) => [String(key), entry as unknown]));
  if (isRecord(value)) return value;
  throw new HessianError('expected a map', { offset: at, path: 'attachments' });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  const prototype: unknown = typeof value === 'object' && value !== null ? Object.getPrototypeOf(value) : undefined;
  return prototype === Object.prototype || prototype === null;
}
