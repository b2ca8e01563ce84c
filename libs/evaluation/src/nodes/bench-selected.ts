import { Rational } from '#kernel';
import type { BenchOf } from '../method-bench.js';
import { mean, median } from './average.js';
import { root } from './fifty-digits.js';
import { deviation } from './bench-statistics.js';

const HUNDRED = Rational.of(100n);

/** Prices on the declared side of the mean of all; a price equal to the mean is on both. Source: 二次平均法. */
export function secondMean(
  prices: readonly Rational[],
  { side }: BenchOf<'second-mean'>,
): readonly Rational[] {
  const centre = mean(prices);
  return prices.filter((price) => (side === 'at-most' ? price.atMost(centre) : centre.atMost(price)));
}

/**
 * Prices within the percents of the mean or median of all, taken once; the limit itself is inside when declared. With
 * fewer than `keepMin` left, that many lowest. Source: Spain RGLCAP art. 85.4 (mean without offers 10 % above it, at
 * least the three lowest).
 */
export function bandPrices(prices: readonly Rational[], rule: BenchOf<'band-mean'>): readonly Rational[] {
  const centre = rule.around === 'mean' ? mean(prices) : median(prices, 'mid');
  const isInside = (price: Rational): boolean => {
    const percent = price.sub(centre).div(centre).mul(HUNDRED);
    const limit = percent.sign() < 0 ? rule.belowPercent : rule.abovePercent;
    if (limit === undefined) return true;
    const side = percent.abs().compare(Rational.from(limit));
    return side < 0 || (side === 0 && rule.limitIncluded);
  };
  const inside = prices.filter(isInside);
  return rule.keepMin !== undefined && inside.length < rule.keepMin ? prices.slice(0, rule.keepMin) : inside;
}

/**
 * Drops every price too far from the mean of those left, round after round, until none is, the rounds are used up, or
 * fewer than `keepMin` would stay (that round is not taken). All equal drop nobody. Source: 剔除偏离均值过大的报价;
 * Italian and Greek outlier exclusion.
 */
export function iterativePrices(
  prices: readonly Rational[],
  rule: BenchOf<'iterative-mean'>,
): readonly Rational[] {
  let left = prices;
  for (let round = 0; round < rule.roundsMax; round++) {
    const centre = mean(left);
    const limit =
      rule.tooFar.by === 'percent'
        ? centre.mul(Rational.from(rule.tooFar.percent)).div(HUNDRED)
        : deviation(left, rule.tooFar.sigma).mul(Rational.from(rule.tooFar.times));
    const kept = left.filter((price) => price.sub(centre).abs().atMost(limit));
    if (kept.length === left.length || kept.length < rule.keepMin) return left;
    left = kept;
  }
  return left;
}

/** n-th root of the product of prices and extra figures, 50 digits. Source: Colombia, media geométrica con presupuesto. */
export function geometricMean(
  prices: readonly Rational[],
  { extra }: BenchOf<'geometric-mean'>,
): { value: Rational; values: readonly Rational[] } {
  const added = (extra ?? []).flatMap(({ value, times }) =>
    Array.from({ length: times }, () => Rational.from(value)),
  );
  const values = [...prices, ...added];
  const product = values.reduce((total, value) => total.mul(value), Rational.ONE);
  return { value: root(product, values.length), values };
}
