import type { Bilingual, VoidReason } from '../evaluation-types.js';

/** Why a bid is void, in words. */
export const VOID_WORDS: Readonly<Record<VoidReason, Bilingual>> = {
  'price-not-a-number': { zh: '报价不是有效数字', en: 'the price is not a number' },
  'price-not-positive': { zh: '报价不大于零', en: 'the price is not above zero' },
  'above-ceiling': { zh: '报价超过最高投标限价', en: 'the price is over the ceiling' },
  'below-floor': { zh: '报价低于最低限价', en: 'the price is under the floor' },
  'technical-missing': { zh: '无技术评分', en: 'there is no technical score' },
  'technical-below-minimum': { zh: '技术评分低于最低要求', en: 'the technical score is under the minimum' },
  'technical-below-threshold': {
    zh: '技术评分未达到合格线',
    en: 'the technical score is under the threshold',
  },
  'criterion-below-minimum': { zh: '单项评分低于最低要求', en: 'a criterion is under its minimum' },
  'figure-missing': { zh: '缺少评审所需数据', en: 'a figure that the method reads is missing' },
  'figure-invalid': { zh: '评审所需数据无效', en: 'a figure that the method reads is not valid' },
  'label-not-admitted': { zh: '未通过符合性审查', en: 'the bid is not of an admitted class' },
  'items-invalid': { zh: '工程量清单无法读取', en: 'the priced bill cannot be read' },
  'items-differ': { zh: '工程量清单与招标清单不一致', en: 'the priced bill is not the buyer’s' },
  'correction-over-limit': { zh: '算术修正超过限值', en: 'the correction is over its limit' },
  'evaluated-not-positive': { zh: '评审价不大于零', en: 'the evaluated price is not above zero' },
  'improvement-too-small': { zh: '降价幅度不足', en: 'the improvement is under the step' },
  'below-reserve-floor': { zh: '报价低于下限价', en: 'the price is under the floor of the reserve price' },
  'above-reserve': { zh: '报价高于标底价', en: 'the price is over the reserve price' },
  'outside-band': { zh: '报价偏离过大', en: 'the price is too far from the others' },
  rejected: { zh: '开标后被依法否决', en: 'it was rejected after the opening' },
};
