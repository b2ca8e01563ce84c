import { Rational, sum } from '#kernel';
import type { LotsInput } from './lots-schema.js';

export type Scenario = readonly {
  readonly lot: string;
  readonly bidder: string | null;
  readonly price: Rational | null;
}[];

type Discount = NonNullable<LotsInput['discounts']>[number];

/**
 * Total of a scenario after the conditional discounts that it fulfils, or null where it breaks a condition: some but not
 * all lots of an all-or-none group, or more lots than a bidder may have. A discount never exceeds the prices it is off.
 */
export function scenarioCost(input: LotsInput, scenario: Scenario): Rational | null {
  const won = new Map<string, Set<string>>();
  for (const { lot, bidder } of scenario) {
    if (bidder !== null) won.set(bidder, (won.get(bidder) ?? new Set<string>()).add(lot));
  }
  for (const { bidder, lots } of input.allOrNone ?? []) {
    const own = lots.filter((lot) => won.get(bidder)?.has(lot)).length;
    if (own !== 0 && own !== lots.length) return null;
  }
  for (const { bidder, lots } of input.lotsMax ?? []) {
    const counted = bidder === undefined ? [...won.values()] : [won.get(bidder) ?? new Set()];
    if (counted.some(({ size }) => size > lots)) return null;
  }
  const full = sum(scenario.map(({ price }) => price ?? Rational.ZERO));
  const saved = [...won].map(([bidder, lots]) => bestDiscount(input, scenario, bidder, lots));
  return full.sub(sum(saved));
}

function bestDiscount(
  { discounts }: LotsInput,
  scenario: Scenario,
  bidder: string,
  won: ReadonlySet<string>,
): Rational {
  return (discounts ?? [])
    .filter((one) => one.bidder === bidder && one.lots.every((lot) => won.has(lot)))
    .reduce((most, one) => most.max(worth(one, scenario)), Rational.ZERO);
}

function worth({ lots, off }: Discount, scenario: Scenario): Rational {
  const base = sum(
    scenario.filter(({ lot }) => lots.includes(lot)).map(({ price }) => price ?? Rational.ZERO),
  );
  const value = Rational.from(off.value);
  return base.min(off.as === 'amount' ? value : base.mul(value).div(Rational.of(100n)));
}
