import type { MethodDocument } from '../method.js';

/**
 * Set-off: where the lowest bidder is no small business, 5 % of the lowest price, at most 50,000, is deducted from the bids
 * of small businesses for ranking only. California Government Code § 14838 and 2 CCR § 1896.8; ties go to the small business.
 */
export const smallBusinessSetOff: MethodDocument = {
  v: 1,
  id: 'small-business-set-off',
  title: { zh: '小企业报价扣除', en: 'Small-business preference' },
  source: 'California Government Code § 14838',
  inputs: [
    {
      kind: 'label',
      id: 'size',
      title: { zh: '企业规模', en: 'Size of the firm' },
      oneOf: ['small', 'other'],
      otherwise: 'other',
    },
  ],
  admit: {},
  adjust: [
    {
      rule: 'preference',
      who: { label: 'size', among: ['small'] },
      is: true,
      sign: 'deduct',
      percent: '5',
      of: 'lowest',
      cap: '50000',
      when: { rule: 'lowest-is', who: { label: 'size', among: ['small'] }, is: false },
    },
  ],
  score: { rule: 'none' },
  combine: { rule: 'evaluated-price' },
  rank: { keys: ['price', { label: 'size', first: ['small'] }, 'draw'], ties: 'exact' },
  award: { price: { rule: 'offered' } },
};
