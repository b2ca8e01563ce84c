import type { MethodDocument } from '../method.js';

/** Price only, linear between the lowest admitted price (100) and the highest (0). Equal prices all score 100. */
export const linear: MethodDocument = {
  v: 1,
  id: 'linear',
  title: { zh: '价格线性插值法', en: 'Price by linear interpolation' },
  admit: {},
  score: { rule: 'linear', full: '100', rounding: { digits: 2, mode: 'half-up' } },
  combine: { rule: 'sum', of: ['price'] },
  rank: { keys: ['total', 'price', 'receivedAt', 'draw'], ties: 'exact' },
};
