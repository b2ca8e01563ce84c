import { Rational, sum } from '#kernel';
import { readExact, refuseInput } from '../evaluation-input.js';
import type { Draws, TraceNode } from '../evaluation-types.js';
import type { Reserve } from '../method-admit.js';
import { show, traced } from '../trace-node.js';

export interface ReservePrice {
  readonly price: Rational;
  readonly floor: Rational;
  readonly trace: readonly TraceNode[];
}

/**
 * 예정가격 and 낙찰하한: the reserve price is the mean of the drawn preliminary prices, the floor a percent of it, each
 * rounded only where declared. A draw is a place in the published list, 1 …; two draws of one place are refused.
 * Throws `evaluation.input-invalid`. Source: 국가계약법 시행령 art. 9 (복수예비가격), 적격심사 낙찰하한율.
 */
export function reserveNode(rule: Reserve, { numbers }: Draws): ReservePrice {
  const drawn = new Map<string, string>();
  for (const name of rule.draws) {
    const text = numbers && Object.hasOwn(numbers, name) ? numbers[name] : undefined;
    if (text === undefined) refuseInput(`The drawn number ${name} is not recorded.`, { name });
    const place = readExact(text, `drawn number ${name}`).toString();
    const price = rule.prices.find((_, index) => String(index + 1) === place);
    if (price === undefined) refuseInput(`The drawn number ${name} is no place in the list.`, { name });
    if (drawn.has(place)) refuseInput(`The place ${place} was drawn twice.`, { name });
    drawn.set(place, price);
  }
  const prices = [...drawn.values()].map((text) => Rational.from(text));
  const formula = `(${prices.map(show).join('+')})÷${prices.length}`;
  const price = traced({
    rule: 'admit.reserve',
    subject: 'all',
    inputs: Object.fromEntries([...drawn].map(([place, text]) => [`price:${place}`, text])),
    exact: sum(prices).div(Rational.of(BigInt(prices.length))),
    rounding: rule.rounding,
    sentence: (result) => ({
      zh: `标底价 = ${formula} = ${result}`,
      en: `Reserve price = ${formula} = ${result}`,
    }),
  });
  const floor = traced({
    rule: 'admit.reserve-floor',
    subject: 'all',
    inputs: { reserve: price.value.toString(), percent: rule.floorPercent },
    exact: price.value.mul(Rational.from(rule.floorPercent)).div(Rational.of(100n)),
    rounding: rule.floorRounding,
    sentence: (result) => ({
      zh: `最低有效报价 = ${show(price.value)}×${rule.floorPercent}% = ${result}`,
      en: `Floor = ${show(price.value)}×${rule.floorPercent}% = ${result}`,
    }),
  });
  return { price: price.value, floor: floor.value, trace: [price.node, floor.node] };
}
