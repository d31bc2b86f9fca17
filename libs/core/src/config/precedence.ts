import type { Method } from '../invocation/method.js';
import type { ServiceRecord } from '../registry/service-record.js';
import type { ConsumerOptions, ReferenceOptions, SharedCallOptions } from './options.js';

/** Options that both ends may give, at six levels. */
export type SharedKey = keyof SharedCallOptions;

/** A provider's values are text, since they travel in a URL. */
export type OptionValue = string | number | boolean;

/** Where the options of a call come from. The provider speaks through its registered record. */
export interface CallSources {
  readonly method: Method;
  readonly reference: ReferenceOptions;
  readonly consumer: ConsumerOptions;
  readonly record: ServiceRecord | undefined;
}

export interface Effective {
  readonly value: OptionValue;
  /** The level that the value comes from. */
  readonly level: string;
}

/**
 * The levels, highest first. A provider's own defaults travel as `default.k` (as 2.6 writes them) beside `k`, which every
 * consumer reads; `k` alone is the interface's.
 */
const levels: readonly {
  readonly name: string;
  readonly read: (sources: CallSources, key: SharedKey) => OptionValue | undefined;
}[] = [
  { name: 'consumer method', read: ({ reference, method }, key) => reference.methods?.[method.name]?.[key] },
  { name: 'provider method', read: ({ record, method }, key) => record?.parameters[`${method.javaName}.${key}`] },
  { name: 'consumer interface', read: ({ reference }, key) => reference[key] },
  { name: 'provider interface', read: ({ record }, key) => interfaceValue(record, key) },
  { name: 'consumer global', read: ({ consumer }, key) => consumer[key] },
  { name: 'provider global', read: ({ record }, key) => record?.parameters[`default.${key}`] },
];

function interfaceValue(record: ServiceRecord | undefined, key: string): string | undefined {
  const value = record?.parameters[key];
  return value === record?.parameters[`default.${key}`] ? undefined : value;
}

/** The value in force for one option of one method, or undefined where nobody gives one. Empty texts give none. */
export function effective(sources: CallSources, key: SharedKey): Effective | undefined {
  for (const { name, read } of levels) {
    const value = read(sources, key);
    if (value !== undefined && value !== '') return { value, level: name };
  }
  return undefined;
}

/** As {@link effective}, for numbers; text that is no number counts as not given. */
export function effectiveNumber(sources: CallSources, key: SharedKey, fallback: number): number {
  const value = effective(sources, key)?.value;
  const number = typeof value === 'number' ? value : Number(value ?? Number.NaN);
  return Number.isFinite(number) ? Math.trunc(number) : fallback;
}

/** As {@link effective}, for yes or no. */
export function effectiveFlag(sources: CallSources, key: SharedKey): boolean {
  return String(effective(sources, key)?.value ?? false) === 'true';
}

/** Dubbo's own defaults. */
export const DEFAULT_TIMEOUT_MS = 1000;
export const DEFAULT_RETRIES = 2;
export const DEFAULT_CONNECT_TIMEOUT_MS = 3000;
export const DEFAULT_PAYLOAD = 8 * 1024 * 1024;
export const DEFAULT_PORT = 20880;

/** Milliseconds of one attempt: the configured ones if they are positive, else Dubbo's default. */
export function timeoutOf(sources: CallSources): number {
  const timeoutMs = effectiveNumber(sources, 'timeout', DEFAULT_TIMEOUT_MS);
  return timeoutMs > 0 ? timeoutMs : DEFAULT_TIMEOUT_MS;
}
