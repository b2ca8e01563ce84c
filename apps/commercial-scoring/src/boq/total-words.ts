import type { BoqTotal } from './boq-line.js';

const WORDS: readonly (readonly [BoqTotal['kind'], RegExp])[] = [
  ['grand-total', /^(?:总计|总合计|投标总价|清单总计|grandtotal|totalbidprice)$/],
  ['total', /^(?:合计|合价合计|清单合计|total|sum|sheettotal)$/],
  [
    'subtotal',
    /^(?:本页小计|分部小计|小计|本章小计|章小计|.{0,20}(?:小计|subtotal|sub-total)|subtotal.{0,40}|sub-total.{0,40})$/,
  ],
];

/** Which sum a row states by its words, if any: 小计, 合计, 总计, subtotal, total, grand total; colons aside. */
export function totalKind(text: string): BoqTotal['kind'] | undefined {
  // Codes and numbers of lines begin with a digit; no word for a sum does.
  if (text === '' || text.length > 64 || /^\d/.test(text)) return undefined;
  const word = text.toLowerCase().replace(/[\s:：（）()]+|元/g, '');
  return WORDS.find(([, pattern]) => pattern.test(word))?.[0];
}
