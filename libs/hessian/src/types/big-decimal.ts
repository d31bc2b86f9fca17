const number = /^([+-]?)(\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d{1,10}))?$/;

/**
 * java.math.BigDecimal: an exact decimal number, its scale kept (1.20 is not 1.2). Immutable. It does no arithmetic: give
 * `toString()` to a decimal library and its result, or any object whose toString is a decimal number, back to `of`.
 */
export class BigDecimal {
  readonly #negative: boolean;
  /** Without leading zeros; `0` for zero. */
  readonly #digits: string;
  /** Digits after the point; negative when zeros are implied before it. */
  readonly scale: number;

  private constructor(negative: boolean, digits: string, scale: number) {
    this.#negative = negative;
    this.#digits = digits;
    this.scale = scale;
    Object.freeze(this);
  }

  /**
   * Reads a decimal number. A JavaScript number counts as its shortest decimal text: 0.1 is 0.1. Throws a RangeError for
   * what is no decimal number, or whose scale is not an int.
   */
  static of(value: string | number | bigint | { toString(): string }): BigDecimal {
    const text = String(value);
    const match = number.exec(text);
    if (!match) throw new RangeError(`'${text.length > 50 ? `${text.slice(0, 50)}…` : text}' is no decimal number`);
    const [, sign, mantissa = '', exponent = '0'] = match;
    const point = mantissa.indexOf('.');
    const fraction = point < 0 ? 0 : mantissa.length - point - 1;
    const scale = fraction - Number(exponent);
    if (scale < -0x80000000 || scale > 0x7fffffff) throw new RangeError(`the scale of '${text}' is no int`);
    const digits = withoutLeadingZeros(point < 0 ? mantissa : mantissa.slice(0, point) + mantissa.slice(point + 1));
    return new BigDecimal(sign === '-' && digits !== '0', digits, scale);
  }

  /** All digits as one integer: value × 10^scale. */
  get unscaledValue(): bigint {
    const digits = BigInt(this.#digits);
    return this.#negative ? -digits : digits;
  }

  /** -1, 0 or 1. */
  get signum(): number {
    return this.#digits === '0' ? 0 : this.#negative ? -1 : 1;
  }

  /** As Java's: same value and same scale. */
  equals(other: unknown): boolean {
    return (
      other instanceof BigDecimal &&
      this.scale === other.scale &&
      this.#negative === other.#negative &&
      this.#digits === other.#digits
    );
  }

  /** -1, 0 or 1, whatever the scales: 1.20 and 1.2 compare as 0. */
  compareTo(other: BigDecimal): number {
    if (this.signum !== other.signum) return Math.sign(this.signum - other.signum);
    if (this.signum === 0) return 0;
    const magnitude = this.#digits.length - this.scale - (other.#digits.length - other.scale);
    if (magnitude !== 0) return Math.sign(magnitude) * this.signum;
    // Same magnitude: the digits compare as text once both have the same count.
    const count = Math.max(this.#digits.length, other.#digits.length);
    const mine = this.#digits.padEnd(count, '0');
    const others = other.#digits.padEnd(count, '0');
    return mine === others ? 0 : mine < others ? -this.signum : this.signum;
  }

  /** The nearest double, as Java's doubleValue. */
  toNumber(): number {
    return Number(this.toString());
  }

  /** Java's text: plain, or with an exponent where the scale is negative or the number is below 0.000001. */
  toString(): string {
    const sign = this.#negative ? '-' : '';
    const { scale } = this;
    const digits = this.#digits;
    const exponent = digits.length - 1 - scale;
    if (scale === 0) return sign + digits;
    if (scale > 0 && exponent >= -6) {
      const padded = digits.padStart(scale + 1, '0');
      return `${sign}${padded.slice(0, padded.length - scale)}.${padded.slice(padded.length - scale)}`;
    }
    const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
    return exponent === 0 ? sign + mantissa : `${sign}${mantissa}E${exponent > 0 ? '+' : ''}${exponent}`;
  }

  /** The exact text, as JSON numbers are not exact. */
  toJSON(): string {
    return this.toString();
  }
}

function withoutLeadingZeros(digits: string): string {
  let at = 0;
  while (at < digits.length - 1 && digits.charCodeAt(at) === 0x30) at++;
  return digits.slice(at);
}
