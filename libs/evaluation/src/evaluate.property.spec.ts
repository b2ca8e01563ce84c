import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Rational } from '#kernel';
import {
  comprehensiveTrimmedMean,
  evaluate,
  evaluationDocument,
  linear,
  lowPriceRatio,
  METHODS,
  recompute,
  type Bid,
  type Draws,
  type EvaluationResult,
  type Method,
} from './index.js';

const ids = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];
const price = fc
  .integer({ min: 1, max: 100_000_000 })
  .map((minor) => Rational.of(BigInt(minor), 100n).toFixed({ digits: 2, mode: 'down' }));
const technical = fc
  .integer({ min: 0, max: 1000 })
  .map((tenths) => Rational.of(BigInt(tenths), 10n).toFixed({ digits: 1, mode: 'down' }));
/** What the ready documents ask of bidders beside the price. */
const stated = fc.record({
  figures: fc.record({
    commissioning: fc.constantFrom('0', '10.5'),
    deviations: fc.constantFrom('0', '3'),
    warranty: fc.constantFrom('0', '0.1', '0.15'),
    delivery: fc.constantFrom('0.05', '0.15', '0.2'),
    operation: price,
    disposal: price,
    share: fc.constantFrom('0.7', '0.95'),
    years: fc.constantFrom('1', '15'),
    days: fc.constantFrom('0', '364'),
  }),
  labels: fc.record({
    size: fc.constantFrom('small', 'other'),
    origin: fc.constantFrom('domestic-small', 'domestic-large', 'foreign'),
  }),
  series: fc.record({ savings: fc.array(price, { minLength: 21, maxLength: 21 }) }),
  items: price.map((unitPrice) => [{ id: '1', quantity: '2.5', unitPrice }]),
});
const bids: fc.Arbitrary<Bid[]> = fc
  .array(
    fc.record({ price, technical, stated }).map(({ stated: more, ...bid }) => ({ ...bid, ...more })),
    { minLength: 1, maxLength: ids.length },
  )
  .map((list) => list.map((bid, index) => ({ id: ids[index]!, ...bid })));
const draws: Draws = {
  order: ids,
  numbers: {
    K: '0.97',
    Q: '0.7',
    reduction: '0.02',
    trm: '4123.30',
    first: '1',
    second: '7',
    third: '8',
    fourth: '15',
  },
};
const RUNS = { numRuns: 60 };

/** Price only, nothing rounded: what the properties of a pure rule are stated on. */
const priceOnly = (method: Method): Method => {
  if (!('rounding' in method.score)) return method;
  const { rounding: _unused, ...score } = method.score;
  const { panel: _none, ...rest } = method;
  return { ...rest, admit: {}, score, combine: { rule: 'sum', of: ['price'] } };
};
const scoreOf = (result: EvaluationResult, id: string): Rational =>
  Rational.from(result.bids.find((bid) => bid.id === id)?.priceScore?.exact ?? 'missing');

