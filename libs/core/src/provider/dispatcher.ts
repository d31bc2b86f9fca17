import { Decoder } from '@nestjs-dubbo/hessian';
import type { Connection } from '../exchange/connection.js';
import type { RequestHandler } from '../exchange/connection-options.js';
import { dataTooLarge } from '../exchange/wording.js';
import { DubboError } from '../invocation/dubbo-error.js';
import type { Result } from '../invocation/invocation.js';
import type { Logger } from '../invocation/logger.js';
import { serviceKey, type ServiceId } from '../invocation/method.js';
import { Key, textAttachment } from '../message/attachments.js';
import { Refusal, refusalOf } from '../message/refusal.js';
import { readArguments, readAttachments, readRequestHead, type RequestHead } from '../message/request.js';
import { encodeFailure, encodeResult } from '../message/response.js';
import { throwableText, throwableTrace } from '../message/throwable.js';
import { FLAG_TWOWAY, HEADER_BYTES, HESSIAN2, SERIALIZATION_MASK, type Frame, type Header } from '../wire/header.js';
import { Status } from '../wire/status.js';
import type { Export, ExportTable, ServedMethod } from './export-table.js';
import { ServedCall } from './served-call.js';

export interface DispatcherOptions {
  readonly exports: ExportTable;
  /** Largest body answered, in bytes; 0 or less means no limit. */
  readonly payload: number;
  readonly exposeStack: boolean;
  readonly logger: Logger;
}

/**
 * Turns requests into calls of exports and their results into answers. Every two-way request is answered exactly once,
 * whatever happens to it; a one-way request never, its failure is logged.
 */
export class Dispatcher implements RequestHandler {
  readonly #options: DispatcherOptions;
  readonly #running = new Map<Connection, Set<ServedCall>>();
  #active = 0;
  #lastRequestAt = 0;

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  request(frame: Frame, connection: Connection): void {
    this.#lastRequestAt = performance.now();
    let served: Served;
    try {
      served = this.#decode(frame, connection);
    } catch (error) {
      this.#refuse(frame, connection, refusalOf(error));
      return;
    }
    void this.#serve(served, frame, connection);
  }

  oversize(header: Header, length: number, connection: Connection): void {
    const message = dataTooLarge(length, this.#options.payload, connection);
    this.#refuse(
      header,
      connection,
      Refusal.undecodable('org.apache.dubbo.remoting.transport.ExceedPayloadLimitException', message),
    );
  }

