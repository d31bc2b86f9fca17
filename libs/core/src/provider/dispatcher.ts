import { HessianError } from '@nestjs-dubbo/hessian';
import type { Connection } from '../exchange/connection.js';
import type { RequestHandler } from '../exchange/connection-options.js';
import { dataTooLarge, type Channel } from '../exchange/wording.js';
import { DubboError } from '../invocation/dubbo-error.js';
import type { Result } from '../invocation/invocation.js';
import { limitingWarnings, type Logger } from '../invocation/logger.js';
import { Refusal, refusalOf } from '../message/refusal.js';
import type { RequestHead } from '../message/request.js';
import { encodeFailure, encodeResult } from '../message/response.js';
import { throwableText, throwableTrace } from '../message/throwable.js';
import { FLAG_TWOWAY, HEADER_BYTES, type Frame, type Header } from '../wire/header.js';
import { Status } from '../wire/status.js';
import { Admission } from './admission.js';
import type { AdmissionLimits } from './admission-limits.js';
import { ExhaustionLog } from './exhaustion-log.js';
import type { ExportTable, ServedMethod } from './export-table.js';
import { readCall, type IncomingCall } from './incoming-call.js';
import type { ServedCall } from './served-call.js';

export interface DispatcherOptions {
  readonly exports: ExportTable;
  readonly limits: AdmissionLimits;
  /** Largest body answered, in bytes; 0 or less means no limit. */
  readonly payload: number;
  readonly exposeStack: boolean;
  readonly logger: Logger;
}

/**
 * A result is written until it is so many times over the payload: a few shared lists can stand for gigabytes, since what is
 * shared is written as copies.
 */
const MOST_OVER = 2;

/**
 * Turns requests into calls of exports and their results into answers. Every two-way request is answered exactly once,
 * whatever happens to it; a one-way request never, its failure is logged. Bodies are read after admission.
 */
export class Dispatcher implements RequestHandler {
  readonly #options: DispatcherOptions;
  readonly #admission: Admission;
  readonly #exhaustion: ExhaustionLog;
  readonly #running = new Set<ServedCall>();
  #lastRequestAt = 0;

  constructor(options: DispatcherOptions) {
    this.#options = { ...options, logger: limitingWarnings(options.logger) };
    this.#admission = new Admission(options.limits, this.#begin, this.#exhausted);
    this.#exhaustion = new ExhaustionLog(options.logger);
  }

  /** The calls that run now. */
  get running(): ReadonlySet<ServedCall> {
    return this.#running;
  }

  /** Calls that run or wait. */
  get unfinished(): number {
    return this.#admission.running + this.#admission.waiting;
  }

