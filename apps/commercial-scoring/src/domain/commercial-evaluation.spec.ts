import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Method } from '#evaluation';
import { entryShare } from '../../../../libs/ledger/test-support/longest-entry.js';
import { type CommercialEvaluation, lockTechnical, type ScoresPart } from './commercial-evaluation.js';
import { rankingParts } from './run-evaluation.js';

const fresh: CommercialEvaluation = {
  tenderId: '0198a000-0000-7000-8000-000000000001',
  method: {} as Method,
  ceilingPrice: '1',
  boqSha256: '',
  technical: null,
  sheets: [],
  offers: null,
  partsTaken: [],
  document: null,
  evaluatedAt: null,
};

const partOf = (part: number, isPassed = true): ScoresPart => ({
  part,
  technical: [{ alias: `AA0${part}`, score: '1', isPassed }],
  sheets: [{ expert: 'e', bid: `AA0${part}`, scores: {} }],
});

describe('locked scores, told in parts', () => {
  it('count once all parts are there, in whichever order and however often they come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([1, 2, 3, 1, 2, 3], { minLength: 6 }), (order) => {
        const seen = new Set<number>();
        let evaluation = fresh;
        for (const part of order) {
          evaluation = lockTechnical(evaluation, partOf(part), 3);
          seen.add(part);
          expect(evaluation.technical !== null).toBe(seen.size === 3);
        }
        expect(evaluation.technical?.map(({ alias }) => alias)).toEqual(['AA01', 'AA02', 'AA03']);
        expect(evaluation.sheets.map(({ bid }) => bid)).toEqual(['AA01', 'AA02', 'AA03']);
      }),
    );
  });

  it('leave nothing to open where nobody passed, in any part', () => {
    const none = [1, 2].reduce((before, part) => lockTechnical(before, partOf(part, false), 2), fresh);
    expect(none.offers).toEqual([]);
    const one = lockTechnical(lockTechnical(fresh, partOf(1, false), 2), partOf(2), 2);
    expect(one.offers).toBeNull();
  });
});

describe('a ranking', () => {
  it('is told in parts that fit an entry, by rank, everything as long as it may be', () => {
    const bids = Array.from({ length: 5_000 }, (_, n) => ({
      id: 'AB12',
      rank: n + 1,
      price: '999999999999999.99',
      total: { exact: '1', rounded: '9'.repeat(60) },
    }));
    const result = { outcome: 'ranked', hash: 'f'.repeat(64), bids };
    const parts = rankingParts({ ...fresh, document: { result } as never });
    for (const part of parts) {
      expect(entryShare('commercial-scoring.ranking-made', part)).toBeLessThan(0.95);
    }
    expect(parts.flatMap(({ ranking }) => ranking).map(({ rank }) => rank)).toEqual(
      bids.map(({ rank }) => rank),
    );
    expect(parts[0]!.ranking[0]!.rank).toBe(1);
  });
});
