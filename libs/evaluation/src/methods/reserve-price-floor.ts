import type { MethodDocument } from '../method.js';

/**
 * 적격심사: fifteen preliminary prices are published, four are drawn, their mean is the reserve price 예정가격; a bid under
 * 87.745 % of it (rounded up to the won) or above it is void, the lowest of the others is first. 국가계약법 시행령 art. 9, 42.
 */
export const reservePriceFloor: MethodDocument = {
  v: 1,
  id: 'reserve-price-floor',
  title: { zh: '预定价格下限法', en: 'Floor under a drawn reserve price' },
  source: '국가를 당사자로 하는 계약에 관한 법률 시행령 제9조, 제42조',
  admit: {
    reserve: {
      prices: [
        '97500000',
        '98000000',
        '98300000',
        '98700000',
        '99000000',
        '99200000',
        '99600000',
        '100000000',
        '100400000',
        '100800000',
        '101000000',
        '101300000',
        '101700000',
        '102000000',
        '102500000',
      ],
      draws: ['first', 'second', 'third', 'fourth'],
      rounding: { digits: 0, mode: 'half-up' },
      floorPercent: '87.745',
      floorRounding: { digits: 0, mode: 'ceil' },
      voidWhen: 'lt',
      aboveVoidWhen: 'gt',
    },
  },
  score: { rule: 'none' },
  combine: { rule: 'evaluated-price' },
  rank: { keys: ['price', 'draw'], ties: 'exact' },
  award: { price: { rule: 'offered' } },
};
