/** What untyped longs become: `bigint` always fits, `number` fails beyond ±(2^53 - 1), `string` is decimal text. */
export type LongForm = 'bigint' | 'number' | 'string';

/** What one body may ask of the reader. Sizes need no limit of their own: each element takes a byte of the input. */
export interface DecoderOptions {
  /** What longs in untyped positions become. Default bigint. */
  readonly longs?: LongForm;
  /** Objects of declared classes become {@link JavaObject}s in untyped positions, as those of unknown classes do. */
  readonly holders?: boolean;
  /** Containers within containers. Default 500. */
  readonly maxDepth?: number;
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
  maxDepth: 500,
  maxReferences: 1_000_000,
  maxClasses: 10_000,
});

export function decodeLimits(options: DecoderOptions | undefined): DecodeLimits {
  return options === undefined ? defaults : { ...defaults, ...options };
}
