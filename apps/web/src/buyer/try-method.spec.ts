import { describe, expect, it } from '@jest/globals';
import { comprehensiveTrimmedMean } from '#evaluation';
import { explainSample, tryMethod } from './try-method.js';

const samples = ['8000000', '9000000', '10000000', '11000000'].map((price) => ({ price, technical: '80' }));

describe('sample prices', () => {
  it('are ranked by the method as the published example was', () => {
    const result = tryMethod(comprehensiveTrimmedMean, '12000000', samples);
    expect(result.benchmark?.rounded).toBe('9000000.00');
    expect(result.bids[0]!.id).toBe('S01');
    expect(explainSample(result, 'S01', 'zh-CN').join('')).toMatch(/基准价/);
  });

  it('above the ceiling are void', () => {
    const { bids } = tryMethod(comprehensiveTrimmedMean, '10500000', samples);
    expect(bids.find(({ id }) => id === 'S04')).toMatchObject({ rank: null, reasons: ['above-ceiling'] });
  });
});
