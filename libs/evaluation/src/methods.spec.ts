import { describe, expect, it } from '@jest/globals';
import {
  abnormallyLowTests,
  additivePoints,
  compositeBenchmark,
  domesticPreference,
  drawnFormula,
  energyServiceNpv,
  evaluate,
  fixedBudget,
  leastCost,
  lifeCycleCost,
  lowestEvaluatedPrice,
  nonPriceFeatures,
  qcbs,
  qualityOverPrice,
  reasonableLowPrice,
  reservePriceFloor,
  smallBusinessSetOff,
  type Bid,
  type EvaluationInput,
  type EvaluationResult,
} from './index.js';

const run = (method: EvaluationInput['method'], bids: Bid[], numbers: Record<string, string> = {}) =>
  evaluate({ method, bids, draws: { numbers } });
const bid = (id: string, price: string, more: Partial<Bid> = {}): Bid => ({ id, price, ...more });
const totals = ({ bids }: EvaluationResult) =>
  Object.fromEntries(bids.map(({ id, total }) => [id, total?.rounded ?? null]));
const evaluated = ({ bids }: EvaluationResult) =>
  Object.fromEntries(bids.map((own) => [own.id, own.evaluated?.rounded ?? null]));
const order = ({ bids }: EvaluationResult) => bids.flatMap(({ id, rank }) => (rank === null ? [] : [id]));

