import { describe, expect, it } from '@jest/globals';
import { lowPriceRatio, METHODS, reviewMethod } from './index.js';

const codesAt = (json: unknown): string[] =>
  reviewMethod(json).findings.map(({ code, path }) => `${code} ${path}`);
const messageOf = (json: unknown): { zh: string; en: string } => reviewMethod(json).findings[0]!.message;

describe('reviewMethod', () => {
  it('finds no error in the ready methods', () => {
    for (const ready of METHODS) {
      const { method, findings } = reviewMethod(ready);
      expect(method).toEqual(ready);
      expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    }
  });

  it.each([
    ['a stage that is missing', { ...lowPriceRatio, rank: undefined }, 'form.missing rank'],
    ['an unknown key', { ...lowPriceRatio, weights: {} }, 'form.unknown-key '],
    ['an unknown rule', { ...lowPriceRatio, score: { rule: 'best' } }, 'form.not-one-of score.rule'],
    [
      'a number that is no text',
      { ...lowPriceRatio, score: { ...lowPriceRatio.score, full: 100 } },
      'form.wrong-type score.full',
    ],
    [
      'a number with a separator',
      { ...lowPriceRatio, score: { ...lowPriceRatio.score, full: '1,000' } },
      'form.not-readable score.full',
    ],
    ['no rank key', { ...lowPriceRatio, rank: { keys: [], ties: 'exact' } }, 'form.too-small rank.keys'],
    [
      'too many digits',
      { ...lowPriceRatio, score: { ...lowPriceRatio.score, rounding: { digits: 13, mode: 'up' } } },
      'form.too-large score.rounding.digits',
    ],
    [
      'an unknown rank key',
      { ...lowPriceRatio, rank: { keys: ['cheap'], ties: 'exact' } },
      'form.not-possible rank.keys.0',
    ],
  ])('says what is wrong with %s, and where', (_what, json, expected) => {
    expect(reviewMethod(json).method).toBeNull();
    expect(codesAt(json)).toEqual([expected]);
  });

  it('names the stage and what belongs there in both languages', () => {
    expect(messageOf({ ...lowPriceRatio, score: { rule: 'best' } })).toMatchObject({
      zh: expect.stringMatching(/^价格评分：“rule”应为下列之一：ratio、linear/),
      en: expect.stringMatching(/^Price score: "rule" has to be one of: ratio, linear/),
    });
    expect(messageOf({ ...lowPriceRatio, rank: { keys: ['cheap'], ties: 'exact' } }).en).toMatch(
      /^Ranking: "#1"/,
    );
    expect(messageOf(null)).toEqual({
      zh: '评标办法：整个文件应为一组字段',
      en: 'Method: the document has to be a group of fields',
    });
  });

  it('puts errors before warnings, and reads sense only where the form is right', () => {
    const unsound = {
      ...lowPriceRatio,
      combine: { rule: 'weighted-sum', weights: { price: '40', technical: '70' } },
    };
    const { method, findings } = reviewMethod(unsound);
    expect(method).not.toBeNull();
    expect(findings[0]).toMatchObject({ severity: 'error', code: 'combine.weights-not-100' });
  });

  it('tells at most fifty errors of form, and quotes no word whole that is very long', () => {
    const criteria = Array.from({ length: 30 }, () => ({}));
    const many = { ...lowPriceRatio, panel: { ...lowPriceRatio.panel, criteria } };
    expect(reviewMethod(many).findings).toHaveLength(50);
    expect(messageOf({ ...lowPriceRatio, ['x'.repeat(500)]: 1 }).en.length).toBeLessThan(200);
  });
});
