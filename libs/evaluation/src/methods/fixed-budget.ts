import type { MethodDocument } from '../method.js';

/**
 * Fixed-budget selection: a price above the published budget is void, equal to it is valid; the best technical score of the
 * others is first. World Bank Procurement Regulations (FBS).
 */
export const fixedBudget: MethodDocument = {
  v: 1,
  id: 'fixed-budget',
  title: { zh: '固定预算选择', en: 'Fixed-budget selection' },
  source: 'World Bank, Procurement Regulations for IPF Borrowers (FBS)',
  admit: { ceiling: { price: '1000000', voidWhen: 'gt' } },
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
  combine: { rule: 'sum', of: ['technical'] },
  rank: { keys: ['total', 'price', 'draw'], ties: 'exact' },
  award: { price: { rule: 'offered' } },
};
