import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Rational } from '#kernel';
import { awardLots } from '../index.js';

const lot = (id: string, prices: Record<string, string>) => ({
  id,
  bids: Object.entries(prices).map(([bidder, price]) => ({ bidder, price })),
});
const two = [lot('1', { A: '100', B: '95' }), lot('2', { A: '100', B: '98' })];

describe('awardLots', () => {
  it('gives each lot to its lowest bid where nobody sets conditions', () => {
    const award = awardLots({ v: 1, lots: two });
    expect(award).toMatchObject({ winners: { 1: 'B', 2: 'B' }, total: { exact: '193' }, scenarios: '9' });
  });

  it('enumerates conditional discounts: a bidder that is lowest nowhere may win everywhere', () => {
    const award = awardLots({
      v: 1,
      lots: two,
      discounts: [{ bidder: 'A', lots: ['1', '2'], off: { as: 'percent', value: '4' } }],
    });
    expect(award).toMatchObject({ winners: { 1: 'A', 2: 'A' }, total: { exact: '192' } });
    expect(award.trace[0]?.sentence.en).toBe(
      'Best of 9 scenarios: 1→A, 2→A; 200 before discounts, 192 in all',
    );
  });

  it('takes the discount worth most where several apply, never the sum of them', () => {
    const award = awardLots({
      v: 1,
      lots: two,
      discounts: [
        { bidder: 'A', lots: ['1'], off: { as: 'amount', value: '4' } },
        { bidder: 'A', lots: ['1', '2'], off: { as: 'amount', value: '6.5' } },
      ],
    });
    expect(award).toMatchObject({ winners: { 1: 'B', 2: 'B' }, total: { exact: '193' } });
  });

  it('holds all-or-none and the most lots of a bidder, and awards as many lots as it can', () => {
    const bound = { v: 1, lots: two, allOrNone: [{ bidder: 'B', lots: ['1', '2'] }] };
    expect(awardLots({ ...bound, lotsMax: [{ lots: 1 }] })).toMatchObject({
      winners: null,
      total: { exact: '100' },
      best: [
        { 1: 'A', 2: null },
        { 1: null, 2: 'A' },
      ],
    });
    expect(awardLots({ v: 1, lots: two, lotsMax: [{ bidder: 'B', lots: 1 }] }).winners).toEqual({
      1: 'B',
      2: 'A',
    });
  });

  it('leaves a tie of scenarios to people', () => {
    const award = awardLots({ v: 1, lots: [lot('1', { A: '10', B: '10' })] });
    expect([award.winners, award.best]).toEqual([null, [{ 1: 'A' }, { 1: 'B' }]]);
  });

  it.each<[string, object]>([
    ['an unknown lot', { v: 1, lots: two, allOrNone: [{ bidder: 'A', lots: ['1', '3'] }] }],
    ['a lot twice', { v: 1, lots: [two[0], two[0]] }],
    ['a price of zero', { v: 1, lots: [lot('1', { A: '0' })] }],
    [
      'more scenarios than can be enumerated',
      { v: 1, lots: Array.from({ length: 17 }, (_, at) => lot(String(at), { A: '1' })) },
    ],
  ])('refuses %s', (_what, input) => {
    expect(() => awardLots(input)).toThrow(expect.objectContaining({ code: 'evaluation.input-invalid' }));
  });

  it('is never dearer than lot by lot, and does not depend on the order of lots and bids', () => {
    const price = fc.integer({ min: 1, max: 1000 }).map(String);
    const lots = fc.array(fc.tuple(price, price, price), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(lots, fc.integer({ min: 1, max: 40 }), (table, percent) => {
        const input = {
          v: 1,
          lots: table.map(([A, B, C], at) => lot(String(at), { A, B, C })),
          discounts: [
            {
              bidder: 'A',
              lots: table.map((_, at) => String(at)),
              off: { as: 'percent', value: String(percent) },
            },
          ],
        };
        const award = awardLots(input);
        const apart = table
          .map((row) => row.map((text) => Rational.from(text)).reduce((a, b) => a.min(b)))
          .reduce((a, b) => a.add(b));
        expect(Rational.from(award.total?.exact ?? 'missing').atMost(apart)).toBe(true);
        const turned = input.lots.map(({ id, bids }) => ({ id, bids: [...bids].reverse() })).reverse();
        expect(awardLots({ ...input, lots: turned })).toEqual(award);
      }),
      { numRuns: 60 },
    );
  });
});
