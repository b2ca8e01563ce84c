import { Rational, invariant, sum } from '#kernel';
import { ascending } from './trim.js';

/** Σ ÷ n of at least one value. */
export function mean(values: readonly Rational[]): Rational {
  invariant(values.length > 0, 'a mean needs a value');
  return sum(values).div(Rational.of(BigInt(values.length)));
}

/** The middle value; with an even number the mean of the two middle ones (`mid`) or the lower of them. */
export function median(values: readonly Rational[], even: 'mid' | 'lower'): Rational {
  invariant(values.length > 0, 'a median needs a value');
  const sorted = ascending(values);
  const half = sorted.length / 2;
  const upper = sorted[Math.floor(half)]!;
  if (sorted.length % 2 === 1) return upper;
  const lower = sorted[half - 1]!;
  return even === 'lower' ? lower : mean([lower, upper]);
}
