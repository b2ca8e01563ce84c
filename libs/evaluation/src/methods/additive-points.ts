import type { MethodDocument } from '../method.js';

/**
 * 加算方式: total = price points + technical points; price points = 100 × (1 − price ÷ ceiling), a price above the ceiling is
 * void. 公共工事における総合評価方式, 国土交通省.
 */
export const additivePoints: MethodDocument = {
  v: 1,
  id: 'additive-points',
  title: { zh: '加算方式', en: 'Added points' },
  source: '公共工事における総合評価方式活用ガイドライン（国土交通省）加算方式',
  admit: { ceiling: { price: '1000000', voidWhen: 'gt' } },
  score: {
    rule: 'anchored',
    full: '100',
    fullAt: { at: 'declared', value: '0' },
    lowAt: { at: 'ceiling' },
    rounding: { digits: 4, mode: 'half-up' },
  },
  panel: {
    criteria: [
      { id: 'plan', title: { zh: '施工计划', en: 'Construction plan' }, max: '20' },
      { id: 'record', title: { zh: '业绩', en: 'Record' }, max: '10' },
    ],
    on: 'totals',
    aggregate: { rule: 'mean' },
  },
  combine: { rule: 'sum', of: ['price', 'technical'], rounding: { digits: 4, mode: 'half-up' } },
  rank: { keys: ['total', 'price', 'draw'], ties: 'exact' },
  award: { price: { rule: 'offered' } },
};