  /** The peer is gone: nobody waits for what it asked. */
  disconnected(connection: Connection): void {
    for (const call of this.#running.get(connection) ?? []) call.abandon();
    this.#running.delete(connection);
  }

  /** No call is being served, and none has come for `quietMs`. */
  isQuiet(quietMs: number): boolean {
    return this.#active === 0 && performance.now() - this.#lastRequestAt >= quietMs;
  }

  #decode(frame: Frame, connection: Connection): Served {
    const serialization = frame.flags & SERIALIZATION_MASK;
    if (serialization !== HESSIAN2) {
      throw Refusal.undecodable('java.io.IOException', `Unrecognized serialize type from consumer: ${serialization}`);
    }
    const decoder = new Decoder(frame.body);
    const head = readRequestHead(decoder);
    const method = this.#method(head);
    const args = readArguments(decoder, method.params);
    const attachments = readAttachments(decoder);
    if (decoder.remaining > 0) {
      this.#options.logger.warn(
        `Skip input stream ${decoder.remaining} behind a call of ${head.path} ${head.methodName}`,
      );
    }
    const service: ServiceId = {
      interface: textAttachment(attachments, Key.path) ?? head.path,
      version: textAttachment(attachments, Key.version) ?? head.version,
      group: textAttachment(attachments, Key.group) ?? '',
    };
    const found = this.#options.exports.get(service);
    if (!found) throw this.#notExported(service, head, connection);
    const oneway = (frame.flags & FLAG_TWOWAY) === 0;
    return { found, method, head, call: new ServedCall(found.id, method, args, attachments, oneway, connection) };
  }

  /** Wordings and order of the checks as in Dubbo 3.3 (PermittedSerializationKeeper, DecodeableRpcInvocation). */
  #method(head: RequestHead): ServedMethod {
    const id = { interface: head.path, version: head.version };
    const { exports } = this.#options;
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
    throw Refusal.undecodable(
      'java.lang.IllegalArgumentException',
      `Service not found:${head.path}, ${head.methodName}`,
    );
  }

  async #serve({ found, call, method, head }: Served, frame: Frame, connection: Connection): Promise<void> {
    this.#begin(call, connection);
    try {
      const result = await found.invoke(call);
      if (!call.oneway) this.#answer(result, method, head, frame, connection);
      else if (!result.ok) this.#logOneway(call, throwableText(result.exception));
    } catch (error) {
      this.#refuse(frame, connection, this.#failure(error));
    } finally {
      this.#end(call, connection);
    }
  }

  #answer(result: Result, method: ServedMethod, head: RequestHead, frame: Frame, connection: Connection): void {
    let answer: Uint8Array;
    try {
      answer = encodeResult(result, method.returns, head.dubboVersion);
    } catch (error) {
      const what = `${head.path}.${head.methodName}`;
      this.#options.logger.error(`Failed to send response of ${what}: ${throwableText(error)}`, error);
      const message = `Failed to send response: of ${what}, cause: ${this.#text(error)}`;
      this.#refuse(frame, connection, new Refusal(Status.badResponse, message));
      return;
    }
    const { payload } = this.#options;
    const length = answer.length - HEADER_BYTES;
    if (payload > 0 && length > payload) {
      const message = dataTooLarge(length, payload, connection);
      this.#refuse(frame, connection, new Refusal(Status.serializationError, message));
      return;
    }
    connection.respond(answer, Status.ok, frame);
  }

  #refuse(header: Header, connection: Connection, refusal: Refusal): void {
    const twoway = (header.flags & FLAG_TWOWAY) !== 0;
    const kind = twoway ? 'request' : 'one-way request';
    this.#options.logger.warn(`Refused a ${kind} from ${connection.remoteAddress}: ${refusal.message}`);
    if (twoway) connection.respond(encodeFailure(refusal.message), refusal.status, header);
  }

  /** What filters and limits throw reaches the caller as status 70. */
  #failure(error: unknown): Refusal {
    if (!(error instanceof DubboError)) this.#options.logger.error('A call failed outside its handler', error);
    const text =
      error instanceof DubboError ? `org.apache.dubbo.rpc.RpcException: ${error.message}` : this.#text(error);
    return new Refusal(Status.serviceError, text);
  }

  #text(error: unknown): string {
    return this.#options.exposeStack ? throwableTrace(error) : throwableText(error);
  }

  #notExported(service: ServiceId, head: RequestHead, connection: Connection): Refusal {
    const port = connection.localAddress.slice(connection.localAddress.lastIndexOf(':'));
    const keys = this.#options.exports.keys().map((key) => key + port);
    return new Refusal(
      Status.serviceError,
      `org.apache.dubbo.remoting.RemotingException: Not found exported service: ${serviceKey(service)}${port} in ` +
        `[${keys.join(', ')}], may be version or group mismatch , channel: consumer: /${connection.remoteAddress} --> ` +
        `provider: /${connection.localAddress}, message:RpcInvocation [methodName=${head.methodName}, ` +
        `parameterTypes=[${head.descriptor}]]`,
    );
  }

  #logOneway({ service, method }: ServedCall, text: string): void {
    this.#options.logger.warn(`One-way call of ${service.interface}.${method.javaName} failed: ${text}`);
  }

  #begin(call: ServedCall, connection: Connection): void {
    this.#active++;
    let calls = this.#running.get(connection);
    if (!calls) this.#running.set(connection, (calls = new Set()));
    calls.add(call);
  }

  #end(call: ServedCall, connection: Connection): void {
    call.end();
    this.#running.get(connection)?.delete(call);
    this.#active--;
  }
}

interface Served {
  readonly found: Export;
  readonly method: ServedMethod;
  readonly head: RequestHead;
  readonly call: ServedCall;
}
