import { Rational, invariant, sum } from '#kernel';
import { mean } from './average.js';
import { root } from './fifty-digits.js';
import { ascending } from './trim.js';

/** Mean of squared distances from the mean, by n (population) or n − 1 (sample; 0 for a single value). */
export function variance(values: readonly Rational[], sigma: 'population' | 'sample'): Rational {
  const centre = mean(values);
  const squares = sum(values.map((value) => value.sub(centre).mul(value.sub(centre))));
  const n = BigInt(values.length) - (sigma === 'sample' ? 1n : 0n);
  return n === 0n ? Rational.ZERO : squares.div(Rational.of(n));
}

/** σ at 50 digits; exact where the variance is a square. */
export const deviation = (values: readonly Rational[], sigma: 'population' | 'sample'): Rational =>
  root(variance(values, sigma), 2);

/**
 * Sample quantile p by Hyndman–Fan type 6, 7 or 8: position n·p + m with m = p, 1 − p or (p + 1) ÷ 3, a straight line
 * between neighbours, the ends beyond. Excel and NumPy default to 7; the published red flags of Cardinal are type 8.
 * Source: Hyndman and Fan, The American Statistician 50 (1996).
 */
export function quantile(values: readonly Rational[], p: Rational, type: 6 | 7 | 8): Rational {
  invariant(values.length > 0, 'a quantile needs a value');
  const sorted = ascending(values);
  const m = type === 6 ? p : type === 7 ? Rational.ONE.sub(p) : p.add(Rational.ONE).div(Rational.of(3n));
  const position = Rational.of(BigInt(sorted.length)).mul(p).add(m);
  const below = position.round({ digits: 0, mode: 'floor' });
  const share = position.sub(below);
  const at = (place: bigint): Rational => {
    const index = place < 1n ? 1n : place;
    return sorted.find((_, i) => BigInt(i + 1) === index) ?? sorted.at(-1)!;
  };
  const low = at(below.n);
  return low.add(
    at(below.n + 1n)
      .sub(low)
      .mul(share),
  );
}
