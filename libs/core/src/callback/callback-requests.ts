import { Decoder } from '@nestjs-dubbo/hessian';
import type { ContractMethod } from '../contract/contract.js';
import type { Connection } from '../exchange/connection.js';
import type { RequestHandler } from '../exchange/connection-options.js';
import { dataTooLarge } from '../exchange/wording.js';
import { exception } from '../filter/exception.js';
import type { Attachments } from '../invocation/attachments.js';
import type { Invocation, Invoker, Result } from '../invocation/invocation.js';
import type { Logger } from '../invocation/logger.js';
import { callerTimeoutMs, Key, textAttachment } from '../message/attachments.js';
import { Refusal, refusalOf } from '../message/refusal.js';
import { readArguments, readAttachments, readRequestHead, type RequestHead } from '../message/request.js';
import { encodeFailure, encodeResult } from '../message/response.js';
import { throwableText } from '../message/throwable.js';
import { FLAG_TWOWAY, HEADER_BYTES, HESSIAN2, SERIALIZATION_MASK, type Frame, type Header } from '../wire/header.js';
import { Status } from '../wire/status.js';
import type { ExportedCallback, ExportedCallbacks } from './exported-callbacks.js';

export interface CallbackRequestsOptions {
  readonly callbacks: ExportedCallbacks;
  /** Largest body taken or answered, in bytes; 0 or less means no limit. */
  readonly payload: number;
  readonly logger: Logger;
}

/** What a request of a provider asks for. */
interface CallbackCall {
  readonly head: RequestHead;
  readonly callback: ExportedCallback;
  /** Undefined: the callback's interface has no method of that name. */
  readonly method: ContractMethod | undefined;
  readonly args: readonly unknown[];
  readonly attachments: Attachments;
}

/**
 * Consumer: serves the calls that providers make to callbacks. Every two-way request is answered exactly once; a one-way
 * request never, its failure is logged.
 */
export class CallbackRequests implements RequestHandler {
  readonly #options: CallbackRequestsOptions;
  readonly #invokers = new WeakMap<ExportedCallback, Invoker>();

  constructor(options: CallbackRequestsOptions) {
    this.#options = options;
  }

  request(frame: Frame, connection: Connection): void {
    void this.#serve(frame, connection);
  }

  oversize(header: Header, length: number, connection: Connection): void {
    const message = dataTooLarge(length, this.#options.payload, connection);
    const className = 'org.apache.dubbo.remoting.transport.ExceedPayloadLimitException';
    this.#refuse(header, connection, Refusal.undecodable(className, message));
  }

  async #serve(frame: Frame, connection: Connection): Promise<void> {
    try {
      const call = this.#read(frame, connection);
      const result = await this.#invoke(call, frame, connection);
      if (frame.flags & FLAG_TWOWAY) connection.respond(this.#encode(result, call, connection), Status.ok, frame);
      else if (!result.ok) this.#options.logger.warn(failedOneway(call, result.exception));
    } catch (error) {
      this.#refuse(frame, connection, refusalOf(error));
    }
  }

  #read(frame: Frame, connection: Connection): CallbackCall {
    const serialization = frame.flags & SERIALIZATION_MASK;
    if (serialization !== HESSIAN2) {
      const message =
        `Unrecognized serialize type from provider: ${serialization}; this consumer takes callbacks in hessian2 only, ` +
        'so set prefer.serialization=hessian2 for the service';
      throw Refusal.undecodable('java.io.IOException', message);
    }
    const decoder = new Decoder(frame.body);
    const head = readRequestHead(decoder);
    // The path is the callback's interface; which object of it is called says an attachment, behind the arguments.
    const contract = [...this.#options.callbacks.of(connection)].find(
      (c) => c.contract.interface === head.path,
    )?.contract;
    const named = [...(contract?.methods.values() ?? [])].filter(({ javaName }) => javaName === head.methodName);
    const method = named.find(({ descriptor }) => descriptor === head.descriptor);
    const args = method ? readArguments(decoder, method.params) : skipArguments(decoder, head.descriptor);
    const attachments = readAttachments(decoder);
    const callback = this.#find(head, attachments, connection);
    if (method || named.length === 0) return { head, callback, method, args, attachments };
    const message = `Service not found:${head.path}, ${head.methodName}`;
    throw Refusal.undecodable('java.lang.IllegalArgumentException', message);
  }

