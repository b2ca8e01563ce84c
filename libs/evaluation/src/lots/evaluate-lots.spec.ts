import { describe, expect, it } from '@jest/globals';
import { evaluate, evaluateLots, type Method } from '../index.js';

/** The lowest evaluated price wins; above 500 is void. */
const method: Method = {
  v: 1,
  id: 'lowest',
  title: { zh: '最低价', en: 'Lowest' },
  admit: { ceiling: { price: '500', voidWhen: 'gt' } },
  score: { rule: 'none' },
  combine: { rule: 'evaluated-price' },
  rank: { keys: ['lowest-total'], ties: 'exact' },
};
const lot = (id: string, prices: Readonly<Record<string, string>>) => ({
  id,
  method,
  bids: Object.entries(prices).map(([bidder, price]) => ({ id: bidder, price })),
});
const lots = [lot('north', { AA11: '100', BB22: '110' }), lot('south', { AA11: '210', BB22: '200' })];

describe('evaluateLots', () => {
  it('gives each lot the very result that it has alone, and no common award without a condition', () => {
    const { lots: results, award } = evaluateLots({ lots });
    expect(results.map(({ id }) => id)).toEqual(['north', 'south']);
    for (const [at, { result }] of results.entries()) expect(result).toEqual(evaluate(lots[at]!));
    expect(award).toBeNull();
  });

  it('weighs a discount for both lots against the lowest of each', () => {
    const discounts = [{ bidder: 'AA11', lots: ['north', 'south'], off: { as: 'percent', value: '5' } }];
    const { award } = evaluateLots({ lots, discounts });
    expect(award).toMatchObject({
      winners: { north: 'AA11', south: 'AA11' },
      total: { exact: '589/2', rounded: '294.50' },
    });
  });

  it('awards nothing to bids that are void in their lot', () => {
    const dear = [lot('north', { AA11: '501', BB22: '300' })];
    const { award } = evaluateLots({ lots: dear, lotsMax: [{ lots: 1 }] });
    expect(award?.winners).toEqual({ north: 'BB22' });
  });

  it.each([
    ['a lot twice', { lots: [lots[0], lots[0]] }],
    ['no lot', { lots: [] }],
    ['an unknown key', { lots, discount: [] }],
    ['a bid without a price', { lots: [{ id: 'north', method, bids: [{ id: 'AA11' }] }] }],
    [
      'a condition on a lot that is not there',
      { lots, allOrNone: [{ bidder: 'AA11', lots: ['north', 'east'] }] },
    ],
  ])('refuses %s', (_what, json) => {
    expect(() => evaluateLots(json)).toThrow(expect.objectContaining({ code: 'evaluation.input-invalid' }));
  });
});
