import { describe, expect, it } from '@jest/globals';
import { checkMethod, lowPriceRatio, nonPriceFeatures, parseMethod } from '#evaluation';
import { requireSoundMethod } from './draft-decisions.js';
import { requireFeasible } from './require-feasible.js';
import { reviewDraftMethod } from './review-draft-method.js';

const isFeasible = (method: unknown): boolean => {
  try {
    requireFeasible(parseMethod(method));
    return true;
  } catch {
    return false;
  }
};

describe('reviewDraftMethod', () => {
  it('finds in a sound method what the library finds', () => {
    expect(reviewDraftMethod(lowPriceRatio).findings).toEqual(checkMethod(lowPriceRatio));
  });

  it('says in both languages where this platform does not collect what a method needs', () => {
    const infeasible = reviewDraftMethod(nonPriceFeatures).findings.find(
      ({ code }) => code === 'method.infeasible',
    );
    expect(infeasible !== undefined).toBe(!isFeasible(nonPriceFeatures));
  });

  it.each([
    ['form', { ...lowPriceRatio, score: { rule: 'best' } }, 'form.not-one-of'],
    [
      'sense',
      { ...lowPriceRatio, combine: { rule: 'weighted-sum', weights: { price: '40', technical: '70' } } },
      'combine.weights-not-100',
    ],
  ])('is what a draft is refused for, with the same findings: %s', (_what, json, code) => {
    const findings = reviewDraftMethod(json).findings.filter(({ severity }) => severity === 'error');
    expect(findings.map((one) => one.code)).toContain(code);
    expect(() => requireSoundMethod(json)).toThrow(
      expect.objectContaining({ code: 'method.invalid', details: { findings } }),
    );
  });
});
