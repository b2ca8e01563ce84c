import { Rational } from '#kernel';
import type { LifeCost, StepOf } from '../method-adjust.js';
import { show } from '../trace-node.js';
import type { Change } from './adjust.js';
import type { Entrant } from './entrant.js';
import { numberOf, seriesOf, type Stated } from './stated.js';

/**
 * Price + Σ cost ÷ (1 + r)^t: yearly costs at the end of years 1 … n, a single cost at the end of year `at` (0: now), a
 * series at the ends of years 1, 2, …. Without a rate nothing is discounted. Source: Directive 2014/24/EU art. 68;
 * FAR 7.105 life-cycle cost.
 */
export function adjustLifeCycle(step: StepOf<'life-cycle'>, { price, stated }: Entrant): Change {
  const rate = Rational.from(step.ratePercent ?? '0').div(Rational.of(100n));
  const inputs: Record<string, string> = { rate: rate.toString() };
  let value = price;
  const terms: string[] = [];
  for (const cost of step.costs) {
    const present = presentValue(cost, stated, rate);
    const name = cost.kind === 'series' ? cost.series : cost.figure;
    inputs[`cost:${name}`] = present.toString();
    terms.push(show(present));
    value = value.add(present);
  }
  return { value, inputs, formula: `${show(price)}+${terms.join('+')}` };
}

function presentValue(cost: LifeCost, stated: Stated, rate: Rational): Rational {
  const growth = Rational.ONE.add(rate);
  if (cost.kind === 'once') {
    let value = numberOf(stated, cost.figure);
    for (let year = 0; year < cost.at; year++) value = value.div(growth);
    return value;
  }
  const flows =
    cost.kind === 'series'
      ? seriesOf(stated, cost.series)
      : Array.from({ length: cost.years }, () => numberOf(stated, cost.figure));
  let factor = Rational.ONE;
  let value = Rational.ZERO;
  for (const flow of flows) {
    factor = factor.div(growth);
    value = value.add(flow.mul(factor));
  }
  return value;
}
