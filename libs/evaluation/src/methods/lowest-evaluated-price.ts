import type { MethodDocument } from '../method.js';

/**
 * 经评审的最低投标价法: arithmetic corrected (the unit price governs), omitted items added at the dearest of the others,
 * priced deviations added, 10 % deducted for small firms; the lowest evaluated price is first, the contract is at the lower
 * of offered and corrected price. 评标委员会和评标方法暂行规定 (七部委令第12号) art. 19, 23, 29–33; 财库〔2020〕46号 art. 9.
 */
export const lowestEvaluatedPrice: MethodDocument = {
  v: 1,
  id: 'lowest-evaluated-price',
  title: { zh: '经评审的最低投标价法', en: 'Lowest evaluated price' },
  source: '评标委员会和评标方法暂行规定（七部委令第12号）；政府采购促进中小企业发展管理办法',
  inputs: [
    {
      kind: 'number',
      id: 'commissioning',
      title: { zh: '调试报价（未报填0）', en: 'Price of commissioning, 0 where omitted' },
    },
    { kind: 'number', id: 'deviations', title: { zh: '偏差折价', en: 'Priced deviations' } },
    {
      kind: 'label',
      id: 'size',
      title: { zh: '企业规模', en: 'Size of the firm' },
      oneOf: ['small', 'other'],
      otherwise: 'other',
    },
  ],
  correct: {
    governs: 'unit-price',
    lineRounding: { digits: 2, mode: 'half-up' },
    rounding: { digits: 2, mode: 'half-up' },
  },
  admit: {
    ceiling: { price: '1000000', voidWhen: 'gt', on: 'corrected' },
    fewerThan: { bids: 3, outcome: 'failed' },
  },
  adjust: [
    { rule: 'omitted', items: [{ figure: 'commissioning' }], at: 'max' },
    { rule: 'figures', sign: 'add', figures: ['deviations'] },
    {
      rule: 'preference',
      who: { label: 'size', among: ['small'] },
      is: true,
      sign: 'deduct',
      percent: '10',
      of: 'own',
      when: { rule: 'always' },
      rounding: { digits: 2, mode: 'half-up' },
    },
  ],
  score: { rule: 'none' },
  combine: { rule: 'evaluated-price' },
  rank: { keys: ['price', 'offered', 'draw'], ties: 'exact' },
  award: { price: { rule: 'corrected', lower: true } },
};