  #find(head: RequestHead, attachments: Attachments, connection: Connection): ExportedCallback {
    const id = textAttachment(attachments, Key.callbackInstance);
    if (id === undefined) throw new Refusal(Status.serviceError, 'This consumer provides no service on its connection');
    const callback = this.#options.callbacks.get(connection, head.path, id);
    if (callback) return callback;
    const { localAddress, remoteAddress } = connection;
    const port = localAddress.slice(localAddress.lastIndexOf(':'));
    const known = [...this.#options.callbacks.of(connection)].map(
      (one) => `${one.contract.interface}.${one.id}${port}`,
    );
    throw new Refusal(
      Status.serviceError,
      `org.apache.dubbo.remoting.RemotingException: Not found exported service: ${head.path}.${id}${port} in ` +
        `[${known.join(', ')}], may be version or group mismatch , channel: consumer: /${remoteAddress} --> ` +
        `provider: /${localAddress}, message:${describe(head)}`,
    );
  }

  async #invoke(call: CallbackCall, { flags }: Frame, connection: Connection): Promise<Result> {
    const { callback, method, args, attachments, head } = call;
    if (!method) {
      this.#options.logger.warn(unknownMethod(callback, head, connection));
      return { ok: true, value: null, attachments: {} };
    }
    return this.#invoker(callback)({
      service: { interface: callback.contract.interface },
      method,
      args,
      attachments,
      timeoutMs: callerTimeoutMs(attachments),
      oneway: (flags & FLAG_TWOWAY) === 0,
      context: new Map(),
    });
  }

  #invoker(callback: ExportedCallback): Invoker {
    let invoker = this.#invokers.get(callback);
    if (!invoker) {
      const { contract } = callback;
      const declared = exception({
        declared: ({ name }) => contract.methods.get(name)?.throws ?? [],
        // The stack is in this process's log; a provider has no use for it.
        exposeStack: false,
        logger: this.#options.logger,
      });
      invoker = declared((invocation) => run(callback.target, invocation));
      this.#invokers.set(callback, invoker);
    }
    return invoker;
  }

  #encode(result: Result, { method, head }: CallbackCall, connection: Connection): Uint8Array {
    const { payload } = this.#options;
    let answer: Uint8Array;
    try {
      answer = encodeResult(result, method?.returns, head.dubboVersion);
    } catch (error) {
      const what = `${head.path}.${head.methodName}`;
      throw new Refusal(Status.badResponse, `Failed to send response: of ${what}, cause: ${throwableText(error)}`);
    }
    const length = answer.length - HEADER_BYTES;
    if (payload <= 0 || length <= payload) return answer;
    throw new Refusal(Status.serializationError, dataTooLarge(length, payload, connection));
  }

  #refuse(header: Header, connection: Connection, refusal: Refusal): void {
    const twoway = (header.flags & FLAG_TWOWAY) !== 0;
    const kind = twoway ? 'request' : 'one-way request';
    this.#options.logger.warn(`Refused a ${kind} from ${connection.remoteAddress}: ${refusal.message}`);
    if (twoway) connection.respond(encodeFailure(refusal.message), refusal.status, header);
  }
}

async function run(target: object, { method, args }: Invocation): Promise<Result> {
  try {
    const called = (target as Record<string, (...args: readonly unknown[]) => unknown>)[method.name]!;
    return { ok: true, value: await Reflect.apply(called, target, args), attachments: {} };
  } catch (exception) {
    return { ok: false, exception, attachments: {} };
  }
}

/** Reads what nobody will see, to get at what follows. */
function skipArguments(decoder: Decoder, descriptor: string): unknown[] {
  return (descriptor.match(/\[*(?:[ZBCDFIJS]|L[^;]*;)/g) ?? []).map(() => decoder.read());
}

/** Wording of Dubbo's DubboProtocol. */
function unknownMethod({ contract, id }: ExportedCallback, head: RequestHead, connection: Connection): string {
  const methods = [...contract.methods.values()].map(({ javaName }) => javaName).join(',');
  const url = `dubbo://${connection.localAddress}/${contract.interface}.${id}?interface=${contract.interface}&methods=${methods}`;
  return (
    `The methodName ${head.methodName} not found in callback service interface ,invoke will be ignored. ` +
    `please update the api interface. url is:${url} ,invocation is :${describe(head)}`
  );
}

function failedOneway({ callback, head }: CallbackCall, thrown: unknown): string {
  return `One-way call of ${callback.contract.interface}.${head.methodName} failed: ${throwableText(thrown)}`;
}

function describe({ methodName, descriptor }: RequestHead): string {
  return `RpcInvocation [methodName=${methodName}, parameterTypes=[${descriptor}]]`;
}
