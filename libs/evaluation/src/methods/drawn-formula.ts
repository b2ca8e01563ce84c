import type { PlainScore } from '../method-score.js';
import type { MethodDocument } from '../method.js';

const CUT = { digits: 7, mode: 'down' } as const;

const offReference = (above: string): PlainScore => ({
  rule: 'deviation',
  full: '100',
  base: '100',
  steps: { rule: 'interpolated' },
  above: [{ to: null, perPercent: above }],
  below: [{ to: null, perPercent: '-1' }],
  rounding: CUT,
});

/**
 * Colombian drawn methods: the cents of the official exchange rate (TRM) of a day after the closing choose median, geometric
 * mean, low mean or lowest price. 100 at the reference, less 1 for each 1 % off it (2 above the geometric mean); seven digits
 * cut. Colombia Compra Eficiente, Documentos Tipo, obra pública.
 */
export const drawnFormula: MethodDocument = {
  v: 1,
  id: 'drawn-formula',
  title: { zh: '公开抽取算法', en: 'Formula chosen by a public draw' },
  source: 'Colombia Compra Eficiente, Documentos Tipo de obra pública, capítulo 4',
  admit: {},
  score: {
    rule: 'drawn',
    name: 'trm',
    take: 'cents',
    options: [
      { upTo: '24', bench: { of: { rule: 'median', even: 'mid' } }, score: offReference('-1') },
      { upTo: '49', bench: { of: { rule: 'geometric-mean' } }, score: offReference('-2') },
      {
        upTo: '74',
        bench: {
          of: {
            rule: 'blend',
            parts: [
              { weight: '50', of: { rule: 'min' } },
              { weight: '50', of: { rule: 'mean' } },
            ],
          },
        },
        score: offReference('-1'),
      },
      { upTo: '99', bench: { of: { rule: 'min' } }, score: { rule: 'ratio', full: '100', rounding: CUT } },
    ],
  },
  combine: { rule: 'sum', of: ['price'] },
  rank: { keys: ['total', 'receivedAt', 'draw'], ties: 'exact' },
  award: { price: { rule: 'offered' } },
};
