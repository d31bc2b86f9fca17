import { ClassFilter } from './class-filter.js';

/** What untyped longs become: `bigint` always fits, `number` fails beyond ±(2^53 - 1), `string` is decimal text. */
export type LongForm = 'bigint' | 'number' | 'string';

/** How a body is read, and what it may ask of the reader. A value beyond a limit throws a HessianError. */
export interface DecoderOptions {
  /** What longs in untyped positions become. Default bigint. */
  readonly longs?: LongForm;
  /** Objects of declared classes become {@link JavaObject}s in untyped positions, as those of unknown classes do. */
  readonly holders?: boolean;
  /** Which classes may come. Default: any, those not declared as holders. */
  readonly classes?: ClassFilter;
  /**
   * Which hessian-lite the peer has: `3.2` (Dubbo up to 3.2) or `4.0` (Dubbo 3.3). The two count references differently
   * after a Calendar, URI or LongAdder; while it is `unknown`, the default, such a reference in such a body fails.
   */
  readonly hessianLite?: '3.2' | '4.0' | 'unknown';
  /** Bytes of the body. Default 128 MiB. */
  readonly maxBytes?: number;
  /** Containers within containers. Default 500. */
  readonly maxDepth?: number;
  /** Elements of one list or entries of one map. Default 10,000,000. */
  readonly maxItems?: number;
  /** UTF-16 units of one string, bytes of one binary. Default 64 Mi. */
  readonly maxLength?: number;
  /** Lists, maps and objects in all. Default 1,000,000. */
  readonly maxReferences?: number;
  /** Class definitions. Default 10,000. */
  readonly maxClasses?: number;
}

/** {@link DecoderOptions} with the defaults filled in. */
export type DecodeLimits = Required<DecoderOptions>;

const defaults: DecodeLimits = Object.freeze({
  longs: 'bigint',
  holders: false,
  classes: new ClassFilter({ check: 'disable' }),
  hessianLite: 'unknown',
  maxBytes: 128 * 1024 * 1024,
  maxDepth: 500,
  maxItems: 10_000_000,
  maxLength: 64 * 1024 * 1024,
  maxReferences: 1_000_000,
  maxClasses: 10_000,
});

export function decodeLimits(options: DecoderOptions | undefined): DecodeLimits {
  return options === undefined ? defaults : { ...defaults, ...options };
}
