import type { MethodDocument } from '../method.js';

/**
 * Quality- and cost-based selection: technical score of 100, under 75 is void and its price stays sealed; Sf = 100 × Fm ÷ F
 * against the lowest price; total = 80 % technical + 20 % financial. World Bank Procurement Regulations, Annex XII; SRFP.
 */
export const qcbs: MethodDocument = {
  v: 1,
  id: 'qcbs',
  title: { zh: '基于质量和费用的选择（QCBS）', en: 'Quality- and cost-based selection' },
  source:
    'World Bank, Procurement Regulations for IPF Borrowers; Standard Request for Proposals, Consulting Services',
  admit: {},
  bench: { of: { rule: 'min' } },
  score: { rule: 'ratio', full: '100' },
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
  combine: {
    rule: 'weighted-sum',
    weights: { price: '20', technical: '80' },
    rounding: { digits: 2, mode: 'half-up' },
  },
  rank: { keys: ['total', 'technical', 'price'], ties: 'exact' },
};
