import { Rational } from '#kernel';
import type { AwardResult, ExactValue, TraceNode } from '../evaluation-types.js';
import type { Award } from '../method-award.js';
import { exactValue, show, traced } from '../trace-node.js';
import type { Entrant } from './entrant.js';
import type { Ranking } from './rank.js';

const MONEY_DIGITS = 2;

export interface Awarded {
  readonly award: AwardResult;
  readonly trace: readonly TraceNode[];
}

/**
 * Whom the ranking names and at what price: offered, corrected (or the lower of both), evaluated, the second's offer,
 * or the second's offer plus one increment but never beyond the winner's own. A tie at the top, or an offer on the
 * wrong side of the reserve, names nobody. Guarantees are percents of the contract price or of the ceiling. Sources:
 * evaluated price ranks, contract at the offered one: World Bank, FIDIC, 七部委令第12号; Vickrey (1961); proxy bidding.
 */
export function awardNode(
  rule: Award,
  ranking: Ranking,
  entrants: readonly Entrant[],
  ceiling: Rational | null,
): Awarded {
  const [first, second] = ranking.places.map(({ id }) => entrants.find((entrant) => entrant.id === id)!);
  const nobody: AwardResult = { winner: null, price: null, guarantees: {} };
  if (!first || ranking.places[0]!.isTied || isOutside(rule, first)) return { award: nobody, trace: [] };
  const { exact, formula } = contractPrice(rule, first, second ?? null);
  const { value, node } = traced({
    rule: `award.${rule.price.rule}`,
    subject: first.id,
    inputs: {
      offered: first.offered.toString(),
      corrected: first.corrected.toString(),
      evaluated: first.price.toString(),
      ...(second ? { second: second.id, secondOffered: second.offered.toString() } : {}),
    },
    exact,
    sentence: (result) => ({
      zh: `${first.id} 排名第一，合同价 = ${formula} = ${result}`,
      en: `${first.id} ranks first; contract price = ${formula} = ${result}`,
    }),
  });
  const trace = [node];
  const guarantees: Record<string, ExactValue> = {};
  for (const { id, percent, of, rounding } of rule.guarantees ?? []) {
    const base = of === 'contract' ? value : (ceiling ?? value);
    const amount = traced({
      rule: 'award.guarantee',
      subject: first.id,
      inputs: { guarantee: id, base: base.toString(), percent },
      exact: base.mul(Rational.from(percent)).div(Rational.of(100n)),
      rounding,
      sentence: (result) => ({
        zh: `担保 ${id} = ${show(base)}×${percent}% = ${result}`,
        en: `Guarantee ${id} = ${show(base)}×${percent}% = ${result}`,
      }),
    });
    trace.push(amount.node);
    guarantees[id] = exactValue(amount.value, rounding, MONEY_DIGITS);
  }
  return {
    award: { winner: first.id, price: exactValue(value, undefined, MONEY_DIGITS), guarantees },
    trace,
  };
}

function isOutside({ reserve }: Award, { offered }: Entrant): boolean {
  if (!reserve) return false;
  const side = offered.compare(Rational.from(reserve.value));
  return reserve.voidWhen === 'gt' ? side > 0 : side < 0;
}

interface Price {
  readonly exact: Rational;
  readonly formula: string;
}

const plain = (exact: Rational): Price => ({ exact, formula: show(exact) });

function contractPrice({ price }: Award, first: Entrant, second: Entrant | null): Price {
  switch (price.rule) {
    case 'offered':
      return plain(first.offered);
    case 'corrected':
      return plain(price.lower ? first.offered.min(first.corrected) : first.corrected);
    case 'evaluated':
      return plain(first.price);
    case 'second':
    case 'second-plus-step': {
      const alone = price.alone === undefined ? first.offered : Rational.from(price.alone);
      if (!second) return plain(alone);
      if (price.rule === 'second') return plain(second.offered);
      return secondPlusStep(price.increments, first.offered, second.offered);
    }
  }
}

type Increments = Extract<Award['price'], { rule: 'second-plus-step' }>['increments'];

/** Towards the winner's own offer by one increment: up where the winner offers more, down where less. */
function secondPlusStep(increments: Increments, own: Rational, other: Rational): Price {
  const row = increments.find(({ below }) => below === null || other.lessThan(Rational.from(below)));
  const step = Rational.from(row?.step ?? '0');
  const isUp = other.atMost(own);
  const reached = isUp ? other.add(step).min(own) : other.sub(step).max(own);
  return { exact: reached, formula: `${show(other)}${isUp ? '+' : '-'}${show(step)}` };
}
