import { Rational, sum } from '#kernel';
import type { StepOf } from '../method-adjust.js';
import { show } from '../trace-node.js';
import type { Change } from './adjust.js';
import { mean } from './average.js';
import type { Entrant } from './entrant.js';
import { numberOf } from './stated.js';

/**
 * Price + a value for each item that the bid left out (figure 0): the dearest or the mean of those who priced it, or
 * the buyer's estimate; where nobody priced it, the estimate, else 0. The bid's own price stands in no mean. Source:
 * 评标委员会和评标方法暂行规定 art. 23 (漏项 by the highest of the others), World Bank SBD "omitted items".
 */
export function adjustOmitted(step: StepOf<'omitted'>, entrant: Entrant, all: readonly Entrant[]): Change {
  const added = new Map<string, Rational>();
  for (const { figure, estimate } of step.items) {
    if (!numberOf(entrant.stated, figure).isZero()) continue;
    const priced = all.map(({ stated }) => numberOf(stated, figure)).filter((value) => !value.isZero());
    const declared = Rational.from(estimate ?? '0');
    added.set(figure, step.at === 'estimate' || priced.length === 0 ? declared : valueOf(priced, step.at));
  }
  const terms = [...added.values()].map((value) => `+${show(value)}`).join('');
  return {
    value: entrant.price.add(sum([...added.values()])),
    inputs: Object.fromEntries([...added].map(([id, value]) => [`omitted:${id}`, value.toString()])),
    formula: `${show(entrant.price)}${terms}`,
  };
}

const valueOf = (priced: readonly Rational[], at: 'max' | 'mean'): Rational =>
  at === 'mean' ? mean(priced) : priced.reduce((max, value) => max.max(value));
