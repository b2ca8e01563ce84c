import { divideRounded } from '#kernel';
import type { BidderLine, BuyerLine } from '../workbooks/write-boq.js';

const WORKS = [
  ['土方开挖', 'Excavation', 'm³'],
  ['级配碎石垫层', 'Graded gravel base', 'm³'],
  ['C25 混凝土基层', 'Concrete base C25', 'm³'],
  ['花岗岩铺装 50 mm', 'Granite paving 50 mm', 'm²'],
  ['路缘石安砌', 'Kerb', 'm'],
  ['雨水管 DN300', 'Storm drain DN300', 'm'],
  ['检查井', 'Manhole', '座'],
  ['乔木栽植', 'Tree planting', '株'],
  ['灌木栽植', 'Shrub planting', 'm²'],
  ['庭院灯', 'Garden lamp', '套'],
] as const;

const SECTIONS = 22;

/** 220 lines of a bill of quantities: ten kinds of work in each of 22 sections of the greenway. */
export const BOQ_LINES: readonly BuyerLine[] = Array.from({ length: SECTIONS * WORKS.length }, (_, at) => {
  const section = Math.floor(at / WORKS.length) + 1;
  const [zh, en, unit] = WORKS[at % WORKS.length]!;
  return {
    code: `0402${String(section).padStart(2, '0')}${String((at % WORKS.length) + 1).padStart(3, '0')}`,
    name: `${zh} ${en} (K${section})`,
    unit,
    quantity: `${20 + ((at * 37) % 180)}.${(at * 7) % 10}5`,
  };
});

/** Hundredths of a quantity. */
const hundredths = ({ quantity }: BuyerLine): bigint => BigInt(quantity.replace('.', ''));

const minorToText = (minor: bigint): string => `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`;

/**
 * Prices every line so that the rounded amounts sum to the total to the last 分: a flat price for all lines but the
 * last, whose quantity is one lump sum that takes up what rounding left over.
 */
export function priceLines(totalYuan: string): BidderLine[] {
  const total = BigInt(totalYuan) * 100n;
  const lines = BOQ_LINES.slice(0, -1);
  const weight = lines.reduce((sum, line) => sum + hundredths(line), 0n);
  const priced = lines.map((line, at) => {
    const flat = (total * 95n) / weight;
    const unitMinor = flat - (flat % 10n) + BigInt(at % 7);
    return { line, unitMinor, amount: divideRounded(unitMinor * hundredths(line), 100n, 'half-up') };
  });
  const rest = total - priced.reduce((sum, { amount }) => sum + amount, 0n);
  return [
    ...priced.map(({ line, unitMinor }) => ({ ...line, unitPrice: minorToText(unitMinor) })),
    { ...LUMP_SUM, unitPrice: minorToText(rest) },
  ];
}

/** The last line: quantity one, so its price is its amount. */
const LUMP_SUM: BuyerLine = {
  code: '041109001',
  name: '措施项目费 Site measures (lump sum)',
  unit: '项',
  quantity: '1',
};

/** The bill as the buyer publishes it. */
export const BUYER_LINES: readonly BuyerLine[] = [...BOQ_LINES.slice(0, -1), LUMP_SUM];
