/** Where a value failed: everything but the reason may be unknown. */
export interface HessianErrorPlace {
  /** Byte offset into the body being read; absent when a value could not be written. */
  readonly offset?: number | undefined;
  /** Way from the root to the value, such as `argument 0.tags[3]`. */
  readonly path?: string | undefined;
  readonly cause?: unknown;
}

/**
 * The only error thrown for bytes that are no Hessian 2 and for values that do not fit their Java type. `reason` names
 * what was expected and what was found; `path` is completed while the error travels outwards.
 */
export class HessianError extends Error {
  override readonly name = 'HessianError';
  readonly reason: string;
  readonly offset: number | undefined;
  #path: string;

  constructor(reason: string, place: HessianErrorPlace = {}) {
    super(reason, place.cause === undefined ? undefined : { cause: place.cause });
    this.reason = reason;
    this.offset = place.offset;
    this.#path = place.path ?? '';
    this.#compose();
  }

  /** Way from the root to the value; empty for the root itself. */
  get path(): string {
    return this.#path;
  }

  /** Puts an outer step before the path, as `.field`, `[3]` or a root like `argument 0`; answers itself, to be thrown on. */
  within(step: string): this {
    this.#path = step + this.#path;
    this.#compose();
    return this;
  }

  #compose(): void {
    const at = this.offset === undefined ? '' : ` (at byte ${this.offset})`;
    this.message = `${this.#path === '' ? '' : `${this.#path}: `}${this.reason}${at}`;
  }
}

/** Adds an outer path step to a HessianError; any other error passes unchanged. */
export function within(error: unknown, step: string): unknown {
  return error instanceof HessianError ? error.within(step) : error;
}

/** The path step to a map's entry: `.name` for text, `{7}` for other simple keys. */
export function keyStep(key: unknown): string {
  if (typeof key === 'string') return `.${key.length > 40 ? `${key.slice(0, 40)}…` : key}`;
  return typeof key === 'number' || typeof key === 'bigint' || typeof key === 'boolean' ? `{${key}}` : '{…}';
}