describe('evaluate', () => {
  it('gives the same result and hash in whatever order bids come', () => {
    fc.assert(
      fc.property(bids, fc.constantFrom(...METHODS), fc.integer({ min: 0, max: 7 }), (list, method, turn) => {
        const at = turn % list.length;
        const turned = [...list.slice(at), ...list.slice(0, at)].reverse();
        expect(evaluate({ method, bids: turned, draws })).toEqual(evaluate({ method, bids: list, draws }));
      }),
      RUNS,
    );
  });

  it('leaves ratio scores as they are when every price is multiplied by the same factor', () => {
    fc.assert(
      fc.property(bids, fc.integer({ min: 2, max: 999 }), (list, factor) => {
        const scaled = list.map((bid) => ({
          ...bid,
          price: Rational.from(bid.price)
            .mul(Rational.of(BigInt(factor)))
            .toFixed({ digits: 2, mode: 'down' }),
        }));
        const [before, after] = [list, scaled].map((some) =>
          evaluate({ method: priceOnly(lowPriceRatio), bids: some }),
        );
        for (const { id } of list) expect(scoreOf(after!, id).equals(scoreOf(before!, id))).toBe(true);
      }),
      RUNS,
    );
  });

  /** Rules that know prices by their relations alone: no sum of money stands in the method. */
  const SCALE_FREE = [
    lowPriceRatio,
    linear,
    { ...comprehensiveTrimmedMean, bench: { ...comprehensiveTrimmedMean.bench!, rounding: undefined } },
  ] as unknown as readonly Method[];

  it.each(SCALE_FREE)('leaves scores and ranks by $id as they are at another unit of money', (method) => {
    fc.assert(
      fc.property(bids, fc.integer({ min: 1, max: 6 }), (list, zeros) => {
        // Moves the decimal point, so that no price needs more places than it may have.
        const scaled = list.map((bid) => ({
          ...bid,
          price: Rational.from(bid.price)
            .mul(Rational.of(10n ** BigInt(zeros)))
            .toFixed({ digits: 2, mode: 'down' }),
        }));
        const [before, after] = [list, scaled].map((some) =>
          evaluate({ method: priceOnly(method), bids: some }),
        );
        for (const { id, rank } of before!.bids) {
          expect(scoreOf(after!, id).equals(scoreOf(before!, id))).toBe(true);
          expect(after!.bids.find((bid) => bid.id === id)?.rank).toBe(rank);
        }
      }),
      RUNS,
    );
  });

  it('may move scores at another unit of money where the benchmark is a whole number', () => {
    const { bench } = comprehensiveTrimmedMean;
    const whole = {
      ...comprehensiveTrimmedMean,
      bench: { ...bench!, rounding: { digits: 0, mode: 'up' } },
    } as Method;
    const scoreOfA = (prices: readonly string[]): Rational =>
      scoreOf(
        evaluate({ method: priceOnly(whole), bids: prices.map((one, at) => ({ id: ids[at]!, price: one })) }),
        'A',
      );
    expect(scoreOfA(['1.1', '1.2']).equals(scoreOfA(['11', '12']))).toBe(false);
  });

  it('gives the same hash in whatever order score sheets, figures and keys of the method come', () => {
    fc.assert(
      fc.property(bids, fc.integer({ min: 0, max: 23 }), (list, turn) => {
        const criteria = lowPriceRatio.panel!.criteria;
        const sheets = list.flatMap(({ id }) =>
          ['e1', 'e2', 'e3'].map((name, at) => ({
            expert: name,
            bid: id,
            scores: Object.fromEntries(criteria.map((one, place) => [one.id, String(at + place + 5)])),
          })),
        );
        const given = list.map(({ technical: _from, ...bid }) => bid);
        const at = turn % sheets.length;
        const turned = [...sheets.slice(at), ...sheets.slice(0, at)].map(({ scores, ...sheet }) => ({
          ...sheet,
          scores: Object.fromEntries(Object.entries(scores).reverse()),
        }));
        const reversed = Object.fromEntries(Object.entries(lowPriceRatio).reverse()) as unknown as Method;
        const before = evaluate({ method: lowPriceRatio, bids: given, panel: sheets });
        expect(evaluate({ method: reversed, bids: given, panel: turned }).hash).toBe(before.hash);
      }),
      RUNS,
    );
  });

  it.each([lowPriceRatio, linear])('never lowers the $id score of a bid that lowers its price', (method) => {
    fc.assert(
      fc.property(bids, price, (list, other) => {
        const [first, ...rest] = list;
        const lower = Rational.from(first!.price)
          .min(Rational.from(other))
          .toFixed({ digits: 2, mode: 'down' });
        const before = scoreOf(evaluate({ method: priceOnly(method), bids: list }), 'A');
        const after = scoreOf(
          evaluate({ method: priceOnly(method), bids: [{ ...first!, price: lower }, ...rest] }),
          'A',
        );
        expect(before.atMost(after)).toBe(true);
      }),
      RUNS,
    );
  });

  it('keeps every price score between floor and cap', () => {
    fc.assert(
      fc.property(bids, (list) => {
        const result = evaluate({ method: priceOnly(comprehensiveTrimmedMean), bids: list });
        for (const { id } of list) {
          const score = scoreOf(result, id);
          expect(Rational.of(60n).atMost(score) && score.atMost(Rational.of(100n))).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it('recomputes from its stored document to the same hash', () => {
    fc.assert(
      fc.property(bids, fc.constantFrom(...METHODS), (list, method) => {
        const document = evaluationDocument({ method, bids: list, draws });
        expect(recompute(JSON.parse(JSON.stringify(document))).hash).toBe(document.result.hash);
      }),
      RUNS,
    );
  });
});
