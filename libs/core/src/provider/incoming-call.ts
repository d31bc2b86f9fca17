import { Decoder } from '@nestjs-dubbo/hessian';
import type { Attachments } from '../invocation/attachments.js';
import type { Connection } from '../exchange/connection.js';
import type { Logger } from '../invocation/logger.js';
import { serviceKey, type ServiceId } from '../invocation/method.js';
import { Key, textAttachment } from '../message/attachments.js';
import { Refusal } from '../message/refusal.js';
import { readArguments, readAttachments, readRequestHead, type RequestHead } from '../message/request.js';
import { FLAG_TWOWAY, HESSIAN2, SERIALIZATION_MASK, type Frame } from '../wire/header.js';
import { Status } from '../wire/status.js';
import type { Export, ExportTable, ServedMethod } from './export-table.js';
import { ServedCall } from './served-call.js';

/** A request that has been understood. */
export interface IncomingCall {
  readonly found: Export;
  readonly method: ServedMethod;
  readonly head: RequestHead;
  readonly call: ServedCall;
}

/**
 * Reads a request's body and finds what it calls. `arrivedAt` is in milliseconds since the epoch.
 * @throws HessianError if the body cannot be read; Refusal if there is no such service or method
 */
export function readCall(
  frame: Frame,
  connection: Connection,
  arrivedAt: number,
  { exports, logger }: { readonly exports: ExportTable; readonly logger: Logger },
): IncomingCall {
  const serialization = frame.flags & SERIALIZATION_MASK;
  if (serialization !== HESSIAN2) {
    throw Refusal.undecodable('java.io.IOException', `Unrecognized serialize type from consumer: ${serialization}`);
  }
  const decoder = new Decoder(frame.body);
  const head = readRequestHead(decoder);
  let method = findMethod(head, exports);
  let { values, attachments, skipped } = readRest(decoder, method);
  const service: ServiceId = {
    interface: textAttachment(attachments, Key.path) ?? head.path,
    version: textAttachment(attachments, Key.version) ?? head.version,
    group: textAttachment(attachments, Key.group) ?? '',
  };
  const found = exports.get(service);
  if (!found) throw notExported(service, head, connection, exports);
  // The head may name one service and the attachments, which count, another: its own types must read the arguments.
  const own = exports.methodOf(found, head.methodName, head.descriptor);
  if (!own) throw notFound(found.id.interface, head.methodName);
  if (own !== method) {
    method = own;
    const again = new Decoder(frame.body);
    readRequestHead(again);
    ({ values, attachments, skipped } = readRest(again, method));
  }
  if (skipped > 0) logger.warn(`Skip input stream ${skipped} behind a call of ${head.path} ${head.methodName}`);
  const args = found.bindCallbacks(method, values, attachments, connection);
  const oneway = (frame.flags & FLAG_TWOWAY) === 0;
  const call = new ServedCall({ service: found.id, method, args, attachments, oneway, connection, arrivedAt });
  return { found, method, head, call };
}

interface Rest {
  readonly values: unknown[];
  readonly attachments: Attachments;
  /** Bytes behind all that belongs to the call. */
  readonly skipped: number;
}

/** What follows the head. */
function readRest(decoder: Decoder, method: ServedMethod): Rest {
  const values = readArguments(decoder, method.params);
  const attachments = readAttachments(decoder);
  return { values, attachments, skipped: decoder.remaining };
}

/** Wordings and order of the checks as in Dubbo 3.3 (PermittedSerializationKeeper, DecodeableRpcInvocation). */
function findMethod(head: RequestHead, exports: ExportTable): ServedMethod {
  const id = { interface: head.path, version: head.version };
  if (!exports.has(id)) {
    const message = `Service ${head.path}:${head.version || '0.0.0'} not found, invocation rejected.`;
    throw Refusal.undecodable('java.io.IOException', message);
  }
  const method = exports.find(id, head.methodName, head.descriptor);
  if (method) return method;
  if (head.descriptor === '') {
    const message =
      `Failed to invoke remote proxy method ${head.methodName} to ${serviceKey(id)}, ` +
      `cause: Not found method "${head.methodName}" without parameters in ${head.path}.`;
    throw new Refusal(Status.serviceError, `org.apache.dubbo.rpc.RpcException: ${message}`);
  }
  throw notFound(head.path, head.methodName);
}

function notFound(path: string, methodName: string): Refusal {
  return Refusal.undecodable('java.lang.IllegalArgumentException', `Service not found:${path}, ${methodName}`);
}

function notExported(service: ServiceId, head: RequestHead, connection: Connection, exports: ExportTable): Refusal {
  const port = connection.localAddress.slice(connection.localAddress.lastIndexOf(':'));
  const keys = exports.keys().map((key) => key + port);
  return new Refusal(
    Status.serviceError,
    `org.apache.dubbo.remoting.RemotingException: Not found exported service: ${serviceKey(service)}${port} in ` +
      `[${keys.join(', ')}], may be version or group mismatch , channel: consumer: /${connection.remoteAddress} --> ` +
      `provider: /${connection.localAddress}, message:RpcInvocation [methodName=${head.methodName}, ` +
      `parameterTypes=[${head.descriptor}]]`,
  );
}
