import { Rational } from '#kernel';
import type { StepOf, When, Who } from '../method-adjust.js';
import { show } from '../trace-node.js';
import type { Change } from './adjust.js';
import type { Entrant } from './entrant.js';
import { labelOf, type Stated } from './stated.js';

const HUNDRED = Rational.of(100n);

export const belongs = (stated: Stated, { label, among }: Who): boolean =>
  among.includes(labelOf(stated, label));

const lowestPrice = (all: readonly Entrant[]): Rational =>
  all.reduce((lowest, { price }) => lowest.min(price), all[0]!.price);

/**
 * A preference or set-off: a percent of the own price, or of the lowest price, is added to or deducted from the bids of
 * a class (or of everybody outside it), up to `cap`, and only `when` its condition holds. Ties for the lowest count as
 * lowest. Sources: FAR 25.105 and 25.5 (Buy American: a factor on foreign offers when a domestic one competes),
 * California GC 14838 (5 % of the lowest bid, when the lowest is no small business, capped), 政府采购促进中小企业发展管理办法
 * art. 9 (price deducted for small firms, always).
 */
export function adjustPreference(
  step: StepOf<'preference'>,
  entrant: Entrant,
  all: readonly Entrant[],
): Change {
  const lowest = lowestPrice(all);
  const isMeant = belongs(entrant.stated, step.who) === step.is;
  const applies = isMeant && holds(step.when, all, lowest);
  const p = show(entrant.price);
  const inputs = { lowest: lowest.toString(), class: String(isMeant), applies: String(applies) };
  if (!applies) return { value: entrant.price, inputs, formula: p };
  const base = step.of === 'own' ? entrant.price : lowest;
  const raw = base.mul(Rational.from(step.percent)).div(HUNDRED);
  const moved = step.cap === undefined ? raw : raw.min(Rational.from(step.cap));
  const formula = step.cap !== undefined && moved.lessThan(raw) ? step.cap : `${show(base)}×${step.percent}%`;
  return {
    value: step.sign === 'add' ? entrant.price.add(moved) : entrant.price.sub(moved),
    inputs: { ...inputs, moved: moved.toString() },
    formula: `${p}${step.sign === 'add' ? '+' : '-'}${formula}`,
  };
}

function holds(when: When, all: readonly Entrant[], lowest: Rational): boolean {
  switch (when.rule) {
    case 'always':
      return true;
    case 'class-bids':
      return all.some(({ stated }) => belongs(stated, when.who)) === when.is;
    case 'lowest-is':
      return all.some(({ price, stated }) => price.equals(lowest) && belongs(stated, when.who)) === when.is;
    case 'lowest-in': {
      const within = all.filter(({ stated }) => belongs(stated, when.class));
      return within.length > 0 && holds({ ...when, rule: 'lowest-is' }, within, lowestPrice(within));
    }
  }
}
