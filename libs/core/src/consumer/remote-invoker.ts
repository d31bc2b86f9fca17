import { inspect } from 'node:util';
import { HessianError, type JavaType } from '@nestjs-dubbo/hessian';
import type { ExportedCallbacks } from '../callback/exported-callbacks.js';
import { DEFAULT_PAYLOAD, timeoutOf, type CallSources } from '../config/precedence.js';
import { callbackParameters, type CallbackParameter } from '../contract/callback-parameters.js';
import type { Endpoint } from '../exchange/endpoint.js';
import type { Attachments } from '../invocation/attachments.js';
import { DubboError } from '../invocation/dubbo-error.js';
import type { Invocation, Invoker, Result } from '../invocation/invocation.js';
import type { Logger } from '../invocation/logger.js';
import type { Method, ServiceId } from '../invocation/method.js';
import { Key } from '../message/attachments.js';
import { encodeRequest, encodeRequestHead } from '../message/request.js';
import { decodeResponse } from '../message/response.js';
import { parameterOf, type ServiceRecord } from '../registry/service-record.js';
import { HEADER_BYTES } from '../wire/header.js';

/** A method with the types of its values. */
export interface TypedMethod extends Method {
  readonly params: readonly JavaType[];
  readonly returns: JavaType;
}

export interface RemoteOptions {
  readonly service: ServiceId;
  readonly application: string;
  readonly record: ServiceRecord;
  readonly endpoint: Endpoint;
  /** Where a method's options come from; asked once per method. */
  readonly sources: (method: Method) => CallSources;
  readonly method: (method: Method) => RemoteMethodOptions;
  /** Send what is left of the call's time along. */
  readonly countdown: boolean;
  readonly callbacks: ExportedCallbacks;
  /** Callbacks of one interface that a connection has at once. */
  readonly callbackLimit: number;
  /** Largest request body in bytes where the provider names none. */
  readonly payload: number | undefined;
  /** Print arguments in messages. */
  readonly logArguments: boolean;
  readonly logger: Logger;
}

export interface RemoteMethodOptions {
  /** A one-way call waits until the network has taken it. */
  readonly sent: boolean;
  /** Tells the provider that the caller does not block. */
  readonly async: boolean;
}

/** Where a call is, for errors. */
interface Place {
  readonly service: string;
  readonly method: string;
  readonly address: string;
}

/** What does not change from call to call, made when a method is first called. */
interface MethodPlan extends RemoteMethodOptions {
  readonly head: Uint8Array;
  readonly method: TypedMethod;
  readonly timeoutMs: number;
  readonly callbacks: readonly CallbackParameter[];
}

/** Calls one provider over its endpoint. */
export function remoteInvoker(options: RemoteOptions): Invoker {
  const { record, endpoint, service } = options;
  const provider = `dubbo://${endpoint.address}/${record.path}`;
  const maxBytes = Number(parameterOf(record, 'payload')) || (options.payload ?? DEFAULT_PAYLOAD);
  const constant = constantAttachments(options);
  const plans = new Map<Method, MethodPlan>();
  let lastId = 0;

  function plan(method: Method): MethodPlan {
    let made = plans.get(method);
    if (!made) {
      const head = encodeRequestHead({ interface: record.path, version: record.version ?? '' }, method);
      const timeoutMs = timeoutOf(options.sources(method));
      const typed = method as TypedMethod;
      const callbacks = callbacksFor(typed, record);
      made = { head, method: typed, timeoutMs, callbacks, ...options.method(method) };
      plans.set(method, made);
    }
    return made;
  }

  return async (invocation: Invocation): Promise<Result> => {
    const { head, method, timeoutMs: configured, callbacks, sent, async: asynchronous } = plan(invocation.method);
    const place = { service: service.interface, method: method.javaName, address: endpoint.address };
    const timeoutMs = timeLeft(invocation, configured, place);
    const attachments: Attachments = { ...invocation.attachments, ...constant, [Key.timeout]: String(timeoutMs) };
    if (options.countdown || invocation.deadline !== undefined) attachments[Key.countdown] = timeoutMs;
    // As Java marks calls that do not block their caller (RpcUtils.attachInvocationIdIfAsync).
    if (asynchronous) Object.assign(attachments, { [Key.async]: 'true', [Key.id]: String(lastId++) });
    const shared =
      callbacks.length > 0
        ? options.callbacks.share(callbacks, invocation.args, options.callbackLimit, place)
        : undefined;
    if (shared) Object.assign(attachments, shared.attachments);
    const frame = encode(head, shared?.args ?? invocation.args, method, attachments, place);
    const length = frame.length - HEADER_BYTES;
    if (maxBytes > 0 && length > maxBytes) {
      const message = `Data length too large: ${length}, max payload: ${maxBytes}, channel: ${endpoint.address}`;
      throw new DubboError('serialization', message, { ...place, unsent: true });
    }
    try {
      if (invocation.oneway) {
        await endpoint.send(frame, timeoutMs, sent, shared?.onConnection);
        return { ok: true, value: undefined, attachments: {} };
      }
      const describe = (): string => describeInvocation(invocation, attachments, options.logArguments);
      const { signal } = invocation;
      const response = await endpoint.request({
        frame,
        timeoutMs,
        describe,
        signal,
        onConnection: shared?.onConnection,
      });
      return decodeResponse(response, method.returns, endpoint.address, options.logger);
    } catch (error) {
      throw explain(error, method, provider, place);
    }
  };
}

