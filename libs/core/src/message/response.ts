import { Decoder, Encoder, HessianError, java, JavaException, JavaObject, type TypeLike } from '@nestjs-dubbo/hessian';
import type { Attachments } from '../invocation/attachments.js';
import { DubboError } from '../invocation/dubbo-error.js';
import type { Result } from '../invocation/invocation.js';
import { silent, type Logger } from '../invocation/logger.js';
import { HEADER_BYTES, type Frame, SERIALIZATION_MASK, HESSIAN2 } from '../wire/header.js';
import { FASTJSON2, readJsonbText } from '../wire/jsonb-text.js';
import { codeOfStatus, Status } from '../wire/status.js';
import { DUBBO_VERSION, Key, understandsResponseAttachments } from './attachments.js';
import { readAttachments } from './request.js';

/** What a body of status 20 begins with (source: org.apache.dubbo.rpc.protocol.dubbo.DubboCodec). */
const Flag = { exception: 0, value: 1, nullValue: 2 } as const;
/** Added to a flag when attachments follow. */
const WITH_ATTACHMENTS = 3;

/**
 * A whole response frame of status 20, its header left free.
 * @param dubboVersion what the request said; decides whether attachments may be sent back
 * @param maxBytes gives a value up that takes more, before it is written whole: what is shared is written as copies
 * @throws HessianError if the value does not fit its type, or takes more than `maxBytes`
 */
export function encodeResult(
  result: Result,
  returns: TypeLike | undefined,
  dubboVersion: string,
  maxBytes?: number,
): Uint8Array {
  const encoder = new Encoder({ reserve: HEADER_BYTES, ...(maxBytes ? { maxBytes: HEADER_BYTES + maxBytes } : {}) });
  const attached = understandsResponseAttachments(dubboVersion);
  const offset = attached ? WITH_ATTACHMENTS : 0;
  if (!result.ok) {
    encoder.writeInt(Flag.exception + offset);
    encoder.write(result.exception, undefined, 'exception');
  } else if (result.value === null || result.value === undefined) {
    encoder.writeInt(Flag.nullValue + offset);
  } else {
    encoder.writeInt(Flag.value + offset);
    encoder.write(result.value, returns, 'result');
  }
  if (attached) encoder.writeMap({ ...result.attachments, [Key.dubbo]: DUBBO_VERSION });
  return encoder.finish();
}

/** A whole response frame of any other status: its body is one text. */
export function encodeFailure(message: string): Uint8Array {
  const encoder = new Encoder({ reserve: HEADER_BYTES });
  encoder.writeString(message);
  return encoder.finish();
}

/**
 * What a response says: the callee's value or exception.
 * @throws DubboError by the status if it is not 20; `serialization` if the body cannot be read
 */
export function decodeResponse(
  frame: Frame,
  returns: TypeLike | undefined,
  address: string,
  logger: Logger = silent,
): Result {
  if (frame.status !== Status.ok) throw failureOf(frame, address);
  const serialization = frame.flags & SERIALIZATION_MASK;
  if (serialization !== HESSIAN2) {
    const message = `Unexpected serialization id:${serialization} received from network, please check if the peer send the right id.`;
    throw new DubboError('serialization', message, { address });
  }
  try {
    const decoder = new Decoder(frame.body);
    const result = readResult(decoder, returns);
    if (decoder.remaining > 0) logger.warn(`Skip input stream ${decoder.remaining} behind an answer of ${address}`);
    return result;
  } catch (error) {
    if (!(error instanceof HessianError)) throw error;
    throw new DubboError('serialization', `Fail to decode response from ${address}: ${error.message}`, {
      address,
      cause: error,
    });
  }
}

function readResult(decoder: Decoder, returns: TypeLike | undefined): Result {
  const flag = decoder.readInt();
  if (flag < 0 || flag > 5) {
    const message = `Unknown result flag, expect '0' '1' '2' '3' '4' '5', but received: ${flag}`;
    throw new HessianError(message);
  }
  const kind = flag % WITH_ATTACHMENTS;
  const exception = kind === Flag.exception ? toThrowable(decoder.read()) : undefined;
  const value = kind === Flag.value ? readValue(decoder, returns) : nothing(returns);
  const attachments: Attachments = flag >= WITH_ATTACHMENTS ? readAttachments(decoder) : {};
  return kind === Flag.exception ? { ok: false, exception, attachments } : { ok: true, value, attachments };
}

function readValue(decoder: Decoder, returns: TypeLike | undefined): unknown {
  return returns ? decoder.read(returns) : decoder.read();
}

/** Java answers void and null alike. */
function nothing(returns: TypeLike | undefined): null | undefined {
  return returns === java.void ? undefined : null;
}

/** Whatever a peer throws arrives as an error, also where its class does not look like one. */
function toThrowable(value: unknown): Error {
  if (value instanceof Error) return value;
  const className = value instanceof JavaObject ? value.javaName : 'java.lang.Throwable';
  return new JavaException(`${className} (no exception in the answer's exception field)`, { className, cause: value });
}

function failureOf(frame: Frame, address: string): DubboError {
  const message = failureText(frame);
  return new DubboError(codeOfStatus(frame.status), message || `status ${frame.status} without a message`, {
    address,
    refused: frame.status === Status.threadPoolExhausted,
  });
}

/** Java 3.2 answers failures in its own default serialization, not in the caller's. */
function failureText({ flags, body }: Frame): string | undefined {
  if ((flags & SERIALIZATION_MASK) === FASTJSON2) return readJsonbText(body);
  try {
    return new Decoder(body).readString() ?? undefined;
  } catch {
    return undefined;
  }
}
