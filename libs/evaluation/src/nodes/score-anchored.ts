import { Rational, invariant } from '#kernel';
import type { Anchor, ScoreOf } from '../method-score.js';
import { show } from '../trace-node.js';
import type { RawScore, ScoringSet } from './score.js';

/**
 * low + (price − lowAt) ÷ (fullAt − lowAt) × (full − low): a straight line through two anchors, e.g. full at the lowest
 * price and 0 at the ceiling, or at twice the lowest. Where both anchors are one price: full at or under it, low over
 * it. Source: Spanish and Portuguese "(limit − price) ÷ (limit − lowest)", German "0 points at twice the lowest".
 */
export function scoreAnchored(price: Rational, rule: ScoreOf<'anchored'>, set: ScoringSet): RawScore {
  const [top, bottom] = [anchorPrice(rule.fullAt, set), anchorPrice(rule.lowAt, set)];
  const full = Rational.from(rule.full);
  const low = Rational.from(rule.low ?? '0');
  const inputs = { fullAt: top.toString(), lowAt: bottom.toString(), low: low.toString() };
  if (top.equals(bottom)) {
    return {
      score: price.atMost(top) ? full : low,
      inputs,
      formula: { zh: '两个锚点相同', en: 'both anchors are one price' },
    };
  }
  const share = price.sub(bottom).div(top.sub(bottom));
  const formula = `${show(low)}+(${show(price)}-${show(bottom)})÷(${show(top)}-${show(bottom)})×${show(full.sub(low))}`;
  return { score: low.add(share.mul(full.sub(low))), inputs, formula: { zh: formula, en: formula } };
}

export function anchorPrice(anchor: Anchor, { min, max, benchmark, ceiling }: ScoringSet): Rational {
  if (anchor.at === 'declared') return Rational.from(anchor.value);
  const base = { min, max, benchmark, ceiling }[anchor.at];
  invariant(base, 'a method whose anchor is the ceiling has a ceiling');
  return base.mul(Rational.from(anchor.percent ?? '100')).div(Rational.of(100n));
}
