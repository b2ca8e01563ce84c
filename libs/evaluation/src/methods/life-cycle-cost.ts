import type { MethodDocument } from '../method.js';

/**
 * Price + yearly cost over 20 years + disposal at their end, discounted at a published rate (0 here); the lowest is first.
 * Directive 2014/24/EU art. 68.
 */
export const lifeCycleCost: MethodDocument = {
  v: 1,
  id: 'life-cycle-cost',
  title: { zh: '全寿命周期成本法', en: 'Life-cycle cost' },
  source: 'Directive 2014/24/EU art. 68',
  inputs: [
    { kind: 'number', id: 'operation', title: { zh: '年运行费', en: 'Operation a year' } },
    { kind: 'number', id: 'disposal', title: { zh: '处置费', en: 'Disposal' } },
  ],
  admit: {},
  adjust: [
    {
      rule: 'life-cycle',
      costs: [
        { kind: 'yearly', figure: 'operation', years: 20 },
        { kind: 'once', figure: 'disposal', at: 20 },
      ],
      ratePercent: '0',
      rounding: { digits: 2, mode: 'half-up' },
    },
  ],
  score: { rule: 'none' },
  combine: { rule: 'evaluated-price' },
  rank: { keys: ['price', 'offered', 'draw'], ties: 'exact' },
  award: { price: { rule: 'offered' } },
};
