import { Rational } from '#kernel';
import type { ScoreOf, Segment, Steps } from '../method-score.js';
import { showBriefly } from '../trace-node.js';
import type { RawScore, ScoringSet } from './score.js';

const HUNDRED = Rational.of(100n);

/** (price ÷ benchmark × 100, rounded where declared) − 100: above zero is dearer than the benchmark. */
export function deviationPercent(
  price: Rational,
  { benchmark }: ScoringSet,
  rounding: ScoreOf<'deviation'>['percentRounding'],
): { percent: Rational; deviation: Rational } {
  const exact = price.div(benchmark).mul(HUNDRED);
  const percent = rounding ? exact.round(rounding) : exact;
  return { percent, deviation: percent.sub(HUNDRED) };
}

/**
 * Piecewise score by percent above or below the benchmark: `base` at 0, then outwards segment by segment, each
 * continuing at `perPercent` points for each 1 % or set to one score. A deviation of exactly `to` belongs to that
 * segment unless `toIncluded` is false. `stepped` first takes |deviation| to whole steps, a started one ignored or
 * counted. Source: 综合评估法 as in provincial standard documents (偏离率扣分).
 */
export function scoreDeviation(price: Rational, rule: ScoreOf<'deviation'>, set: ScoringSet): RawScore {
  const { percent, deviation } = deviationPercent(price, set, rule.percentRounding);
  const distance = wholeSteps(deviation.abs(), rule.steps);
  const score = walk(Rational.from(rule.base), distance, deviation.sign() < 0 ? rule.below : rule.above);
  return {
    score,
    inputs: {
      benchmark: set.benchmark.toString(),
      percent: percent.toString(),
      deviation: deviation.toString(),
    },
    formula: {
      zh: `偏离基准价 ${showBriefly(deviation)}%，按分段规则`,
      en: `${showBriefly(deviation)} % off the benchmark, by the declared segments`,
    },
  };
}

export function wholeSteps(distance: Rational, steps: Steps): Rational {
  if (steps.rule === 'interpolated') return distance;
  const step = Rational.from(steps.percent);
  return distance
    .div(step)
    .round({ digits: 0, mode: steps.started === 'counted' ? 'ceil' : 'floor' })
    .mul(step);
}

export function walk(base: Rational, distance: Rational, segments: readonly Segment[]): Rational {
  if (distance.isZero()) return base;
  let score = base;
  let start = Rational.ZERO;
  for (const segment of segments) {
    const end = segment.to === null ? null : Rational.from(segment.to);
    const isHere = !end || distance.lessThan(end) || (segment.toIncluded !== false && distance.equals(end));
    const until = isHere || !end ? distance : end;
    score =
      'set' in segment
        ? Rational.from(segment.set)
        : score.add(until.sub(start).mul(Rational.from(segment.perPercent)));
    if (isHere || !end) return score;
    start = end;
  }
  return score;
}
