import { Rational } from '#kernel';
import type { ScoreOf } from '../method-score.js';
import { show, showBriefly } from '../trace-node.js';
import { ln, root } from './fifty-digits.js';
import type { RawScore, ScoringSet } from './score.js';

const same = (formula: string): RawScore['formula'] => ({ zh: formula, en: formula });

/** (2 − price ÷ benchmark) × full: 1 % dearer costs 1 % of the full score. Source: UK "inverse" and Dutch lineair. */
export function scoreInverseRatio(
  price: Rational,
  { full }: ScoreOf<'inverse-ratio'>,
  { benchmark }: ScoringSet,
): RawScore {
  return {
    score: Rational.of(2n).sub(price.div(benchmark)).mul(Rational.from(full)),
    inputs: { benchmark: benchmark.toString() },
    formula: same(`(2-${show(price)}÷${show(benchmark)})×${full}`),
  };
}

/**
 * (benchmark ÷ price)^(power ÷ root) × full, the root at 50 digits. Source: square-root and squared price formulas of
 * Spanish, Czech and Brandenburg guides.
 */
export function scorePower(
  price: Rational,
  { full, power, root: degree }: ScoreOf<'power'>,
  { benchmark }: ScoringSet,
): RawScore {
  let ratio = Rational.ONE;
  for (let factor = 0; factor < power; factor++) ratio = ratio.mul(benchmark.div(price));
  return {
    score: root(ratio, degree).mul(Rational.from(full)),
    inputs: { benchmark: benchmark.toString(), power: String(power), root: String(degree) },
    formula: same(`(${show(benchmark)}÷${show(price)})^(${power}/${degree})×${full}`),
  };
}

/** full − k × log(price ÷ benchmark), natural unless a base is declared; 50 digits. */
export function scoreLog(price: Rational, rule: ScoreOf<'log'>, { benchmark }: ScoringSet): RawScore {
  const natural = ln(price.div(benchmark));
  const log = rule.base === undefined ? natural : natural.div(ln(Rational.from(rule.base)));
  const name = rule.base === undefined ? 'ln' : `log${rule.base}`;
  return {
    score: Rational.from(rule.full).sub(Rational.from(rule.k).mul(log)),
    inputs: { benchmark: benchmark.toString(), log: log.toString() },
    formula: same(
      `${rule.full}-${rule.k}×${name}(${show(price)}÷${show(benchmark)}) [${name}=${showBriefly(log)}]`,
    ),
  };
}
