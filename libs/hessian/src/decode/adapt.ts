import { intBounds, misfit } from '../types/expectation.js';
import { JavaObject } from '../types/java-object.js';
import type { JavaType } from '../types/java-type.js';
import { enumSetHandle } from '../types/jdk-types.js';
import { JavaValue } from '../types/java-value.js';
import { resolved } from '../types/type-of.js';
import { HessianError, keyStep, within } from '../wire/hessian-error.js';
import { classFields, fillMissing, isThrowable, missingFields, newInstance } from './instance-plan.js';

/**
 * A value that was read as something else, as the value its type asks for: a list for a Set, a plain map for an object,
 * an int for a long. Nothing is rounded or cut: what does not fit throws a HessianError. Objects that come out changed
 * are copies; cycles and sharing among them are kept.
 */
export function adapt(value: unknown, type: JavaType, offset?: number): unknown {
  return new Adaptation(offset).adapt(value, type);
}

class Adaptation {
  readonly #offset: number | undefined;
  readonly #made = new Map<unknown, { type: JavaType; made: unknown }[]>();

  constructor(offset: number | undefined) {
    this.#offset = offset;
  }

  adapt(given: unknown, asked: JavaType): unknown {
    const type = resolved(asked);
    const { shape } = type;
    if (shape.kind === 'any' || shape.kind === 'variable') return given;
    if (given === null || given === undefined) {
      if (shape.kind === 'void') return undefined;
      if (type.primitive) throw this.#misfit(type, null);
      return null;
    }
    const value = contentOf(given);
    if (shape.kind === 'value' && given instanceof JavaValue && given.type.shape !== shape) {
      const { shape: other } = given.type;
      if (other.kind !== 'value' || other.layout !== shape.layout) throw this.#misfit(type, given);
    }
    switch (shape.kind) {
      case 'boolean':
        if (typeof value === 'boolean') return value;
        break;
      case 'byte':
      case 'short':
      case 'int': {
        const number = Number(value);
        const [min, max] = intBounds[shape.kind];
        if (isNumeric(value) && Number.isInteger(number) && number >= min && number <= max) return number;
        break;
      }
      case 'long':
        return this.#long(value, type, shape.as);
      case 'float':
      case 'double':
        if (typeof value === 'number') return value;
        if (typeof value === 'bigint' && BigInt(Number(value)) === value) return Number(value);
        break;
      case 'char':
        if (typeof value === 'string' && value.length === 1) return value;
        break;
      case 'string':
        if (typeof value === 'string') return value;
        break;
      case 'date':
        if (value instanceof Date) return value;
        break;
      case 'bytes':
        if (value instanceof Uint8Array) return value;
        break;
      case 'enum': {
        const name = value instanceof JavaObject ? value.get('name') : value;
        if (typeof name === 'string' && shape.constants.includes(name)) return name;
        break;
      }
      case 'value':
        if (shape.layout.accepts(value)) return value;
        break;
      case 'list':
      case 'array':
        if (Array.isArray(value) || value instanceof Set) return this.#array(value, type, shape.element);
        if (shape.kind === 'array' && shape.element.shape.kind === 'char' && typeof value === 'string')
          return Array.from({ length: value.length }, (_, at) => value[at]);
        if (shape.kind === 'array' && shape.element.shape.kind === 'byte' && value instanceof Uint8Array)
          return Array.from(new Int8Array(value.buffer, value.byteOffset, value.length));
        break;
      case 'set':
        if (Array.isArray(value) || value instanceof Set)
          return this.#once(value, type, new Set<unknown>(), (set) =>
            this.#each(value, shape.element, (element) => set.add(element)),
          );
        break;
      case 'map':
        if (value instanceof Map || isPlain(value)) return this.#map(value, type, shape.key, shape.value);
        break;
      case 'class':
        if (value instanceof shape.construct) return value;
        if (isPlain(value)) return this.#instance(value, type);
        if (value instanceof JavaObject) return this.#instance(value.fields, type);
        break;
      case 'void':
      case 'callback':
      case 'lazy':
    }
    throw this.#misfit(type, value);
  }

  #long(value: unknown, type: JavaType, as: 'bigint' | 'number' | 'string'): unknown {
    const whole = typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value));
    const fromText = typeof value === 'string' && /^-?\d{1,19}$/.test(value);
    if (!whole && !fromText) throw this.#misfit(type, value);
    const long = BigInt(value as bigint | number | string);
    if (BigInt.asIntN(64, long) !== long) throw this.#misfit(type, value);
    if (as === 'string') return String(long);
    if (as === 'bigint') return long;
    if (!Number.isSafeInteger(Number(long))) throw this.#misfit(type, long);
    return Number(long);
  }

  #array(value: Iterable<unknown>, type: JavaType, element: JavaType): unknown {
    return this.#once(value, type, [] as unknown[], (array) => this.#each(value, element, (made) => array.push(made)));
  }

  #each(values: Iterable<unknown>, element: JavaType, add: (made: unknown) => void): void {
    let index = 0;
    try {
      for (const value of values) {
        add(this.adapt(value, element));
        index++;
      }
    } catch (error) {
      throw within(error, `[${index}]`);
    }
  }

  #map(value: object, type: JavaType, keyType: JavaType, valueType: JavaType): unknown {
    return this.#once(value, type, new Map<unknown, unknown>(), (map) => {
      for (const [key, entry] of value instanceof Map ? (value as Map<unknown, unknown>) : Object.entries(value))
        try {
          map.set(this.adapt(key, keyType), this.adapt(entry, valueType));
        } catch (error) {
          throw within(error, keyStep(key));
        }
    });
  }

  // Generic calls add the key `class`; like any key that is no field, it is left out.
  #instance(given: Record<string, unknown>, type: JavaType): unknown {
    const { construct, fields } = classFields(type);
    if (isThrowable(construct)) throw this.#misfit(type, given);
    return this.#once(given, type, newInstance(construct), (instance) => {
      for (const { javaName, property, type: fieldType } of fields)
        if (Object.hasOwn(given, javaName))
          try {
            instance[property] = this.adapt(given[javaName], fieldType);
          } catch (error) {
            throw within(error, `.${javaName}`);
          }
      fillMissing(missingFields(fields, new Set(Object.keys(given))), instance);
    });
  }

  // Notes what is made of a container before its content is, so that cycles end and shared parts stay shared.
  #once<T>(value: unknown, type: JavaType, made: T, fill: (made: T) => void): unknown {
    const known = this.#made.get(value) ?? [];
    const before = known.find((entry) => entry.type === type);
    if (before) return before.made;
    known.push({ type, made });
    this.#made.set(value, known);
    fill(made);
    return made;
  }

  #misfit(type: JavaType, value: unknown): HessianError {
    return new HessianError(misfit(type, value), { offset: this.#offset });
  }
}

// What stands in an object of its own around the value.
function contentOf(given: unknown): unknown {
  if (given instanceof JavaValue) return given.value;
  return given instanceof JavaObject && given.javaName === enumSetHandle ? given.get('objects') : given;
}

function isNumeric(value: unknown): boolean {
  return typeof value === 'number' || typeof value === 'bigint';
}

function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
