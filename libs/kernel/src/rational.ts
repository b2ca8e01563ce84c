import { invariant } from './invariant.js';
import { divideRounded, type Rounding } from './rounding.js';

function gcd(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

const DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const FRACTION = /^(-?(?:0|[1-9]\d*))\/([1-9]\d*)$/;

/**
 * An exact number: numerator and positive denominator in lowest terms. All arithmetic is exact; rounding
 * happens only in {@link Rational.round}. Prices, weights and scores are values of this type.
 */
export class Rational {
  static readonly ZERO = new Rational(0n, 1n);
  static readonly ONE = new Rational(1n, 1n);

  readonly n: bigint;
  readonly d: bigint;

  private constructor(n: bigint, d: bigint) {
    this.n = n;
    this.d = d;
  }

  static of(n: bigint, d = 1n): Rational {
    invariant(d !== 0n, 'a rational has a denominator other than zero');
    const divisor = gcd(n, d);
    const sign = d < 0n ? -1n : 1n;
    return divisor === 0n ? Rational.ZERO : new Rational((sign * n) / divisor, (sign * d) / divisor);
  }

  /** Reads `12`, `-0.125` or `9/7`. Returns undefined for anything else: exponents, signs, blanks, `01`. */
  static parse(text: string): Rational | undefined {
    if (DECIMAL.test(text)) {
      const [whole = '0', part = ''] = text.split('.');
      const digits = BigInt(whole.replace('-', '') + part);
      return Rational.of(text.startsWith('-') ? -digits : digits, 10n ** BigInt(part.length));
    }
    const fraction = FRACTION.exec(text);
    return fraction ? Rational.of(BigInt(fraction[1]!), BigInt(fraction[2]!)) : undefined;
  }

  /** {@link Rational.parse} for text that the program itself wrote: anything else is a bug. */
  static from(text: string | bigint): Rational {
    const value = typeof text === 'bigint' ? Rational.of(text) : Rational.parse(text);
    invariant(value, `not an exact number: ${text}`);
    return value;
  }

  add(other: Rational): Rational {
    return Rational.of(this.n * other.d + other.n * this.d, this.d * other.d);
  }
  sub(other: Rational): Rational {
    return Rational.of(this.n * other.d - other.n * this.d, this.d * other.d);
  }
  mul(other: Rational): Rational {
    return Rational.of(this.n * other.n, this.d * other.d);
  }
  /** Dividing by zero is a bug of the caller, who must have ruled it out. */
  div(other: Rational): Rational {
    invariant(other.n !== 0n, 'division by zero');
    return Rational.of(this.n * other.d, this.d * other.n);
  }
  neg(): Rational {
    return new Rational(-this.n, this.d);
  }
  abs(): Rational {
    return this.n < 0n ? this.neg() : this;
  }
  compare(other: Rational): -1 | 0 | 1 {
    const difference = this.n * other.d - other.n * this.d;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }
  equals(other: Rational): boolean {
    return this.n === other.n && this.d === other.d;
  }
  lessThan(other: Rational): boolean {
    return this.compare(other) < 0;
  }
  atMost(other: Rational): boolean {
    return this.compare(other) <= 0;
  }
  isZero(): boolean {
    return this.n === 0n;
  }
  sign(): -1 | 0 | 1 {
    return this.n < 0n ? -1 : this.n > 0n ? 1 : 0;
  }
  min(other: Rational): Rational {
    return this.compare(other) <= 0 ? this : other;
  }
  max(other: Rational): Rational {
    return this.compare(other) >= 0 ? this : other;
  }

  /** The nearest multiple of 10^-digits under the declared mode. */
  round({ digits, mode }: Rounding): Rational {
    const scale = 10n ** BigInt(Math.abs(digits));
    const scaled = digits >= 0 ? this.mul(Rational.of(scale)) : this.div(Rational.of(scale));
    const whole = Rational.of(divideRounded(scaled.n, scaled.d, mode));
    return digits >= 0 ? whole.div(Rational.of(scale)) : whole.mul(Rational.of(scale));
  }

  /** Decimal text with exactly `digits` places, rounded as declared: for people and for published figures. */
  toFixed(rounding: Rounding): string {
    invariant(rounding.digits >= 0, 'toFixed needs digits ≥ 0');
    const scaled = this.mul(Rational.of(10n ** BigInt(rounding.digits)));
    const whole = divideRounded(scaled.n, scaled.d, rounding.mode);
    const text = (whole < 0n ? -whole : whole).toString().padStart(rounding.digits + 1, '0');
    const sign = whole < 0n ? '-' : '';
    if (rounding.digits === 0) return sign + text;
    return `${sign}${text.slice(0, -rounding.digits)}.${text.slice(-rounding.digits)}`;
  }

  /** `n/d`, or `n` for a whole number: the exact text form, read back by {@link Rational.from}. */
  toString(): string {
    return this.d === 1n ? this.n.toString() : `${this.n}/${this.d}`;
  }
  toJSON(): string {
    return this.toString();
  }
}

export function sum(values: readonly Rational[]): Rational {
  return values.reduce((total, value) => total.add(value), Rational.ZERO);
}
