import type { MethodDocument } from '../method.js';

/**
 * 除算方式: evaluation value = (standard points 100 + added points) ÷ price × 10^8; the highest is first, a price above the
 * ceiling is void. 公共工事における総合評価方式, 国土交通省.
 */
export const qualityOverPrice: MethodDocument = {
  v: 1,
  id: 'quality-over-price',
  title: { zh: '除算方式', en: 'Quality divided by price' },
  source: '公共工事における総合評価方式活用ガイドライン（国土交通省）除算方式',
  admit: { ceiling: { price: '100000000', voidWhen: 'gt' } },
  score: { rule: 'none' },
  panel: {
    criteria: [
      { id: 'plan', title: { zh: '施工计划', en: 'Construction plan' }, max: '20' },
      { id: 'record', title: { zh: '业绩', en: 'Record' }, max: '10' },
    ],
    on: 'totals',
    aggregate: { rule: 'mean' },
  },
  combine: { rule: 'ratio', base: '100', scale: '100000000', rounding: { digits: 4, mode: 'down' } },
  rank: { keys: ['total', 'price', 'draw'], ties: 'exact' },
  award: { price: { rule: 'offered' } },
};
