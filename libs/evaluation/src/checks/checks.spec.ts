import { describe, expect, it } from '@jest/globals';
import {
  checkMethod,
  domesticPreference,
  drawnFormula,
  energyServiceNpv,
  evaluate,
  leastCost,
  linear,
  nonPriceFeatures,
  parseMethod,
  qualityOverPrice,
  reservePriceFloor,
  type Method,
} from '../index.js';

const found = (method: Method): string[] =>
  checkMethod(parseMethod(method)).map(({ severity, code, path }) => `${severity} ${code} ${path}`);
const title = { zh: '项', en: 'Item' };
const number = (id: string, more: object = {}) => ({ kind: 'number' as const, id, title, ...more });
const [features] = nonPriceFeatures.adjust!;

describe('publication checks', () => {
  it.each<[string, Method]>([
    [
      'error inputs.undeclared adjust.0.features',
      { ...nonPriceFeatures, inputs: [number('warranty', { max: '0.1' })] },
    ],
    ['error inputs.undeclared adjust.0.who', { ...domesticPreference, inputs: [number('origin')] }],
    [
      'error inputs.undeclared rank.keys.0',
      { ...linear, rank: { keys: [{ figure: 'x', order: 'lowest' }], ties: 'exact' } },
    ],
    ['error inputs.twice inputs', { ...linear, inputs: [number('x'), number('x')] }],
    ['warning inputs.unused inputs.0', { ...linear, inputs: [number('x')] }],
    ['error inputs.limits-crossed inputs.0', { ...linear, inputs: [number('x', { min: '2', max: '1' })] }],
    [
      'error inputs.otherwise-unlisted inputs.0',
      { ...linear, inputs: [{ kind: 'label', id: 'x', title, oneOf: ['a'], otherwise: 'b' }] },
    ],
    [
      'error adjust.features-over-one adjust.0',
      {
        ...nonPriceFeatures,
        adjust: [
          {
            rule: 'features',
            features: [
              { figure: 'warranty', max: '0.5' },
              { figure: 'delivery', max: '0.5' },
            ],
          },
        ],
      },
    ],
    [
      'error adjust.feature-over-max adjust.0',
      {
        ...nonPriceFeatures,
        inputs: [number('warranty', { max: '0.2' }), number('delivery', { oneOf: ['0'] })],
      },
    ],
    ['error adjust.price-unread admit.price', { ...energyServiceNpv, admit: {} }],
    ['error adjust.price-unread admit.price', { ...linear, admit: { price: 'unread' } }],
    [
      'error adjust.price-replaced adjust.1',
      { ...energyServiceNpv, admit: {}, adjust: [features!, energyServiceNpv.adjust![0]!] },
    ],
    [
      'error adjust.rate-missing adjust.0.rates',
      {
        ...linear,
        inputs: [{ kind: 'label', id: 'currency', title, oneOf: ['CNY', 'USD'] }],
        adjust: [{ rule: 'currency', label: 'currency', rates: { CNY: '1' }, date: '2026-01-05' }],
      },
    ],
    [
      'error adjust.divisor-zero adjust.0',
      {
        ...linear,
        inputs: [number('k')],
        adjust: [{ rule: 'coefficient', figure: 'k', operation: 'divide' }],
      },
    ],
    [
      'error adjust.estimate-missing adjust.0.items',
      {
        ...linear,
        inputs: [number('k')],
        adjust: [{ rule: 'omitted', items: [{ figure: 'k' }], at: 'estimate' }],
      },
    ],
    [
      'error rank.direction rank.keys.0',
      { ...qualityOverPrice, combine: { rule: 'price-per-quality', base: '1', scale: '1' } },
    ],
    ['warning rank.direction rank.keys.0', { ...leastCost, rank: { keys: ['total'], ties: 'exact' } }],
    [
      'error rank.distance-without-bench rank.keys',
      { ...leastCost, rank: { keys: ['distance'], ties: 'exact' } },
    ],
    ['error combine.price-missing combine', { ...linear, score: { rule: 'none' } }],
    [
      'error panel.criterion-unused panel.criteria',
      {
        ...leastCost,
        panel: { ...leastCost.panel!, on: 'totals', criteria: [{ id: 'a', title, max: '100', min: '1' }] },
      },
    ],
    [
      'error admit.reserve-draws admit.reserve.draws',
      {
        ...reservePriceFloor,
        admit: { reserve: { ...reservePriceFloor.admit.reserve!, prices: ['1', '2'] } },
      },
    ],
    [
      'error admit.band-open admit.band',
      { ...linear, admit: { band: { around: { rule: 'mean' }, limitIncluded: false } } },
    ],
    [
      'warning admit.ceiling-on admit.ceiling',
      { ...linear, correct: { governs: 'unit-price' }, admit: { ceiling: { price: '1', voidWhen: 'gt' } } },
    ],
    [
      'error ceiling.missing score',
      { ...linear, score: { rule: 'anchored', full: '1', fullAt: { at: 'min' }, lowAt: { at: 'ceiling' } } },
    ],
    [
      'error ceiling.missing award.guarantees',
      {
        ...linear,
        award: { price: { rule: 'offered' }, guarantees: [{ id: 'g', percent: '5', of: 'ceiling' }] },
      },
    ],
    [
      'error award.increments-end award.price.increments',
      { ...linear, award: { price: { rule: 'second-plus-step', increments: [{ below: '1', step: '1' }] } } },
    ],
    ['warning award.nothing-corrected award.price', { ...linear, award: { price: { rule: 'corrected' } } }],
    [
      'error flags.panel-missing flags.0',
      {
        ...linear,
        flags: [
          {
            id: 'w',
            title,
            measure: { rule: 'expert-agreement' },
            is: 'ge',
            limit: { rule: 'declared', value: '1' },
          },
        ],
      },
    ],
    ['error score.drawn-with-bench bench', { ...drawnFormula, bench: { of: { rule: 'min' } } }],
    ...drawnOptions(),
  ])('report %s', (expected, method) => {
    expect(found(method)).toContain(expected);
  });

  it('keep a step that might divide by zero from ever running', () => {
    const method: Method = {
      ...linear,
      inputs: [number('k')],
      adjust: [{ rule: 'coefficient', figure: 'k', operation: 'divide' }],
    };
    expect(() => evaluate({ method, bids: [{ id: 'A', price: '1', figures: { k: '0' } }] })).toThrow(
      /divisor-zero/,
    );
  });
});

function drawnOptions(): [string, Method][] {
  const { score } = drawnFormula;
  if (score.rule !== 'drawn') return [];
  const [first, second, third] = score.options;
  const withOptions = (...options: typeof score.options): Method => ({
    ...drawnFormula,
    score: { ...score, options },
  });
  return [
    ['error score.options-unordered score.options.1', withOptions(second!, first!)],
    ['error score.options-short score.options', withOptions(first!, second!)],
    ['error bench.missing score.options.1.bench', withOptions(first!, { upTo: '99', score: third!.score })],
  ];
}
