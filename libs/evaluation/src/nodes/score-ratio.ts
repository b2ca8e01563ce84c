import { Rational } from '#kernel';
import type { ScoreOf } from '../method-score.js';
import { show } from '../trace-node.js';
import type { RawScore, ScoringSet } from './score.js';

/**
 * benchmark ÷ price × full; with the lowest price as benchmark the lowest scores full. Prices are > 0 by admission.
 * Source: 财政部令第87号 art. 55; "inverse proportion" of UK, US, World Bank QCBS and most EU guides.
 */
export function scoreRatio(price: Rational, { full }: ScoreOf<'ratio'>, { benchmark }: ScoringSet): RawScore {
  const formula = `${show(benchmark)}÷${show(price)}×${full}`;
  return {
    score: benchmark.div(price).mul(Rational.from(full)),
    inputs: { benchmark: benchmark.toString() },
    formula: { zh: formula, en: formula },
  };
}
