import { Rational } from '#kernel';
import type { AdjustStep } from '../method-adjust.js';
import { show } from '../trace-node.js';
import type { Change } from './adjust.js';
import { belongs } from './adjust-preference.js';
import type { Entrant } from './entrant.js';
import { labelOf, numberOf } from './stated.js';

const HUNDRED = Rational.of(100n);

type PlainStep = Exclude<AdjustStep, { rule: 'omitted' | 'preference' | 'life-cycle' | 'esco-npv' }>;

/**
 * Steps on one bid alone. discount: price × (1 − figure %) or price − figure; currency: price × rate; figures: price ±
 * weight × Σ; coefficient: price ÷ or × figure (whose declared minimum is above 0); features: price ÷ (1 + Σ ÷ (1 − Σ max)), as ProZorro's barbecue; quality-money: price − (points − from) × money;
 * factor: price × value, only for the class where one is named.
 */
export function adjustPlain(step: PlainStep, { price, technical, stated }: Entrant): Change {
  const p = show(price);
  const of = (id: string): Rational => numberOf(stated, id);
  switch (step.rule) {
    case 'discount': {
      const figure = of(step.figure);
      if (step.as === 'amount') return changed(price.sub(figure), { figure }, `${p}-${show(figure)}`);
      const value = price.mul(HUNDRED.sub(figure)).div(HUNDRED);
      return changed(value, { figure }, `${p}×(1-${show(figure)}%)`);
    }
    case 'currency': {
      const currency = labelOf(stated, step.label);
      const rate = Rational.from(step.rates[currency] ?? '1');
      const { inputs, ...rest } = changed(price.mul(rate), { rate }, `${p}×${show(rate)}`);
      return { ...rest, inputs: { ...inputs, currency, date: step.date } };
    }
    case 'figures': {
      const figures = Object.fromEntries(step.figures.map((id) => [id, of(id)]));
      const weight = Rational.from(step.weight ?? '1');
      const total = Object.values(figures).reduce((a, b) => a.add(b), Rational.ZERO);
      const moved = total.mul(weight);
      const terms = Object.values(figures).map(show).join('+');
      const formula = step.weight === undefined ? `(${terms})` : `(${terms})×${step.weight}`;
      return step.sign === 'add'
        ? changed(price.add(moved), figures, `${p}+${formula}`)
        : changed(price.sub(moved), figures, `${p}-${formula}`);
    }
    case 'coefficient': {
      const figure = of(step.figure);
      if (step.operation === 'multiply')
        return changed(price.mul(figure), { figure }, `${p}×${show(figure)}`);
      return changed(price.div(figure), { figure }, `${p}÷${show(figure)}`);
    }
    case 'features': {
      const figures = Object.fromEntries(step.features.map(({ figure }) => [figure, of(figure)]));
      const total = Object.values(figures).reduce((a, b) => a.add(b), Rational.ZERO);
      const max = step.features.reduce((a, { max: m }) => a.add(Rational.from(m)), Rational.ZERO);
      const coefficient = Rational.ONE.add(total.div(Rational.ONE.sub(max)));
      return changed(price.div(coefficient), { ...figures, coefficient }, `${p}÷${show(coefficient)}`);
    }
    case 'quality-money': {
      const points = (technical ?? Rational.ZERO).sub(Rational.from(step.from));
      const perPoint = Rational.from(step.perPoint);
      return changed(
        price.sub(points.mul(perPoint)),
        { points, perPoint },
        `${p}-${show(points)}×${step.perPoint}`,
      );
    }
    case 'factor': {
      if (step.who && !belongs(stated, step.who)) return changed(price, {}, p);
      const factor = Rational.from(step.value);
      return changed(price.mul(factor), { factor }, `${p}×${step.value}`);
    }
  }
}

function changed(value: Rational, inputs: Readonly<Record<string, Rational>>, formula: string): Change {
  return {
    value,
    inputs: Object.fromEntries(Object.entries(inputs).map(([id, one]) => [id, one.toString()])),
    formula,
  };
}
