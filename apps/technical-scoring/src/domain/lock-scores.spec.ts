import { describe, expect, it } from '@jest/globals';
import { comprehensiveTrimmedMean } from '#evaluation';
import { entryShare } from '../../../../libs/ledger/test-support/longest-entry.js';
import { lockedParts, panelSheets } from './lock-scores.js';
import { type Scoring, startScoring } from './scoring.js';

const BIDS_MAX = 5_000;
const EXPERTS_MAX = 15;
const uuid = (n: number): string => `0198a000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const aliasOf = (n: number): string =>
  `${String.fromCharCode(65 + (n % 24))}B${String(n % 100).padStart(2, '0')}`;

function locked(bids: number, criteria: number): Scoring {
  const scores = Object.fromEntries(
    Array.from({ length: criteria }, (_, n) => [`${n}`.padStart(50, 'c'), '9'.repeat(40)]),
  );
  const sheet = Object.fromEntries(Array.from({ length: bids }, (_, n) => [aliasOf(n), scores]));
  const fresh = startScoring(
    uuid(0),
    comprehensiveTrimmedMean,
    Array.from({ length: EXPERTS_MAX }, (_, n) => uuid(n)),
  );
  return {
    ...fresh,
    experts: fresh.experts.map((expert) => ({ ...expert, scores: sheet })),
    results: Array.from({ length: bids }, (_, n) => ({
      alias: aliasOf(n),
      score: '9'.repeat(400),
      rounded: '9'.repeat(40),
      isPassed: false,
    })),
  };
}

describe('locked scores', () => {
  it('are told in parts that fit an entry, everything as long as it may be', () => {
    for (const [bids, criteria] of [
      [BIDS_MAX, 3],
      [20, 200],
    ] as const) {
      for (const part of lockedParts(locked(bids, criteria))) {
        expect(entryShare('technical-scoring.scores-locked', part)).toBeLessThan(0.95);
      }
    }
  });

  it('are the same together, all results before all sheets', () => {
    const scoring = locked(300, 2);
    const parts = lockedParts(scoring);
    expect(parts.map(({ part }) => part)).toEqual(parts.map((_, at) => at + 1));
    expect(new Set(parts.map(({ parts: of }) => of))).toEqual(new Set([parts.length]));
    expect(parts.flatMap(({ results }) => results)).toEqual(scoring.results);
    expect(parts.flatMap(({ sheets }) => sheets)).toEqual(panelSheets(scoring));
    const first = parts.findIndex(({ sheets }) => sheets.length > 0);
    expect(parts.slice(first + 1).every(({ results }) => results.length === 0)).toBe(true);
  });
});
