import type { MethodDocument } from '../method.js';

/**
 * ProZorro: price ÷ (1 + Σ features ÷ (1 − Σ maxima)), two places; the lowest is first. Features are shares of 1, the buyer
 * publishes their values. Постанова КМУ; openprocurement `barbecue`.
 */
export const nonPriceFeatures: MethodDocument = {
  v: 1,
  id: 'non-price-features',
  title: { zh: '非价格因素系数法', en: 'Price reduced by non-price features' },
  source: 'ProZorro, openprocurement/barbecue',
  inputs: [
    {
      kind: 'number',
      id: 'warranty',
      title: { zh: '质保期', en: 'Warranty' },
      oneOf: ['0', '0.1', '0.15'],
    },
    {
      kind: 'number',
      id: 'delivery',
      title: { zh: '交货期', en: 'Delivery' },
      oneOf: ['0', '0.05', '0.1', '0.15'],
    },
  ],
  admit: {},
  adjust: [
    {
      rule: 'features',
      features: [
        { figure: 'warranty', max: '0.15' },
        { figure: 'delivery', max: '0.15' },
      ],
      rounding: { digits: 2, mode: 'half-up' },
    },
  ],
  score: { rule: 'none' },
  combine: { rule: 'evaluated-price' },
  rank: { keys: ['price', 'offered', 'receivedAt', 'draw'], ties: 'exact' },
  award: { price: { rule: 'offered' } },
};
