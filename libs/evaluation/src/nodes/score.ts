import { Rational, invariant } from '#kernel';
import type { BidFlag, Bilingual } from '../evaluation-types.js';
import type { Score } from '../method-score.js';
import { traced, type Traced } from '../trace-node.js';
import { scoreAnchored } from './score-anchored.js';
import { scoreInverseRatio, scoreLog, scorePower } from './score-curves.js';
import { scoreDeviation } from './score-deviation.js';
import { scoreLinear } from './score-linear.js';
import { scoreLowestPasses, scorePlaces } from './score-places.js';
import { scoreRatio } from './score-ratio.js';
import { scoreSetPoints } from './score-set-points.js';

/** What a price is scored against: frozen figures of the admitted prices. */
export interface ScoringSet {
  /** The benchmark, > 0; rules that use none (`linear`) do not read it. */
  readonly benchmark: Rational;
  readonly min: Rational;
  readonly max: Rational;
  /** All of them, ascending. */
  readonly prices: readonly Rational[];
  readonly ceiling: Rational | null;
}

export interface RawScore {
  readonly score: Rational;
  readonly inputs: Readonly<Record<string, string>>;
  readonly formula: Bilingual;
}

export interface PriceScore extends Traced {
  readonly flags: readonly BidFlag[];
}

/** Price score: the rule, then floor (0 unless declared) and cap (`full` unless declared), then declared rounding. */
export function scoreNode(bid: { id: string; price: Rational }, rule: Score, set: ScoringSet): PriceScore {
  const raw = rawScore(bid.price, rule, set);
  const floor = Rational.from(rule.floor ?? '0');
  const cap = Rational.from(rule.cap ?? rule.full);
  invariant(floor.atMost(cap), 'a score has floor ≤ cap');
  const exact = raw.score.max(floor).min(cap);
  const flags: BidFlag[] = raw.score.lessThan(floor)
    ? ['floored']
    : cap.lessThan(raw.score)
      ? ['capped']
      : [];
  const limit =
    flags[0] === 'floored'
      ? { zh: '，取下限', en: ', floor applies' }
      : { zh: '，取上限', en: ', cap applies' };
  const step = traced({
    rule: `score.${rule.rule}`,
    subject: bid.id,
    inputs: {
      price: bid.price.toString(),
      ...raw.inputs,
      full: rule.full,
      floor: floor.toString(),
      cap: cap.toString(),
      raw: raw.score.toString(),
    },
    exact,
    rounding: rule.rounding,
    sentence: (result) => ({
      zh: `${bid.id} 报价得分：${raw.formula.zh}${flags.length ? limit.zh : ''} = ${result}`,
      en: `${bid.id} price score: ${raw.formula.en}${flags.length ? limit.en : ''} = ${result}`,
    }),
  });
  return { ...step, flags };
}

function rawScore(price: Rational, rule: Score, set: ScoringSet): RawScore {
  switch (rule.rule) {
    case 'ratio':
      return scoreRatio(price, rule, set);
    case 'linear':
      return scoreLinear(price, rule, set);
    case 'deviation':
      return scoreDeviation(price, rule, set);
    case 'set-points':
      return scoreSetPoints(price, rule, set);
    case 'inverse-ratio':
      return scoreInverseRatio(price, rule, set);
    case 'power':
      return scorePower(price, rule, set);
    case 'anchored':
      return scoreAnchored(price, rule, set);
    case 'log':
      return scoreLog(price, rule, set);
    case 'places':
      return scorePlaces(price, rule, set);
    case 'lowest-passes':
      return scoreLowestPasses(price, rule, set);
  }
}
