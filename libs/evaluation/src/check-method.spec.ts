import { describe, expect, it } from '@jest/globals';
import {
  checkMethod,
  evaluate,
  linear,
  lowPriceRatio,
  METHODS,
  parseMethod,
  withCeiling,
  type Method,
} from './index.js';

const found = (method: Method): string[] =>
  checkMethod(parseMethod(method)).map(({ severity, code, path }) => `${severity} ${code} ${path}`);

const deviation = (change: object): Method => ({
  ...lowPriceRatio,
  score: {
    rule: 'deviation',
    full: '100',
    base: '100',
    steps: { rule: 'interpolated' },
    above: [{ to: null, perPercent: '-1' }],
    below: [{ to: null, perPercent: '0' }],
    ...change,
  },
});

describe('parseMethod', () => {
  it.each(METHODS)('reads the ready document $id without changing it', (method) => {
    expect(parseMethod(JSON.parse(JSON.stringify(method)))).toEqual(method);
  });

  it('refuses unknown keys, numbers for decimals and a missing stage, naming the paths', () => {
    const broken = { ...linear, colour: 1, score: { rule: 'linear', full: 100 }, rank: undefined };
    expect(() => parseMethod(broken)).toThrow(
      expect.objectContaining({
        code: 'method.invalid',
        details: { issues: expect.arrayContaining([expect.objectContaining({ path: 'score.full' })]) },
      }),
    );
    expect(() => parseMethod({ ...linear, v: 2 })).toThrow(/wrong at: v/);
    expect(() => parseMethod(null)).toThrow(/\(document\)/);
  });
});

describe('checkMethod', () => {
  it('finds no error in the ready documents, and warns where the dearer bid may score more', () => {
    const findings = METHODS.flatMap((method) => found(method).map((finding) => `${method.id}: ${finding}`));
    expect(findings).toEqual([
      'comprehensive-trimmed-mean: warning score.not-monotone score.below.1',
      'composite-benchmark: warning score.not-monotone score.below.0',
      'drawn-formula: warning score.not-monotone score.options.0.score.below.0',
      'drawn-formula: warning score.not-monotone score.options.1.score.below.0',
      'drawn-formula: warning score.not-monotone score.options.2.score.below.0',
      'reasonable-low-price: warning score.not-monotone score.below.0',
    ]);
  });

  it.each<[string, Method]>([
    [
      'error combine.weights-not-100 combine.weights',
      { ...lowPriceRatio, combine: { rule: 'weighted-sum', weights: { price: '30', technical: '69.9' } } },
    ],
    [
      'error score.floor-over-cap score.floor',
      { ...linear, score: { rule: 'linear', full: '100', floor: '101' } },
    ],
    ['error bench.missing bench', { ...linear, score: { rule: 'ratio', full: '100' } }],
    ['error ceiling.missing bench.of', { ...lowPriceRatio, bench: { of: { rule: 'ceiling' } } }],
    [
      'error trim.leaves-none bench.of.table.0',
      {
        ...lowPriceRatio,
        bench: {
          of: {
            rule: 'trimmed-mean',
            otherwise: 'mean',
            table: [{ from: 2, to: null, dropLow: 1, dropHigh: 1 }],
          },
        },
      },
    ],
    [
      'error trim.range-overlaps bench.of.table.1',
      {
        ...lowPriceRatio,
        bench: {
          of: {
            rule: 'trimmed-mean',
            otherwise: 'mean',
            table: [
              { from: 1, to: 3, dropLow: 0, dropHigh: 0 },
              { from: 3, to: null, dropLow: 1, dropHigh: 0 },
            ],
          },
        },
      },
    ],
    [
      'error bench.weights-not-100 bench.of.parts',
      {
        ...lowPriceRatio,
        bench: {
          of: {
            rule: 'blend',
            parts: [
              { weight: '50', of: { rule: 'min' } },
              { weight: '40', of: { rule: 'max' } },
            ],
          },
        },
      },
    ],
    [
      'warning score.discontinuous score.above.1',
      deviation({
        above: [
          { to: '5', perPercent: '-1' },
          { to: null, set: '0' },
        ],
      }),
    ],
    ['warning score.not-monotone score.above.0', deviation({ above: [{ to: null, perPercent: '1' }] })],
    ['error score.segments-unordered score.above.0', deviation({ above: [{ to: '5', perPercent: '-1' }] })],
    ['error rank.rounding-mismatch rank.rounding', { ...linear, rank: { keys: ['total'], ties: 'rounded' } }],
    [
      'error panel.threshold-unreachable panel.threshold',
      { ...lowPriceRatio, panel: { ...lowPriceRatio.panel!, threshold: '101' } },
    ],
    [
      'error admit.limits-crossed admit',
      {
        ...linear,
        admit: { ceiling: { price: '5', voidWhen: 'gt' }, floor: { price: '6', voidWhen: 'lt' } },
      },
    ],
  ])('reports %s', (expected, method) => {
    expect(found(method)).toContain(expected);
  });

  it('keeps a method with an error from being evaluated', () => {
    const method: Method = { ...linear, rank: { keys: ['total', 'total'], ties: 'exact' } };
    expect(() => evaluate({ method, bids: [] })).toThrow(expect.objectContaining({ code: 'method.invalid' }));
  });

  it('accepts a ceiling used by the benchmark once it is filled in', () => {
    const method = withCeiling({ ...lowPriceRatio, bench: { of: { rule: 'ceiling' } } }, '100.00');
    expect(found(method)).toEqual([]);
  });
});