/**
 * Milliseconds for this attempt: the caller's own or the configured ones, but no more than an outer call has left.
 * @throws DubboError `timeout-terminate` if that is none
 */
function timeLeft({ timeoutMs, deadline }: Invocation, configured: number, place: Place): number {
  const wanted = timeoutMs ?? configured;
  if (deadline === undefined) return wanted;
  const left = Math.floor(deadline - Date.now());
  if (left > 0) return Math.min(wanted, left);
  const call = `${place.service}.${place.method}`;
  const message = `No time left for making the following call: ${call}, terminate directly.`;
  throw new DubboError('timeout-terminate', message, { ...place, unsent: true });
}

/** Those of the contract; a provider that says what a parameter is knows better. */
function callbacksFor(method: TypedMethod, { parameters }: ServiceRecord): readonly CallbackParameter[] {
  return callbackParameters(method).map((parameter) => {
    const said = parameters[`${method.javaName}.${parameter.index}.callback`];
    return said === undefined ? parameter : { ...parameter, release: said === 'false' };
  });
}

/** Attachments that every call to this provider carries; they stand above what the caller brought. */
function constantAttachments({ service, application, record }: RemoteOptions): Attachments {
  const attachments: Attachments = {
    [Key.path]: record.path,
    [Key.interface]: service.interface,
    // The provider's own, where the reference takes any.
    [Key.version]: record.version ?? '0.0.0',
    [Key.remoteApplication]: application,
  };
  // What the caller forwards of a call it serves must not speak for this one; undefined is not sent.
  attachments[Key.group] = record.group;
  attachments[Key.token] = parameterOf(record, 'token');
  attachments[Key.countdown] = undefined;
  attachments[Key.async] = undefined;
  attachments[Key.id] = undefined;
  return attachments;
}

function encode(
  head: Uint8Array,
  args: readonly unknown[],
  method: TypedMethod,
  attachments: Attachments,
  place: Place,
): Uint8Array {
  try {
    return encodeRequest(head, args, method.params, attachments);
  } catch (error) {
    if (!(error instanceof HessianError)) throw error;
    const message = `${place.service}.${place.method}: ${error.message}`;
    throw new DubboError('serialization', message, { ...place, cause: error, unsent: true });
  }
}

/** Wordings of Dubbo 3.3's AbstractInvoker around what happened on the way. */
function explain(error: unknown, { javaName }: Method, provider: string, place: Place): unknown {
  if (!(error instanceof DubboError)) return error;
  const { unsent, refused, message } = error;
  const options = { ...place, unsent, refused, cause: error };
  switch (error.code) {
    case 'timeout':
      return new DubboError(
        'timeout',
        `Invoke remote method timeout. method: ${javaName}, provider: ${provider}, cause: ${message}`,
        options,
      );
    case 'network':
      return new DubboError(
        'network',
        `Failed to invoke remote method: ${javaName}, provider: ${provider}, cause: ${message}`,
        options,
      );
    case 'serialization':
      return new DubboError(
        'serialization',
        `Invoke remote method failed cause by serialization error.  remote method: ${javaName}, provider: ${provider}, cause: ${message}`,
        options,
      );
    default:
      return error;
  }
}

/** As Dubbo prints an RpcInvocation; without values unless asked for: they may hold secrets. */
function describeInvocation({ method, args }: Invocation, attachments: Attachments, values: boolean): string {
  const shown = values ? `, arguments=${inspect(args, inspection)}` : '';
  const attached = values ? inspect(attachments, inspection) : `{${Object.keys(attachments).join(', ')}}`;
  return `RpcInvocation [methodName=${method.javaName}, parameterTypes=[${method.descriptor}]${shown}, attachments=${attached}]`;
}

const inspection = { breakLength: Infinity, depth: 4, maxArrayLength: 20, maxStringLength: 200 };
