import { Rational, invariant } from '#kernel';
import type { ScoreOf } from '../method-score.js';
import { showBriefly } from '../trace-node.js';
import { deviationPercent } from './score-deviation.js';
import type { RawScore, ScoringSet } from './score.js';

/**
 * Score from a table of (deviation %, score), ascending: a straight line between neighbours, or (`stepped`) the
 * score of the last point at or under the deviation. Outside the table the first and last scores hold.
 */
export function scoreSetPoints(price: Rational, rule: ScoreOf<'set-points'>, set: ScoringSet): RawScore {
  const { percent, deviation } = deviationPercent(price, set, rule.percentRounding);
  return {
    score: lookUp(deviation, rule),
    inputs: {
      benchmark: set.benchmark.toString(),
      percent: percent.toString(),
      deviation: deviation.toString(),
    },
    formula: {
      zh: `偏离基准价 ${showBriefly(deviation)}%，按设定点`,
      en: `${showBriefly(deviation)} % off the benchmark, by the declared points`,
    },
  };
}

function lookUp(deviation: Rational, { points, between }: ScoreOf<'set-points'>): Rational {
  const table = points.map(({ percent, score }) => ({
    at: Rational.from(percent),
    score: Rational.from(score),
  }));
  const next = table.findIndex(({ at }) => deviation.lessThan(at));
  const last = table.at(next === -1 ? -1 : Math.max(0, next - 1));
  invariant(last, 'a table of set points has a point');
  const following = next > 0 ? table[next] : undefined;
  if (between === 'stepped' || !following) return last.score;
  const share = deviation.sub(last.at).div(following.at.sub(last.at));
  return last.score.add(following.score.sub(last.score).mul(share));
}
