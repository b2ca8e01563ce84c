import { Rational, sum } from '#kernel';
import type { ScoreSheet } from '../evaluation-types.js';
import type { Panel } from '../method-panel.js';
import { mean } from './average.js';
import { deviation } from './bench-statistics.js';
import type { Measured } from './flag-measure.js';

interface Mark {
  readonly expert: string;
  readonly bid: string;
  readonly total: Rational;
}

function marksOf(sheets: readonly ScoreSheet[], { criteria }: Panel): Mark[] {
  return sheets.map(({ expert, bid, scores }) => ({
    expert,
    bid,
    total: sum(criteria.map(({ id }) => Rational.from(scores[id] ?? '0'))),
  }));
}

/**
 * Kendall's W over the experts' rankings of all bids by sheet total, 0 (no agreement) to 1; equal totals get mid-ranks
 * with the tie correction: (12 Σ R² − 3 m² n (n + 1)²) ÷ (m² (n³ − n) − m Σ (t³ − t)). No value for one expert, one bid,
 * or experts who rank nobody. Source: Kendall and Babington Smith (1939).
 */
export function expertAgreement(sheets: readonly ScoreSheet[], panel: Panel): readonly Measured[] {
  const marks = marksOf(sheets, panel);
  const bids = [...new Set(marks.map(({ bid }) => bid))];
  const experts = [...new Set(marks.map(({ expert }) => expert))];
  const n = Rational.of(BigInt(bids.length));
  const m = Rational.of(BigInt(experts.length));
  if (bids.length < 2 || experts.length < 2) return [];
  const sums = new Map(bids.map((bid) => [bid, Rational.ZERO]));
  let ties = Rational.ZERO;
  for (const expert of experts) {
    const own = marks.filter((mark) => mark.expert === expert);
    for (const { bid, total } of own) {
      const above = own.filter((other) => total.lessThan(other.total)).length;
      const equal = own.filter((other) => total.equals(other.total)).length;
      const rank = Rational.of(BigInt(2 * above + equal + 1), 2n);
      sums.set(bid, sums.get(bid)!.add(rank));
      // Each of t equal totals adds t² − 1, which makes t³ − t for the group.
      ties = ties.add(Rational.of(BigInt(equal * equal - 1)));
    }
  }
  const squares = sum([...sums.values()].map((value) => value.mul(value)));
  const next = n.add(Rational.ONE);
  const top = Rational.of(12n).mul(squares).sub(Rational.of(3n).mul(m).mul(m).mul(n).mul(next).mul(next));
  const bottom = m.mul(m).mul(n.mul(n).mul(n).sub(n)).sub(m.mul(ties));
  return bottom.isZero() ? [] : [{ subject: 'all', value: top.div(bottom) }];
}

/**
 * Grubbs' G of every sheet: |total − mean of the bid's sheets| ÷ sample σ; the limit is the critical value for the number
 * of experts, declared. No value where all sheets of the bid are equal. Source: Grubbs (1950).
 */
export function expertOutliers(sheets: readonly ScoreSheet[], panel: Panel): readonly Measured[] {
  const marks = marksOf(sheets, panel);
  return marks.flatMap(({ expert, bid, total }) => {
    const own = marks.filter((mark) => mark.bid === bid).map((mark) => mark.total);
    const sigma = deviation(own, 'sample');
    return sigma.isZero()
      ? []
      : [{ subject: `${bid}/${expert}`, value: total.sub(mean(own)).abs().div(sigma) }];
  });
}
