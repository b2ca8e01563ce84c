import { Rational } from '#kernel';
import type { ScoreOf } from '../method-score.js';
import { show } from '../trace-node.js';
import type { RawScore, ScoringSet } from './score.js';

/**
 * full − (price − min) ÷ (max − min) × (full − atMax) over the admitted prices. One bid or all equal: full, and the
 * evaluation carries the flag `linear-flat`, because 0 ÷ 0 has no value.
 */
export function scoreLinear(price: Rational, rule: ScoreOf<'linear'>, { min, max }: ScoringSet): RawScore {
  const full = Rational.from(rule.full);
  const inputs = { min: min.toString(), max: max.toString() };
  if (min.equals(max)) {
    return {
      score: full,
      inputs,
      formula: { zh: '报价全部相同，得满分', en: 'all prices equal: full score' },
    };
  }
  const range = full.sub(Rational.from(rule.atMax ?? '0'));
  const formula = `${rule.full}-(${show(price)}-${show(min)})÷(${show(max)}-${show(min)})×${show(range)}`;
  return {
    score: full.sub(price.sub(min).div(max.sub(min)).mul(range)),
    inputs,
    formula: { zh: formula, en: formula },
  };
}
