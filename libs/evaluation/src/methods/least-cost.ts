import type { MethodDocument } from '../method.js';

/**
 * Least-cost selection: whoever passes the technical threshold competes on price alone. World Bank Procurement Regulations
 * (LCS); the same as lowest price technically acceptable, FAR 15.101-2.
 */
export const leastCost: MethodDocument = {
  v: 1,
  id: 'least-cost',
  title: { zh: '最低费用选择（技术合格）', en: 'Least-cost selection' },
  source: 'World Bank, Procurement Regulations for IPF Borrowers (LCS); FAR 15.101-2',
  admit: {},
  panel: {
    criteria: [
      { id: 'experience', title: { zh: '相关经验', en: 'Experience' }, max: '10' },
      { id: 'methodology', title: { zh: '方法与计划', en: 'Methodology and work plan' }, max: '40' },
      { id: 'team', title: { zh: '关键人员', en: 'Key experts' }, max: '50' },
    ],
    on: 'criterion',
    aggregate: { rule: 'mean' },
    rounding: { digits: 2, mode: 'half-up' },
    threshold: '75',
  },
  score: { rule: 'none' },
  combine: { rule: 'evaluated-price' },
  rank: { keys: ['price', 'technical', 'draw'], ties: 'exact' },
  award: { price: { rule: 'offered' } },
};
