import { describe, expect, it } from '@jest/globals';
import {
  comprehensiveTrimmedMean,
  evaluate,
  explain,
  lowPriceRatio,
  nonPriceFeatures,
  type ScoreSheet,
} from './index.js';

const sheets: ScoreSheet[] = ['A', 'B', 'C'].flatMap((bid, at) =>
  ['zhang', 'li'].map((expert) => ({
    expert,
    bid,
    scores: { organisation: '30', quality: '20', schedule: String(10 + at), team: '10' },
  })),
);
const result = evaluate({
  method: comprehensiveTrimmedMean,
  bids: [
    { id: 'A', price: '100' },
    { id: 'B', price: '110' },
    { id: 'C', price: '210' },
    { id: 'D', price: 'free' },
  ],
  panel: [...sheets, ...sheets.slice(0, 2).map((sheet) => ({ ...sheet, bid: 'D' }))],
});

describe('explain', () => {
  it('tells a bidder the steps that led to its place, in the words of the trace', () => {
    expect(explain(result, 'C', 'en')).toEqual([
      'C technical score = (72+72)÷2 = 72.00',
      'C is admitted',
      '3 admitted, at least 3 needed',
      'Benchmark = (100+110+210)÷3 = 140.00',
      'C price score: 50 % off the benchmark, by the declared segments, floor applies = 60.00',
      'C total = 72×60%+60×40% = 67.20',
      'C ranks 3',
      'The price score was raised to its floor.',
    ]);
    expect(explain(result, 'C', 'zh-CN')).toContain('评标基准价 = (100+110+210)÷3 = 140.00');
    expect(explain(result, 'C', 'zh-CN').at(-1)).toBe('报价得分取下限。');
  });

  it('tells a void bid why, and no more of itself', () => {
    expect(explain(result, 'D', 'en')).toEqual([
      'D technical score = (70+70)÷2 = 70.00',
      'D is void: the price is not a number',
      '3 admitted, at least 3 needed',
      'Benchmark = (100+110+210)÷3 = 140.00',
    ]);
  });

  it('names no expert and no advisory flag', () => {
    const flagged = evaluate({
      method: {
        ...nonPriceFeatures,
        flags: [
          {
            id: 'low',
            title: { zh: '低', en: 'low' },
            measure: { rule: 'value', of: 'offered' },
            is: 'lt',
            limit: { rule: 'declared', value: '1000' },
          },
        ],
      },
      bids: [{ id: 'A', price: '499', figures: { warranty: '0.1', delivery: '0.1' } }],
    });
    expect(flagged.advisory).toHaveLength(1);
    expect(explain(flagged, 'A', 'en')).toEqual([
      'A is admitted',
      '1 admitted, at least 1 needed',
      'A evaluated price = 499÷9/7 = 388.11',
      'A is admitted',
      '1 admitted, at least 1 needed',
      'A total = 388.11 = 388.11',
      'A ranks 1',
      'A ranks first; contract price = 499 = 499',
    ]);
    const told = ['A', 'B', 'C'].flatMap((id) => explain(result, id, 'zh-CN')).join('\n');
    expect(told).not.toMatch(/zhang|li/);
  });

  it('says why an evaluation failed, and refuses an alias that nothing is known of', () => {
    const failed = evaluate({ method: lowPriceRatio, bids: [{ id: 'A', price: '1', technical: '1' }] });
    expect(explain(failed, 'A', 'en').at(-1)).toBe('The evaluation failed: too few bids were admitted.');
    expect(() => explain(failed, 'Z', 'en')).toThrow(
      expect.objectContaining({ code: 'evaluation.bid-unknown' }),
    );
  });
});
