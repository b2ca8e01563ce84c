import type { MethodDocument } from '../method.js';

/**
 * 合理低价法 for roads: benchmark = mean of the evaluated prices (from five bids without the highest and the lowest) ×
 * (1 − 下浮系数), the reduction drawn in public from a published list before the opening. 100 at the benchmark, less 2 for each 1 %
 * above, less 1 for each 1 % below. 公路工程标准施工招标文件（2018年版）第三章.
 */
export const reasonableLowPrice: MethodDocument = {
  v: 1,
  id: 'reasonable-low-price',
  title: { zh: '合理低价法', en: 'Reasonable low price' },
  source: '公路工程标准施工招标文件（2018年版）第三章 评标办法（合理低价法）',
  admit: { ceiling: { price: '1000000', voidWhen: 'gt' }, fewerThan: { bids: 3, outcome: 'failed' } },
  bench: {
    of: {
      rule: 'trimmed-mean',
      table: [
        { from: 1, to: 4, dropLow: 0, dropHigh: 0 },
        { from: 5, to: null, dropLow: 1, dropHigh: 1 },
      ],
      otherwise: 'mean',
    },
    factors: [{ from: 'draw-rest', name: 'reduction', among: ['0', '0.01', '0.02', '0.03'] }],
    rounding: { digits: 0, mode: 'half-up' },
  },
  score: {
    rule: 'deviation',
    full: '100',
    base: '100',
    percentRounding: { digits: 2, mode: 'half-up' },
    steps: { rule: 'interpolated' },
    above: [{ to: null, perPercent: '-2' }],
    below: [{ to: null, perPercent: '-1' }],
    rounding: { digits: 2, mode: 'half-up' },
  },
  combine: { rule: 'sum', of: ['price'], rounding: { digits: 2, mode: 'half-up' } },
  rank: { keys: ['total', 'price', 'draw'], ties: 'exact' },
  award: { price: { rule: 'offered' } },
};
