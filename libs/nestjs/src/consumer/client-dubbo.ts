import { declaredContract, invokeStub, type Contract, type GenericService } from '@nestjs-dubbo/core';
import { Inject, Injectable } from '@nestjs/common';
import { ClientProxy, type ReadPacket, type WritePacket } from '@nestjs/microservices';
import type { Observable } from 'rxjs';
import type { DubboReferenceOptions } from '../module/dubbo-options.js';
import { suggestion } from '../module/option-check.js';
import { DubboReferences } from './dubbo-references.js';

/** Which method a message goes to. */
export interface DubboPattern {
  /** The Java interface's full name. */
  readonly interface: string;
  /** The contract's TypeScript or Java name; with `types` the Java name. */
  readonly method: string;
  readonly group?: string;
  readonly version?: string;
  /** Java names of the parameter types (`long`, `java.lang.String`): calls generically, without a contract. */
  readonly types?: readonly string[];
}

/**
 * Nest's own face of a consumer: `send` calls, `emit` calls one-way. The contract is the one declared for the interface in
 * this process; without one give `types`. An observable fails with a TypeError for a pattern that fits no contract, with
 * the callee's exception, or with a DubboError. Unsubscribing gives the call up.
 */
@Injectable()
export class ClientDubbo extends ClientProxy {
  constructor(@Inject(DubboReferences) private readonly references: DubboReferences) {
    super();
  }

  /** Sends the arguments, an array, to the method of the pattern. */
  override send<Value = unknown, Args = readonly unknown[]>(pattern: DubboPattern, args: Args): Observable<Value> {
    return super.send<Value, Args>(pattern, args);
  }

  /** As {@link send}, but nobody waits for an answer: completes when the call is on its way. */
  override emit<Value = void, Args = readonly unknown[]>(pattern: DubboPattern, args: Args): Observable<Value> {
    return super.emit<Value, Args>(pattern, args);
  }

  /** There is nothing to open: connections are made by the first call. */
  connect(): Promise<void> {
    return Promise.resolve();
  }

  /** Connections are the application's and close with it. */
  close(): void {}

  unwrap<T = DubboReferences>(): T {
    return this.references as T;
  }

  protected publish(packet: ReadPacket, callback: (packet: WritePacket) => void): () => void {
    const abort = new AbortController();
    this.#call(packet, {}, abort.signal).then(
      (response) => callback({ response: response ?? null, isDisposed: true }),
      (err: unknown) => callback({ err }),
    );
    return () => abort.abort();
  }

  protected async dispatchEvent<T>(packet: ReadPacket): Promise<T> {
    return (await this.#call(packet, { return: false })) as T;
  }

  async #call({ pattern, data }: ReadPacket, own: DubboReferenceOptions, signal?: AbortSignal): Promise<unknown> {
    const { interface: name, method, types, group, version } = checkPattern(pattern);
    if (!Array.isArray(data))
      throw new TypeError(`The arguments of ${name}.${method} must be an array: [${typeof data}]`);
    const options: DubboReferenceOptions = {
      ...own,
      ...(group === undefined ? {} : { group }),
      ...(version === undefined ? {} : { version }),
    };
    const call = signal ? { signal } : {};
    if (types) {
      const generic: GenericService = this.references.refer(name, options);
      return invokeStub(generic, '$invoke', [method, types, data], call);
    }
    const contract = declaredContract(name);
    if (!contract) {
      throw new TypeError(
        `No contract is declared for ${name} in this process: import its class with @DubboInterface, or give the Java ` +
          `names of the parameter types in the pattern, as types: ['long']`,
      );
    }
    return invokeStub(this.references.refer(contract, options), methodName(contract, method), data, call);
  }
}

function checkPattern(pattern: unknown): DubboPattern {
  const { interface: name, method } = (typeof pattern === 'object' && pattern ? pattern : {}) as Partial<DubboPattern>;
  if (typeof name === 'string' && typeof method === 'string') return pattern as DubboPattern;
  throw new TypeError(
    `The pattern of a Dubbo message is { interface, method, group?, version?, types? }, not ${JSON.stringify(pattern)}`,
  );
}

/** The TypeScript name; a Java name will do if it is not overloaded. */
function methodName({ name, methods }: Contract, given: string): string {
  if (methods.has(given)) return given;
  const named = [...methods.values()].filter(({ javaName }) => javaName === given);
  if (named.length === 1) return named[0]!.name;
  const why =
    named.length > 1
      ? `is overloaded; name one of ${named.map((method) => method.name).join(', ')}`
      : `is no method; ${suggestion(given, [...methods.keys()])}`;
  throw new TypeError(`${name}: ${given} ${why}`);
}
