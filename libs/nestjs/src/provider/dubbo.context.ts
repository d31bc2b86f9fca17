import type { Attachments, CallContext, Method, ServiceId } from '@nestjs-dubbo/core';
import { BaseRpcContext } from '@nestjs/microservices';

/** What a Dubbo method, guard or interceptor may know of the call: inject it with `@Ctx()`. */
export class DubboContext extends BaseRpcContext<[CallContext]> {
  /** What the caller sent beside the arguments. */
  get attachments(): Readonly<Attachments> {
    return this.#call.attachments;
  }

  /** Sent back beside the result; add to it. */
  get responseAttachments(): Attachments {
    return this.#call.responseAttachments;
  }

  /** Interface, group and version that were called. */
  get service(): ServiceId {
    return this.#call.service;
  }

  get method(): Method {
    return this.#call.method;
  }

  /** The caller, `host:port`. */
  get remoteAddress(): string {
    return this.#call.remoteAddress;
  }

  get localAddress(): string {
    return this.#call.localAddress;
  }

  /** The caller's application name, where it says so. */
  get remoteApplication(): string | undefined {
    return this.#call.remoteApplication;
  }

  /** Milliseconds since the epoch after which nobody waits for the result; undefined if the caller did not say. */
  get deadline(): number | undefined {
    return this.#call.deadline;
  }

  /** Nobody waits for the result. */
  get oneway(): boolean {
    return this.#call.oneway;
  }

  /** Aborted when the caller is gone: its deadline has passed or its connection is closed. */
  get signal(): AbortSignal {
    return this.#call.signal;
  }

  /**
   * Runs this method in a worker thread, by the module that `@DubboMethod({ worker })` names, and resolves with its result;
   * the thread is ended when {@link signal} is aborted.
   */
  runInWorker<T>(...args: unknown[]): Promise<T> {
    return this.#call.runInWorker(args) as Promise<T>;
  }

  get #call(): CallContext {
    return this.args[0];
  }
}
