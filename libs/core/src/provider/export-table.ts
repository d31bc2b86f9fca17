import type { BindCallbacks } from '../callback/received-callbacks.js';
import type { Contract, ContractMethod } from '../contract/contract.js';
import type { Invoker } from '../invocation/invocation.js';
import { serviceKey, type ServiceId } from '../invocation/method.js';
import { echoMethod, invokeAsyncMethod, invokeMethod, type BuiltInMethod } from '../message/built-in-method.js';

/** One provided service: what is called, and how. */
export interface Export {
  readonly id: ServiceId;
  readonly contract: Contract;
  /** Filters and handlers; takes every method of {@link find}. */
  readonly invoke: Invoker;
  readonly bindCallbacks: BindCallbacks;
}

/** What a provider calls when a method is found: one of the contract, or one that every service has. */
export type ServedMethod = ContractMethod | BuiltInMethod;

const builtIn = [echoMethod, invokeMethod, invokeAsyncMethod];

/** The services of a server by service key, and their methods by Java name and descriptor. */
export class ExportTable {
  readonly #exports = new Map<string, Export>();
  /** By interface and version, since a request's group comes after its arguments. */
  readonly #byService = new Map<string, Export[]>();
  readonly #methods = new Map<Contract, ReadonlyMap<string, ServedMethod>>();

  /** Throws an Error if the same interface, group and version is exported already. */
  add(added: Export): void {
    const key = serviceKey(added.id);
    if (this.#exports.has(key)) throw new Error(`${key} is exported twice; give one of them a group or a version`);
    this.#exports.set(key, added);
    const service = serviceKey({ ...added.id, group: '' });
    this.#byService.set(service, [...(this.#byService.get(service) ?? []), added]);
    this.#methods.set(added.contract, methodTable(added.contract));
  }

  get(id: ServiceId): Export | undefined {
    return this.#exports.get(serviceKey(id));
  }

  /** Whether any group exports the service. */
  has(id: ServiceId): boolean {
    return this.#byService.has(serviceKey({ ...id, group: '' }));
  }

  /** The method of a service, whatever its group. */
  find(id: ServiceId, javaName: string, descriptor: string): ServedMethod | undefined {
    const exports = this.#byService.get(serviceKey({ ...id, group: '' })) ?? [];
    for (const { contract } of exports) {
      const method = this.#methods.get(contract)!.get(`${javaName}(${descriptor})`);
      if (method) return method;
    }
    return undefined;
  }

  /** The method of this very export. */
  methodOf({ contract }: Export, javaName: string, descriptor: string): ServedMethod | undefined {
    return this.#methods.get(contract)!.get(`${javaName}(${descriptor})`);
  }

  keys(): string[] {
    return [...this.#exports.keys()];
  }

  all(): Iterable<Export> {
    return this.#exports.values();
  }
}

function methodTable({ methods }: Contract): ReadonlyMap<string, ServedMethod> {
  const all: ServedMethod[] = [...builtIn, ...methods.values()];
  return new Map(all.map((method) => [`${method.javaName}(${method.descriptor})`, method]));
}
