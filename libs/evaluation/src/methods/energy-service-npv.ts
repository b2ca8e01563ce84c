import type { MethodDocument } from '../method.js';

/**
 * Energy-service contract: the highest net present value of what the buyer keeps is first. 21 periods of savings, a share of
 * them paid to the contractor for the years and days of the contract. ProZorro ESCO, `esculator`.
 */
export const energyServiceNpv: MethodDocument = {
  v: 1,
  id: 'energy-service-npv',
  title: { zh: '能源服务合同净现值法', en: 'Energy service by net present value' },
  source: 'ProzorroUKR/esculator; ProZorro ESCO procedure',
  inputs: [
    { kind: 'series', id: 'savings', title: { zh: '各期节约额', en: 'Savings by period' }, length: 21 },
    { kind: 'number', id: 'share', title: { zh: '支付比例', en: 'Share paid' }, max: '1' },
    { kind: 'number', id: 'years', title: { zh: '合同年数', en: 'Years' }, max: '15', integer: true },
    { kind: 'number', id: 'days', title: { zh: '合同天数', en: 'Days' }, max: '364', integer: true },
  ],
  admit: { price: 'unread' },
  adjust: [
    {
      rule: 'esco-npv',
      announcedOn: '2027-01-01',
      rate: '0.22986',
      daysPerYear: 365,
      savings: 'savings',
      share: 'share',
      years: 'years',
      days: 'days',
      rounding: { digits: 2, mode: 'half-up' },
    },
  ],
  score: { rule: 'none' },
  combine: { rule: 'evaluated-price' },
  rank: { keys: ['highest-price', 'draw'], ties: 'exact' },
};
