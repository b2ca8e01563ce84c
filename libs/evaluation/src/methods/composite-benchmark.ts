import type { MethodDocument } from '../method.js';

/**
 * 复合标底: benchmark C = A × K × Q + B × (1 − Q), A the ceiling price, B the mean of the admitted prices (from seven bids
 * without the highest and the lowest), K and Q drawn in public from published lists. As in provincial 房屋建筑和市政 评标办法.
 */
export const compositeBenchmark: MethodDocument = {
  v: 1,
  id: 'composite-benchmark',
  title: { zh: '综合评估法（复合基准价，抽取K、Q值）', en: 'Composite benchmark with drawn K and Q' },
  source: '房屋建筑和市政工程评标办法（各省市），复合基准价',
  admit: { ceiling: { price: '1000000', voidWhen: 'gt' }, fewerThan: { bids: 3, outcome: 'failed' } },
  bench: {
    of: {
      rule: 'composite',
      parts: [
        {
          of: { rule: 'ceiling' },
          factors: [
            { from: 'draw', name: 'K', among: ['0.95', '0.96', '0.97', '0.98'] },
            { from: 'draw', name: 'Q', among: ['0.65', '0.7', '0.75', '0.8', '0.85'] },
          ],
        },
        {
          of: {
            rule: 'trimmed-mean',
            table: [
              { from: 1, to: 6, dropLow: 0, dropHigh: 0 },
              { from: 7, to: null, dropLow: 1, dropHigh: 1 },
            ],
            otherwise: 'mean',
          },
          factors: [{ from: 'draw-rest', name: 'Q', among: ['0.65', '0.7', '0.75', '0.8', '0.85'] }],
        },
      ],
    },
    rounding: { digits: 2, mode: 'half-up' },
  },
  score: {
    rule: 'deviation',
    full: '100',
    base: '100',
    steps: { rule: 'interpolated' },
    above: [{ to: null, perPercent: '-0.9' }],
    below: [{ to: null, perPercent: '-0.6' }],
    rounding: { digits: 2, mode: 'half-up' },
  },
  combine: { rule: 'sum', of: ['price'], rounding: { digits: 2, mode: 'half-up' } },
  rank: { keys: ['total', 'price', 'draw'], ties: 'exact' },
  award: { price: { rule: 'offered' } },
};
