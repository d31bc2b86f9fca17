import { HessianError } from '@nestjs-dubbo/hessian';
import type { CallOptions } from '../config/options.js';
import type { Contract, ContractMethod } from '../contract/contract.js';
import type { Connection } from '../exchange/connection.js';
import type { Attachments } from '../invocation/attachments.js';
import { DubboError, type DubboErrorOptions, type DubboErrorPlace } from '../invocation/dubbo-error.js';
import { eitherSignal } from '../invocation/either-signal.js';
import type { Result } from '../invocation/invocation.js';
import type { Method } from '../invocation/method.js';
import { Key } from '../message/attachments.js';
import { encodeRequest, encodeRequestHead } from '../message/request.js';
import { decodeResponse } from '../message/response.js';
import { HEADER_BYTES } from '../wire/header.js';
import type { Callee } from './stub.js';

/** How a provider's service calls back. */
export interface CallbackTerms {
  readonly application: string;
  /** Of the service that was given the callback; the consumer finds it again by that. */
  readonly group: string;
  /** Callbacks of one interface on one connection. */
  readonly limit: number;
  /** Milliseconds that a call waits unless it brings its own. */
  readonly timeoutMs: number;
  /** Largest body sent, in bytes; 0 or less means no limit. */
  readonly payload: number;
}

/** Provider: an object of a consumer, called over the connection that brought it and over no other. */
export class ReceivedCallback implements Callee {
  readonly contract: Contract;
  readonly #id: string;
  readonly #terms: CallbackTerms;
  readonly #connection: Connection;
  readonly #heads = new Map<Method, Uint8Array>();
  #released = false;

  constructor(contract: Contract, id: string, terms: CallbackTerms, connection: Connection) {
    this.contract = contract;
    this.#id = id;
    this.#terms = terms;
    this.#connection = connection;
  }

  /** The consumer has taken it back: no call goes out any more. */
  release(): void {
    this.#released = true;
  }

  /** Rejects with a DubboError also if the consumer has gone or has taken the callback back. */
  async call(method: Method, given: readonly unknown[], options: CallOptions): Promise<Result> {
    const { remoteAddress } = this.#connection;
    const place = { service: this.contract.interface, method: method.javaName, address: remoteAddress };
    try {
      this.#check();
      const { params, returns } = method as ContractMethod;
      const timeoutMs = timeLeft(options, this.#terms.timeoutMs);
      const attachments = this.#attachments(options, timeoutMs);
      const frame = encodeRequest(this.#head(method), given, params, attachments);
      this.#checkLength(frame.length - HEADER_BYTES);
      if (options.return === false) {
        await this.#connection.send(frame);
        return { ok: true, value: undefined, attachments: {} };
      }
      const describe = (): string =>
        `RpcInvocation [methodName=${method.javaName}, parameterTypes=[${method.descriptor}], ` +
        `attachments={${Object.keys(attachments).join(', ')}}]`;
      const signal = eitherSignal(options.signal, options.context?.signal);
      const response = await this.#connection.request({ frame, timeoutMs, describe, signal });
      return decodeResponse(response, returns, remoteAddress);
    } catch (error) {
      throw failure(error, place);
    }
  }

  #check(): void {
    if (this.#released) throw new DubboError('network', 'the consumer has released the callback', { unsent: true });
    if (!this.#connection.closed) return;
    const message = 'its connection is closed, and a callback ends with that; the consumer must pass it again';
    throw new DubboError('network', message, { unsent: true });
  }

  /** As Dubbo's ChannelWrappedInvoker sends them, and what our own consumers read. */
  #attachments({ attachments, context }: CallOptions, timeoutMs: number): Attachments {
    const { application, group } = this.#terms;
    return {
      ...attachments,
      [Key.path]: this.contract.interface,
      [Key.interface]: this.contract.interface,
      [Key.callbackInstance]: this.#id,
      [Key.remoteApplication]: application,
      [Key.timeout]: String(timeoutMs),
      ...(group ? { [Key.group]: group } : {}),
      ...(context?.deadline === undefined ? {} : { [Key.countdown]: timeoutMs }),
    };
  }

  #head(method: Method): Uint8Array {
    let head = this.#heads.get(method);
    if (!head) this.#heads.set(method, (head = encodeRequestHead({ interface: this.contract.interface }, method)));
    return head;
  }

  #checkLength(length: number): void {
    const { payload } = this.#terms;
    if (payload <= 0 || length <= payload) return;
    const message = `Data length too large: ${length}, max payload: ${payload}`;
    throw new DubboError('serialization', message, { unsent: true });
  }
}

/** Milliseconds for the call: its own or the service's, but no more than an outer call has left. */
function timeLeft({ timeout, context }: CallOptions, configured: number): number {
  const wanted = timeout !== undefined && timeout > 0 ? timeout : configured;
  if (context?.deadline === undefined) return wanted;
  const left = Math.floor(context.deadline - Date.now());
  if (left > 0) return Math.min(wanted, left);
  throw new DubboError('timeout-terminate', 'the call that it serves has no time left', { unsent: true });
}

/** Says which callback failed; the code and what it means for sending again stay. */
function failure(error: unknown, place: DubboErrorPlace): unknown {
  const code = error instanceof DubboError ? error.code : error instanceof HessianError ? 'serialization' : undefined;
  if (code === undefined) return error;
  const { message, unsent = true, refused = false } = error as Error & DubboErrorOptions;
  const text = `Failed to call back ${place.service}.${place.method} of ${place.address}, cause: ${message}`;
  return new DubboError(code, text, { ...place, unsent, refused, cause: error });
}
