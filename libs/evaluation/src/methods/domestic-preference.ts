import type { AdjustStep } from '../method-adjust.js';
import type { MethodDocument } from '../method.js';

/** The step for one size of the lowest domestic offer. */
const addition = (percent: string, isSmall: boolean): AdjustStep => ({
  rule: 'preference',
  who: { label: 'origin', among: ['foreign'] },
  is: true,
  sign: 'add',
  percent,
  of: 'own',
  when: {
    rule: 'lowest-in',
    class: { label: 'origin', among: ['domestic-small', 'domestic-large'] },
    who: { label: 'origin', among: ['domestic-small'] },
    is: isSmall,
  },
  rounding: { digits: 2, mode: 'half-up' },
});

/**
 * Buy American: for ranking, 30 % is added to foreign offers when the lowest domestic offer is of a small business, 20 % when
 * it is of a large one, nothing without a domestic offer; the contract is at the offered price. FAR 25.106 (b).
 */
export const domesticPreference: MethodDocument = {
  v: 1,
  id: 'domestic-preference',
  title: { zh: '国产品评审优惠', en: 'Domestic preference' },
  source: 'FAR 25.106 (b)',
  inputs: [
    {
      kind: 'label',
      id: 'origin',
      title: { zh: '产地与规模', en: 'Origin and size' },
      oneOf: ['domestic-small', 'domestic-large', 'foreign'],
    },
  ],
  admit: {},
  adjust: [addition('20', false), addition('30', true)],
  score: { rule: 'none' },
  combine: { rule: 'evaluated-price' },
  rank: { keys: ['price', 'offered', 'draw'], ties: 'exact' },
  award: { price: { rule: 'offered' } },
};
