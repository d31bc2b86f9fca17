import type { CallbackParameter } from '../contract/callback-parameters.js';
import type { Contract } from '../contract/contract.js';
import type { Connection } from '../exchange/connection.js';
import { DubboError, type DubboErrorPlace } from '../invocation/dubbo-error.js';
import type { Attachments } from '../invocation/attachments.js';
import { callbackArgumentKey } from '../message/attachments.js';
import { tooManyCallbacks } from './callback-limit.js';

/** An object that a provider may call back. */
export interface ExportedCallback {
  readonly id: string;
  readonly contract: Contract;
  readonly target: object;
}

/** What a call with callback arguments sends in their place. */
export interface SharedCallbacks {
  readonly args: readonly unknown[];
  /** Name the objects. */
  readonly attachments: Attachments;
  /**
   * Makes the objects callable over the connection that the call takes, or no longer.
   * @throws DubboError `limit-exceeded` with Java's text
   */
  readonly onConnection: (connection: Connection) => void;
}

/**
 * Consumer: the objects that providers may call back, by connection. They are callable as long as their connection lives
 * or until a releasing method has taken them back.
 */
export class ExportedCallbacks {
  readonly #byConnection = new WeakMap<Connection, Map<string, ExportedCallback>>();
  /** An object keeps its id, so that it can be released and is the same for the provider each time. */
  readonly #ids = new WeakMap<object, string>();
  #lastId = 0;

  /**
   * Takes the callbacks out of a call's arguments.
   * @param limit callbacks of one interface on one connection
   * @throws DubboError `serialization` if an argument is no object with the methods of its interface
   */
  share(
    parameters: readonly CallbackParameter[],
    given: readonly unknown[],
    limit: number,
    place: DubboErrorPlace,
  ): SharedCallbacks {
    const args = [...given];
    const attachments: Attachments = {};
    const shared = parameters.map(({ index, contract, release }) => {
      const target = callable(args[index], index, contract, place);
      const callback = { id: this.#idOf(target), contract, target };
      args[index] = null;
      attachments[callbackArgumentKey(index)] = callback.id;
      return { callback, release };
    });
    const onConnection = (connection: Connection): void => {
      for (const { callback, release } of shared) {
        if (release) this.#byConnection.get(connection)?.delete(pathOf(callback.contract.interface, callback.id));
        else this.#add(callback, connection, limit, place);
      }
    };
    return { args, attachments, onConnection };
  }

  /** What the peer of a connection means by an interface and an object's id. */
  get(connection: Connection, serviceInterface: string, id: string): ExportedCallback | undefined {
    return this.#byConnection.get(connection)?.get(pathOf(serviceInterface, id));
  }

  /** All that the peer of a connection may call. */
  of(connection: Connection): Iterable<ExportedCallback> {
    return this.#byConnection.get(connection)?.values() ?? [];
  }

  #add(callback: ExportedCallback, connection: Connection, limit: number, place: DubboErrorPlace): void {
    let callbacks = this.#byConnection.get(connection);
    if (!callbacks) this.#byConnection.set(connection, (callbacks = new Map()));
    const path = pathOf(callback.contract.interface, callback.id);
    if (callbacks.has(path)) return;
    const others = [...callbacks.values()].filter(({ contract }) => contract === callback.contract).length;
    if (others >= limit) {
      const message = tooManyCallbacks(callback.contract, limit, others + 1, connection);
      throw new DubboError('limit-exceeded', message, { ...place, unsent: true });
    }
    callbacks.set(path, callback);
  }

  #idOf(target: object): string {
    let id = this.#ids.get(target);
    if (id === undefined) this.#ids.set(target, (id = String(++this.#lastId)));
    return id;
  }
}

/** Under which Java finds the object. */
function pathOf(serviceInterface: string, id: string): string {
  return `${serviceInterface}.${id}`;
}

/** The argument, if it has what its interface asks for. */
function callable(argument: unknown, index: number, contract: Contract, place: DubboErrorPlace): object {
  const where = `${place.service}.${place.method}: argument ${index}`;
  if (typeof argument !== 'object' || argument === null) {
    const message = `${where}: expected an object with the methods of ${contract.name} to be called back, got ${argument === null ? 'null' : typeof argument}`;
    throw new DubboError('serialization', message, { ...place, unsent: true });
  }
  for (const name of contract.methods.keys()) {
    if (typeof (argument as Record<string, unknown>)[name] === 'function') continue;
    const message = `${where}: the object to be called back has no method ${name}, which ${contract.name} asks for`;
    throw new DubboError('serialization', message, { ...place, unsent: true });
  }
  return argument;
}