  /** Of these somebody wants one to end: its caller is there, or never waited. */
  get wanted(): boolean {
    if (this.#admission.waiting > 0) return true;
    for (const call of this.#running) if (!call.abandoned) return true;
    return false;
  }

  /** Watches the event loop from now on, where that is asked for. */
  open(): void {
    this.#admission.open();
  }

  request(frame: Frame, connection: Connection): void {
    // We closed it: an answer would go nowhere.
    if (connection.closed) return;
    this.#lastRequestAt = performance.now();
    this.#admission.admit(frame, connection);
  }

  oversize(header: Header, length: number, connection: Connection): void {
    const message = dataTooLarge(length, this.#options.payload, connection);
    this.#refuse(
      header,
      connection,
      Refusal.undecodable('org.apache.dubbo.remoting.transport.ExceedPayloadLimitException', message),
    );
  }

  /** The peer is gone: nobody waits for what it asked. One-way calls were never waited for: they go on. */
  disconnected(connection: Connection): void {
    this.#admission.disconnected(connection);
    for (const call of this.#running) if (call.connection === connection && !call.oneway) call.abandon();
  }

  /** No call is being served, and none has come for `quietMs`. */
  isQuiet(quietMs: number): boolean {
    return this.unfinished === 0 && performance.now() - this.#lastRequestAt >= quietMs;
  }

  /** Drops what waits and gives up what runs. Idempotent. */
  close(): void {
    this.#admission.close();
    for (const call of this.#running) call.abandon();
  }

  readonly #begin = (frame: Frame, connection: Connection, arrivedAt: number, waited: boolean): void => {
    let incoming: IncomingCall;
    try {
      incoming = readCall(frame, connection, arrivedAt, this.#options);
      if (waited && incoming.call.late) throw this.#tooLate(incoming.call, arrivedAt);
    } catch (error) {
      this.#refuse(frame, connection, refusalOf(error));
      this.#admission.leave();
      return;
    }
    void this.#serve(incoming, frame, connection);
  };

  async #serve({ found, call, method, head }: IncomingCall, frame: Frame, connection: Connection): Promise<void> {
    this.#running.add(call);
    try {
      const result = await found.invoke(call);
      if (!call.oneway) this.#answer(result, method, head, frame, connection);
      else if (!result.ok) this.#logOneway(call, throwableText(result.exception));
    } catch (error) {
      this.#refuse(frame, connection, this.#failure(error));
    } finally {
      call.end();
      this.#running.delete(call);
      this.#admission.leave();
    }
  }

  #answer(result: Result, method: ServedMethod, head: RequestHead, frame: Frame, connection: Connection): void {
    const { payload } = this.#options;
    const mostBytes = payload > 0 ? payload * MOST_OVER : undefined;
    let answer: Uint8Array;
    try {
      answer = encodeResult(result, method.returns, head.dubboVersion, mostBytes);
    } catch (error) {
      if (mostBytes !== undefined && isTooLarge(error)) {
        this.#tooLarge(`more than ${mostBytes}`, frame, connection);
        return;
      }
      const what = `${head.path}.${head.methodName}`;
      this.#options.logger.error(`Failed to send response of ${what}: ${throwableText(error)}`, error);
      const message = `Failed to send response: of ${what}, cause: ${this.#text(error)}`;
      this.#refuse(frame, connection, new Refusal(Status.badResponse, message));
      return;
    }
    const length = answer.length - HEADER_BYTES;
    if (payload > 0 && length > payload) {
      this.#tooLarge(length, frame, connection);
      return;
    }
    connection.respond(answer, Status.ok, frame);
  }

  #tooLarge(length: number | string, frame: Frame, connection: Connection): void {
    const message = dataTooLarge(length, this.#options.payload, connection);
    this.#refuse(frame, connection, new Refusal(Status.serializationError, message));
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

  /** Status 100: the call was not begun, so that its caller may try another provider. */
  readonly #exhausted = (header: Header, connection: Connection): void => {
    const reason = this.#admission.exhausted(connection.localAddress);
    this.#exhaustion.refused(connection.remoteAddress, reason, this.#running);
    if ((header.flags & FLAG_TWOWAY) === 0) return;
    connection.respond(encodeFailure(exhausted(connection, reason)), Status.threadPoolExhausted, header);
  };

  /** Its caller has most likely given up, but is told in case that its `timeout` was not the whole truth (2.6). */
  #tooLate({ connection, timeoutMs }: ServedCall, arrivedAt: number): Refusal {
    const waitedMs = Date.now() - arrivedAt;
    const reason = `The call waited ${waitedMs} ms for a thread, its caller's timeout is ${timeoutMs} ms: it was not begun`;
    return new Refusal(Status.threadPoolExhausted, exhausted(connection, reason));
  }

  #logOneway({ service, method }: ServedCall, text: string): void {
    this.#options.logger.warn(`One-way call of ${service.interface}.${method.javaName} failed: ${text}`);
  }
}

/** Wording of Dubbo 3.3's WrappedChannelHandler. */
function exhausted({ localAddress }: Channel, reason: string): string {
  const at = localAddress.lastIndexOf(':');
  const server = `${localAddress.slice(0, at)},${localAddress.slice(at + 1)}`;
  return `Server side(${server}) thread pool is exhausted, detail msg:${reason}`;
}

function isTooLarge(error: unknown): boolean {
  return error instanceof HessianError && error.reason.startsWith('the output exceeds');
}
