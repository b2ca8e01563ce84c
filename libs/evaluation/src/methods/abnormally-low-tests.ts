import type { MethodDocument } from '../method.js';

/**
 * The lowest price is first, with advice on abnormally low ones: 40 % or more under the mean of the others, 30 % or more
 * under the next (ProZorro), under the median less one σ from five bids (Colombia), more than 10 % under a mean without prices
 * 10 % above it (RGLCAP art. 85.4). A flag asks for an explanation; it voids nothing (Directive 2014/24/EU art. 69).
 */
export const abnormallyLowTests: MethodDocument = {
  v: 1,
  id: 'abnormally-low-tests',
  title: { zh: '最低价法与异常低价提示', en: 'Lowest price with abnormally-low tests' },
  source: 'Directive 2014/24/EU art. 69; ProZorro; Colombia Compra Eficiente; RGLCAP art. 85',
  admit: {},
  score: { rule: 'none' },
  combine: { rule: 'evaluated-price' },
  rank: { keys: ['price', 'receivedAt', 'draw'], ties: 'exact' },
  award: { price: { rule: 'offered' } },
  flags: [
    {
      id: 'mean-40',
      title: { zh: '低于其他报价均值 40% 以上', en: '40 % or more under the mean of the others' },
      measure: { rule: 'below-mean-of-others', of: 'offered' },
      is: 'ge',
      limit: { rule: 'declared', value: '40' },
      bids: { from: 2, to: null },
    },
    {
      id: 'next-30',
      title: { zh: '低于次低报价 30% 以上', en: '30 % or more under the next price' },
      measure: { rule: 'below-next', of: 'offered' },
      is: 'ge',
      limit: { rule: 'declared', value: '30' },
      bids: { from: 2, to: null },
    },
    {
      id: 'median-sigma',
      title: { zh: '低于中位数减一个标准差', en: 'under the median less one sigma' },
      measure: { rule: 'value', of: 'offered' },
      is: 'lt',
      limit: { rule: 'sigma', centre: 'median', sigma: 'population', times: '-1' },
      bids: { from: 5, to: null },
    },
    {
      id: 'mean-10',
      title: { zh: '低于修正均值 10% 以上', en: 'more than 10 % under the adjusted mean' },
      measure: { rule: 'value', of: 'offered' },
      is: 'lt',
      limit: { rule: 'percent-of-mean', percent: '90', dropAbovePercent: '10' },
      bids: { from: 4, to: null },
    },
  ],
};
