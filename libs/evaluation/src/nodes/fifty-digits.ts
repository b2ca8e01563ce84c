import { Rational, invariant } from '#kernel';

/** Digits after the point of a root or logarithm, before any declared rounding. */
export const IRRATIONAL_DIGITS = 50;
const GUARD = 15;

/** The largest whole number whose n-th power is not above the value: halves the bits, then Newton. */
function wholeRoot(value: bigint, n: number): bigint {
  if (value < 2n) return value;
  const bits = value.toString(16).length * 4;
  const degree = BigInt(n);
  const half = Math.floor(bits / n / 2);
  let guess =
    half < 4
      ? 1n << BigInt(Math.ceil(bits / n))
      : (wholeRoot(value >> BigInt(n * half), n) + 1n) << BigInt(half);
  for (;;) {
    const next = ((degree - 1n) * guess + value / guess ** (degree - 1n)) / degree;
    if (next >= guess) return guess;
    guess = next;
  }
}

/** n-th root of a value ≥ 0, cut to 50 digits after the point; an exact root is exact. */
export function root(value: Rational, n: number): Rational {
  invariant(value.sign() >= 0 && n >= 1, 'a root of a value ≥ 0');
  const scale = 10n ** BigInt(IRRATIONAL_DIGITS);
  const exactN = wholeRoot(value.n, n);
  const exactD = wholeRoot(value.d, n);
  if (exactN ** BigInt(n) === value.n && exactD ** BigInt(n) === value.d) return Rational.of(exactN, exactD);
  return Rational.of(wholeRoot((value.n * scale ** BigInt(n)) / value.d, n), scale);
}

/** Natural logarithm of a value > 0, cut to 50 digits after the point: ln m + k × ln 2 with m from 1 to 2. */
export function ln(value: Rational): Rational {
  invariant(value.sign() > 0, 'a logarithm of a value > 0');
  const one = 10n ** BigInt(IRRATIONAL_DIGITS + GUARD);
  let m = value;
  let k = 0n;
  const two = Rational.of(2n);
  const lift = BigInt(value.n.toString(2).length - value.d.toString(2).length);
  m = lift >= 0n ? m.div(Rational.of(1n << lift)) : m.mul(Rational.of(1n << -lift));
  k = lift;
  while (m.lessThan(Rational.ONE)) [m, k] = [m.mul(two), k - 1n];
  while (!m.lessThan(two)) [m, k] = [m.div(two), k + 1n];
  const fixed = atanhDouble(m, one) + k * atanhDouble(two, one);
  return Rational.of(fixed, one).round({ digits: IRRATIONAL_DIGITS, mode: 'down' });
}

/** ln m = 2 × (y + y³÷3 + y⁵÷5 + …) with y = (m − 1) ÷ (m + 1), in fixed point. */
function atanhDouble(m: Rational, one: bigint): bigint {
  const y = m.sub(Rational.ONE).div(m.add(Rational.ONE));
  const first = (y.n * one) / y.d;
  const square = (first * first) / one;
  let power = first;
  let sum = 0n;
  for (let odd = 1n; power !== 0n; odd += 2n) {
    sum += power / odd;
    power = (power * square) / one;
  }
  return 2n * sum;
}
