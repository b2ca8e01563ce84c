import type { MethodDocument } from '../method.js';

/**
 * 低价优先法: 投标报价得分 = (评标基准价 ÷ 投标报价) × 100, with the lowest admitted price as the benchmark.
 * 政府采购货物和服务招标投标管理办法 (财政部令第87号, 2017) art. 55. The total is the weighted sum of price and
 * technical scores of 100 each. Art. 57: equal totals rank by price, equal in both they share the rank (并列).
 */
export const lowPriceRatio: MethodDocument = {
  v: 1,
  id: 'low-price-ratio',
  title: { zh: '综合评分法（低价优先法计算价格分）', en: 'Weighted scores, price by ratio to the lowest' },
  source: '政府采购货物和服务招标投标管理办法（财政部令第87号）第五十五条、第五十七条',
  admit: { fewerThan: { bids: 3, outcome: 'failed' } },
  bench: { of: { rule: 'min' } },
  score: { rule: 'ratio', full: '100', rounding: { digits: 2, mode: 'half-up' } },
  panel: {
    criteria: [
      { id: 'solution', title: { zh: '技术方案', en: 'Technical solution' }, max: '50' },
      { id: 'performance', title: { zh: '类似业绩', en: 'Past performance' }, max: '20' },
      { id: 'service', title: { zh: '售后服务', en: 'Service and support' }, max: '30' },
    ],
    on: 'totals',
    aggregate: { rule: 'mean' },
    rounding: { digits: 2, mode: 'half-up' },
  },
  combine: {
    rule: 'weighted-sum',
    weights: { price: '30', technical: '70' },
    rounding: { digits: 2, mode: 'half-up' },
  },
  rank: { keys: ['total', 'price'], ties: 'exact' },
};
