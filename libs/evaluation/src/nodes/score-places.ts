import { Rational, invariant } from '#kernel';
import type { ScoreOf } from '../method-score.js';
import { show } from '../trace-node.js';
import type { RawScore, ScoringSet } from './score.js';

/**
 * Points by place of the price, the cheapest first; equal prices share the better place (1, 1, 3). Beyond the list its
 * last value holds. Source: 排序法打分; ranking formulas of EU guides.
 */
export function scorePlaces(
  price: Rational,
  { points }: ScoreOf<'places'>,
  { prices }: ScoringSet,
): RawScore {
  const place = prices.filter((other) => other.lessThan(price)).length + 1;
  const score = points[place - 1] ?? points.at(-1);
  invariant(score, 'a list of places has points');
  return {
    score: Rational.from(score),
    inputs: { place: String(place) },
    formula: { zh: `报价由低到高第 ${place} 位`, en: `place ${place} from the lowest` },
  };
}

/** Full for the lowest price and those at most `withinPercent` over it (the limit is inside), 0 for the others. */
export function scoreLowestPasses(
  price: Rational,
  rule: ScoreOf<'lowest-passes'>,
  { min }: ScoringSet,
): RawScore {
  const limit = min
    .mul(Rational.of(100n).add(Rational.from(rule.withinPercent ?? '0')))
    .div(Rational.of(100n));
  const passes = price.atMost(limit);
  return {
    score: passes ? Rational.from(rule.full) : Rational.ZERO,
    inputs: { min: min.toString(), limit: limit.toString() },
    formula: {
      zh: `${show(price)}${passes ? '≤' : '>'}${show(limit)}`,
      en: `${show(price)}${passes ? '≤' : '>'}${show(limit)}`,
    },
  };
}
