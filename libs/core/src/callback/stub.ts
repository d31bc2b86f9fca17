import type { Attachments } from '../invocation/attachments.js';
import type { CallOptions } from '../config/options.js';
import type { Contract } from '../contract/contract.js';
import type { Result } from '../invocation/invocation.js';
import type { Method } from '../invocation/method.js';
import { echoMethod } from '../message/built-in-method.js';

/** A value with what the provider sent beside it. */
export interface ResultWithAttachments<T> {
  readonly value: T;
  readonly attachments: Readonly<Attachments>;
}

/** A stub whose methods resolve to value and attachments. */
export type WithResult<T> = {
  [K in keyof T]: T[K] extends (...args: infer A) => Promise<infer R>
    ? (...args: A) => Promise<ResultWithAttachments<R>>
    : T[K];
};

/** What a stub calls: a consumer's reference, or a callback that a provider was given. */
export interface Callee {
  readonly contract: Contract;
  /** Rejects with a DubboError if the call did not come to a result. */
  call(method: Method, args: readonly unknown[], options: CallOptions): Promise<Result>;
}

/** What stands behind a stub; kept outside of it, so that a stub has nothing but its contract's methods. */
interface Behind {
  readonly callee: Callee;
  readonly call: CallOptions;
  readonly whole: boolean;
}

const behind = new WeakMap<object, Behind>();
const prototypes = new WeakMap<Contract, object>();
const standIns = new WeakSet<object>();

/**
 * An object with the contract's methods and nothing else that could become a remote call: `then`, symbols and Nest's
 * hooks are simply not there; `equals` and `hashCode` are local, as on Java's proxies.
 */
export function makeStub<T extends object>(callee: Callee): T {
  return stubOf({ callee, call: {}, whole: false });
}

/**
 * Lets a fake of a test go where a stub goes: {@link withCall} gives it back, {@link withResult} finds no attachments,
 * {@link echo} the value. Returns the fake.
 */
export function standIn<T extends object>(fake: T): T {
  standIns.add(fake);
  return fake;
}

/** The same stub with options for its calls; they stand above all others. */
export function withCall<T extends object>(stub: T, call: CallOptions): T {
  if (standIns.has(stub)) return stub;
  const { callee, call: outer, whole } = behindOf(stub);
  const attachments = { ...outer.attachments, ...call.attachments };
  return stubOf({ callee, call: { ...outer, ...call, attachments }, whole });
}

/** The same stub; its methods resolve to the value and the answer's attachments. */
export function withResult<T extends object>(stub: T): WithResult<T> {
  if (standIns.has(stub)) return standIn(withoutAttachments(stub));
  const { callee, call } = behindOf(stub);
  return stubOf({ callee, call, whole: true });
}

/** Sends a value to one of the providers and gives back what returns; shows that it is alive. */
export async function echo<V>(stub: object, value: V): Promise<V> {
  if (standIns.has(stub)) return value;
  return (await invoke(behindOf(stub), echoMethod, [value])) as V;
}

/**
 * Calls a method of a stub by its TypeScript name.
 * @throws TypeError if the contract has no such method
 */
export function invokeStub(
  stub: object,
  name: string,
  args: readonly unknown[],
  call: CallOptions = {},
): Promise<unknown> {
  const { callee, call: outer, whole } = behindOf(stub);
  const method = callee.contract.methods.get(name);
  if (!method) {
    const known = [...callee.contract.methods.keys()].join(', ');
    throw new TypeError(`${callee.contract.name} has no method ${name}; it has ${known}`);
  }
  return invoke({ callee, call: { ...outer, ...call }, whole }, method, args);
}

function withoutAttachments<T extends object>(fake: T): WithResult<T> {
  return new Proxy(fake, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return async (...args: unknown[]) => ({
        value: (await Reflect.apply(member, target, args)) as unknown,
        attachments: {},
      });
    },
  }) as WithResult<T>;
}

function stubOf<T extends object>(what: Behind): T {
  const { contract } = what.callee;
  let prototype = prototypes.get(contract);
  if (!prototype) prototypes.set(contract, (prototype = makePrototype(contract)));
  const stub = Object.create(prototype) as T;
  behind.set(stub, what);
  return stub;
}

function makePrototype(contract: Contract): object {
  const prototype: object = Object.create(Object.prototype) as object;
  const define = (name: string, value: unknown): void => {
    Object.defineProperty(prototype, name, { value, configurable: true, writable: true });
  };
  for (const [name, method] of contract.methods) {
    define(name, function (this: object, ...args: unknown[]) {
      return invoke(behindOf(this), method, args);
    });
  }
  define('equals', function (this: object, other: unknown) {
    return this === other;
  });
  define('hashCode', function (this: object) {
    return hashOf(this);
  });
  define('toString', () => `${contract.name} (remote ${contract.interface})`);
  return prototype;
}

async function invoke({ callee, call, whole }: Behind, method: Method, args: readonly unknown[]): Promise<unknown> {
  const result = await callee.call(method, args, call);
  if (!result.ok) throw result.exception;
  return whole ? { value: result.value, attachments: result.attachments } : result.value;
}

function behindOf(stub: object): Behind {
  const what = behind.get(stub);
  if (!what)
    throw new TypeError(
      'This is no stub: pass the object that @DubboReference or client.refer() gave, a callback that a handler was given, ' +
        'or a standIn() for one',
    );
  return what;
}

const hashes = new WeakMap<object, number>();
let lastHash = 0;

function hashOf(stub: object): number {
  let hash = hashes.get(stub);
  if (hash === undefined) hashes.set(stub, (hash = ++lastHash));
  return hash;
}