describe('ready methods', () => {
  it('合理低价法: the mean without the ends, less the drawn reduction', () => {
    const prices = ['900000', '950000', '960000', '970000', '999999'];
    const result = run(
      reasonableLowPrice,
      prices.map((price, at) => bid(`B${at}`, price)),
      { reduction: '0.02' },
    );
    expect(result.benchmark?.rounded).toBe('940800');
    expect(totals(result)).toEqual({ B0: '95.66', B1: '98.04', B2: '95.92', B3: '93.80', B4: '87.42' });
    expect(() =>
      run(
        reasonableLowPrice,
        prices.map((price, at) => bid(`B${at}`, price)),
        { reduction: '0.05' },
      ),
    ).toThrow(/none of those/);
  });

  it('composite benchmark: ceiling × K × Q + mean × (1 − Q)', () => {
    const bids = [bid('A', '900000'), bid('B', '930000'), bid('C', '960000')];
    const result = run(compositeBenchmark, bids, { K: '0.96', Q: '0.7' });
    expect(result.benchmark).toEqual({ exact: '951000', rounded: '951000.00' });
    expect(totals(result)).toEqual({ B: '98.68', A: '96.78', C: '99.15' });
  });

  it('经评审的最低投标价法: corrects, completes, prefers; the contract is at the lower of offered and corrected', () => {
    const own = (
      deviations: string,
      commissioning: string,
      size: string,
      unitPrice: string,
    ): Partial<Bid> => ({
      figures: { deviations, commissioning },
      labels: { size },
      items: [{ id: '1', quantity: '100', unitPrice, amount: '1' }],
    });
    const result = run(lowestEvaluatedPrice, [
      bid('A', '9000', own('0', '0', 'small', '95')),
      bid('B', '9100', own('0', '400', 'other', '91')),
      bid('C', '9500', own('100', '300', 'other', '95')),
    ]);
    expect(evaluated(result)).toEqual({ A: '8910.00', B: '9100.00', C: '9600.00' });
    expect(result.award).toMatchObject({ winner: 'A', price: { exact: '9000' } });
  });

  it('QCBS, least cost and fixed budget read the same bids in three ways', () => {
    const bids = [
      bid('A', '20', { technical: '76' }),
      bid('B', '40', { technical: '95' }),
      bid('C', '60', { technical: '100' }),
      bid('D', '10', { technical: '74.99' }),
    ];
    // Financial scores 100, 50, 33.3 as in-egov-qcbs prints them; D never sets the lowest price.
    const scored = run(qcbs, bids);
    expect(scored.bids.map(({ priceScore }) => priceScore?.rounded ?? null)).toEqual([
      '33.3333',
      '50.0000',
      '100.0000',
      null,
    ]);
    expect(totals(scored)).toEqual({ C: '86.67', B: '86.00', A: '80.80', D: null });
    expect(order(run(leastCost, bids))).toEqual(['A', 'B', 'C']);
    expect(order(run(fixedBudget, bids))).toEqual(['C', 'B', 'A']);
    expect(
      run(fixedBudget, [
        bid('A', '1000000', { technical: '75' }),
        bid('B', '1000000.01', { technical: '99' }),
      ]).award,
    ).toMatchObject({ winner: 'A' });
  });

  it('non-price features: 499.00 ÷ 9/7 = 388.11 as ProZorro prints it', () => {
    const result = run(nonPriceFeatures, [
      bid('A', '499.0', { figures: { warranty: '0.1', delivery: '0.1' } }),
    ]);
    expect(evaluated(result)).toEqual({ A: '388.11' });
    expect(result.award?.price?.exact).toBe('499');
  });

  it('life-cycle cost: 400,000 against 300,000 in twenty years, as published', () => {
    const result = run(lifeCycleCost, [
      bid('A', '100000', { figures: { operation: '15000', disposal: '0' } }),
      bid('B', '140000', { figures: { operation: '8000', disposal: '0' } }),
    ]);
    expect(evaluated(result)).toEqual({ B: '300000.00', A: '400000.00' });
  });

  it('energy service: 562.72 and contract payments of 8505.28, as the ProZorro tutorial prints them', () => {
    const savings = ['200', ...Array.from({ length: 20 }, () => '800')];
    const result = run(energyServiceNpv, [
      bid('A', '0', { figures: { share: '0.86', years: '13', days: '40' }, series: { savings } }),
    ]);
    expect(evaluated(result)).toEqual({ A: '562.72' });
    const node = result.trace.find(({ rule }) => rule === 'adjust.esco-npv');
    expect(node?.sentence.en).toBe('A evaluated price = NPV(21, 0.22986, 0.86) = 562.72');
  });

  it('small-business set-off: 5 % of the lowest, capped, only against a larger lowest bidder', () => {
    const size = (one: string): Partial<Bid> => ({ labels: { size: one } });
    const open = run(smallBusinessSetOff, [bid('A', '100000'), bid('B', '104999', size('small'))]);
    expect(order(open)).toEqual(['B', 'A']);
    expect(open.award).toMatchObject({ winner: 'B', price: { exact: '104999' } });
    // 105,000 − 5,000 meets 100,000: the tie goes to the small business.
    expect(order(run(smallBusinessSetOff, [bid('A', '100000'), bid('B', '105000', size('small'))]))).toEqual([
      'B',
      'A',
    ]);
    expect(
      order(run(smallBusinessSetOff, [bid('A', '2000000'), bid('B', '2050001', size('small'))])),
    ).toEqual(['A', 'B']);
    const small = [bid('A', '100', size('small')), bid('B', '101', size('small'))];
    expect(evaluated(run(smallBusinessSetOff, small))).toEqual({ A: '100.00', B: '101.00' });
  });

  it.each([
    ['domestic-large', '120.00'],
    ['domestic-small', '130.00'],
    ['foreign', '100.00'],
  ])('domestic preference: a foreign 100 beside a %s counts %s', (origin, expected) => {
    const result = run(domesticPreference, [
      bid('F', '100', { labels: { origin: 'foreign' } }),
      bid('D', '125', { labels: { origin } }),
    ]);
    expect(evaluated(result)['F']).toBe(expected);
  });

  it('加算方式 and 除算方式 rank the same offers differently', () => {
    const offers = [bid('A', '900000', { technical: '10' }), bid('B', '980000', { technical: '17.5' })];
    expect(totals(run(additivePoints, offers))).toEqual({ A: '20.0000', B: '19.5000' });
    const large = offers.map(({ price, ...rest }) => ({ ...rest, price: `${price}00` }));
    expect(totals(run(qualityOverPrice, large))).toEqual({ A: '122.2222', B: '119.8979' });
  });

  it('reserve-price floor: one won under 87.745 % of the mean of four is void', () => {
    const draws = { first: '1', second: '7', third: '8', fourth: '15' };
    const result = run(
      reservePriceFloor,
      [bid('A', '87657254'), bid('B', '87657255'), bid('C', '99900001')],
      draws,
    );
    const floor = result.trace.find(({ rule }) => rule === 'admit.reserve-floor');
    expect([floor?.exact, floor?.rounded]).toEqual(['87657255', '87657255']);
    expect(result.bids.map(({ id, reasons }) => [id, reasons])).toEqual([
      ['B', []],
      ['A', ['below-reserve-floor']],
      ['C', ['above-reserve']],
    ]);
    expect(() => run(reservePriceFloor, [], { ...draws, fourth: '1' })).toThrow(/drawn twice/);
    expect(() => run(reservePriceFloor, [], { ...draws, fourth: '16' })).toThrow(/no place/);
  });

  it.each([
    ['4123.24', '90', { A: '88.8888888', B: '100.0000000', C: '88.8888888' }],
    ['4123.74', '85', { A: '82.3529411', B: '94.1176470', C: '94.1176470' }],
    ['4123.99', '80', { A: '80.0000000', B: '88.8888888', C: '100.0000000' }],
  ])('drawn formula: %s takes %s as the reference, with the published scores', (trm, benchmark, expected) => {
    const result = run(drawnFormula, [bid('A', '100'), bid('B', '90'), bid('C', '80')], { trm });
    expect(result.benchmark?.exact).toBe(benchmark);
    expect(Object.fromEntries(result.bids.map(({ id, priceScore }) => [id, priceScore?.rounded]))).toEqual(
      expected,
    );
  });

  it('abnormally-low tests: advice that changes no rank', () => {
    const prices = { A: '100', B: '98', C: '97', D: '95', E: '60' };
    const result = run(
      abnormallyLowTests,
      Object.entries(prices).map(([id, price]) => bid(id, price)),
    );
    expect(order(result)).toEqual(['E', 'D', 'C', 'B', 'A']);
    expect(result.advisory?.map(({ id, subject }) => [id, subject])).toEqual([
      ['next-30', 'E'],
      ['median-sigma', 'E'],
      ['mean-10', 'E'],
    ]);
  });
});
