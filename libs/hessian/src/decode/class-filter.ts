/** What happens to an object whose class is neither declared here, nor the JDK's, nor on the allow-list. */
export type ClassCheck = 'strict' | 'warn' | 'disable';

export interface ClassFilterOptions {
  /** `strict`: its body fails. `warn`: it is read as a holder and reported. `disable`: it is read. Default warn. */
  readonly check?: ClassCheck;
  /** Name prefixes of classes to be read without a word; `$` counts as `.`. */
  readonly allow?: readonly string[];
  /** Name prefixes of classes whose bodies fail, whatever else says; not when `check` is `disable`. */
  readonly deny?: readonly string[];
  /** Told each name that `warn` lets through, once. */
  readonly onUnlisted?: (className: string) => void;
}

const rememberedNames = 1000;

/**
 * Dubbo's serialization check (`serialize-check-status`) for what a peer may send: made once, used by many decoders. An
 * undeclared class is never more than a holder of its fields here, so `warn` is safe.
 */
export class ClassFilter {
  readonly #check: ClassCheck;
  readonly #allow: readonly string[];
  readonly #deny: readonly string[];
  readonly #onUnlisted: ((className: string) => void) | undefined;
  readonly #verdicts = new Map<string, string | undefined>();

  constructor({ check = 'warn', allow = [], deny = [], onUnlisted }: ClassFilterOptions = {}) {
    if (!['strict', 'warn', 'disable'].includes(check))
      throw new RangeError(`the class check '${String(check)}' is none of strict, warn, disable`);
    this.#check = check;
    this.#allow = allow.map(dotted);
    this.#deny = deny.map(dotted);
    this.#onUnlisted = onUnlisted;
  }

  /** Whether any class may come. */
  get isOpen(): boolean {
    return this.#check === 'disable';
  }

  /** Why a class must not be read; undefined when it may. `known` says that it is declared here or the JDK's. */
  refusal(className: string, known: boolean): string | undefined {
    if (this.#check === 'disable') return undefined;
    const key = known ? `+${className}` : className;
    if (this.#verdicts.has(key)) return this.#verdicts.get(key);
    const verdict = this.#judge(className, known);
    if (this.#verdicts.size < rememberedNames) this.#verdicts.set(key, verdict);
    return verdict;
  }

  #judge(className: string, known: boolean): string | undefined {
    const name = dotted(className);
    const starts = (prefix: string): boolean => name.startsWith(prefix);
    if (this.#deny.some(starts)) return `class ${className} is on the deny-list`;
    if (known || this.#allow.some(starts)) return undefined;
    if (this.#check === 'strict')
      return `class ${className} is not on the allow-list, and the class check is strict; declare it with @JavaClass or allow it`;
    this.#onUnlisted?.(className);
    return undefined;
  }
}

function dotted(name: string): string {
  return name.replaceAll('$', '.');
}
