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
const bids: fc.Arbitrary<Bid[]> = fc
  .array(fc.record({ price, technical }), { minLength: 1, maxLength: ids.length })
  .map((list) => list.map((bid, index) => ({ id: ids[index]!, ...bid })));
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
        expect(evaluate({ method, bids: turned })).toEqual(evaluate({ method, bids: list }));
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
        const document = evaluationDocument({ method, bids: list, draws: { order: ids } });
        expect(recompute(JSON.parse(JSON.stringify(document))).hash).toBe(document.result.hash);
      }),
      RUNS,
    );
  });
});
