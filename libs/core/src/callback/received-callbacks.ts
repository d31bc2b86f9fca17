import { callbackParameters, type CallbackParameter } from '../contract/callback-parameters.js';
import type { Connection } from '../exchange/connection.js';
import type { Attachments } from '../invocation/attachments.js';
import { callbackArgumentKey, textAttachment } from '../message/attachments.js';
import { Refusal } from '../message/refusal.js';
import { tooManyCallbacks } from './callback-limit.js';
import { ReceivedCallback, type CallbackTerms } from './received-callback.js';
import { makeStub } from './stub.js';

/**
 * Gives the arguments of a call as its handler gets them: stubs for callbacks, which are null on the wire.
 * @throws Refusal if an attachment names no object or there are too many
 */
export type BindCallbacks = (
  method: Parameters<typeof callbackParameters>[0],
  args: readonly unknown[],
  attachments: Attachments,
  connection: Connection,
) => readonly unknown[];

interface Received {
  readonly callback: ReceivedCallback;
  readonly stub: object;
}

/**
 * Provider: what handlers get for callback arguments. One object of a consumer is one stub on its connection, however often
 * it is passed; a releasing method gets that stub once more, and null if there is none.
 */
export class ReceivedCallbacks {
  readonly #byConnection = new WeakMap<Connection, Map<string, Received>>();

  /** The arguments of one service's calls; `terms` say how it calls back. */
  binder(terms: CallbackTerms): BindCallbacks {
    return (method, args, attachments, connection) => {
      const parameters = callbackParameters(method);
      if (parameters.length === 0) return args;
      const bound = [...args];
      for (const parameter of parameters) {
        const id = instanceId(attachments, parameter);
        bound[parameter.index] = parameter.release
          ? this.#release(parameter, id, connection)
          : this.#receive(parameter, id, terms, connection);
      }
      return bound;
    };
  }

  #receive({ contract }: CallbackParameter, id: string, terms: CallbackTerms, connection: Connection): object {
    let received = this.#byConnection.get(connection);
    if (!received) this.#byConnection.set(connection, (received = new Map()));
    const key = `${contract.interface}.${id}`;
    const known = received.get(key);
    if (known) return known.stub;
    const others = [...received.values()].filter((one) => one.callback.contract === contract).length;
    if (others >= terms.limit) {
      const message = tooManyCallbacks(contract, terms.limit, others + 1, connection);
      throw Refusal.undecodable('java.io.IOException', `java.lang.IllegalStateException: ${message}`);
    }
    const callback = new ReceivedCallback(contract, id, terms, connection);
    const stub = makeStub(callback);
    received.set(key, { callback, stub });
    return stub;
  }

  #release({ contract }: CallbackParameter, id: string, connection: Connection): object | null {
    const received = this.#byConnection.get(connection);
    const key = `${contract.interface}.${id}`;
    const known = received?.get(key);
    if (!known) return null;
    received?.delete(key);
    known.callback.release();
    return known.stub;
  }
}

/** Java's identity of the object, an int; wording as Dubbo's CallbackServiceCodec fails. */
function instanceId(attachments: Attachments, { index }: CallbackParameter): string {
  const text = textAttachment(attachments, callbackArgumentKey(index));
  if (text !== undefined && /^[+-]?\d{1,10}$/.test(text) && Number(text) === (Number(text) | 0)) return text;
  const why = text === undefined ? 'Cannot parse null string: null' : `For input string: "${text}"`;
  throw Refusal.undecodable('java.io.IOException', `java.lang.NumberFormatException: ${why}`);
}
