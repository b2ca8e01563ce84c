import { Rational } from '#kernel';
import type { Boq, BoqLine } from '../boq/boq-line.js';
import type { Prices } from '../boq/price-bytes.js';
import { decimalCell, textCell } from './report-cell.js';
import type { ReportLanguage } from './report-words.js';
import { COMPARISON_WORDS } from './report-words.js';
import type { ReportCell, ReportSheet } from './workbook-stream.js';

export interface ComparedBill {
  readonly alias: string;
  readonly rank: number | null;
  /** As offered; what is no amount stays text. */
  readonly price: string;
  readonly prices: Prices | null;
  readonly errors: number;
  readonly flags: number;
}

const CENTS = { digits: 2, mode: 'half-up' } as const;
const MEAN = { digits: 4, mode: 'half-up' } as const;
const HUNDRED = Rational.of(100n);

const percentOff = (price: Rational, base: Rational | null): string | null =>
  base === null || base.sign() <= 0 ? null : price.div(base).sub(Rational.ONE).mul(HUNDRED).toFixed(CENTS);

function lineCells(line: BoqLine, index: number, bills: readonly ComparedBill[]): ReportCell[] {
  const prices = bills.map(({ prices: of }) => {
    const text = of?.[index] ?? null;
    return text === null ? null : Rational.from(text);
  });
  const given = prices.filter((price) => price !== null);
  const mean =
    given.length === 0
      ? null
      : given.reduce((sum, price) => sum.add(price), Rational.ZERO).div(Rational.of(BigInt(given.length)));
  const estimate = line.unitPrice === null ? null : Rational.from(line.unitPrice);
  return [
    textCell(line.code),
    textCell(line.name),
    textCell(line.unit),
    decimalCell(line.quantity),
    decimalCell(line.unitPrice),
    decimalCell(mean?.toFixed(MEAN) ?? null),
    ...prices.flatMap((price, at) => [
      decimalCell(bills[at]!.prices?.[index] ?? null),
      price && decimalCell(percentOff(price, estimate)),
      price && decimalCell(percentOff(price, mean)),
    ]),
  ];
}

function* lineRows({ lines }: Boq, bills: readonly ComparedBill[]): Generator<ReportCell[]> {
  for (const [index, line] of lines.entries()) yield lineCells(line, index, bills);
}

/**
 * All bidders beside each other: a sheet of the bids in the order of their ranks, and one of the lines, in the buyer's
 * order, with each unit price and how far it is, in percent, from the buyer's own and from the mean of all that were
 * given. Means are exact and shown to four places, percents to two, half-up.
 */
export function comparisonSheets(
  buyer: Boq,
  bills: readonly ComparedBill[],
  language: ReportLanguage,
): ReportSheet[] {
  const words = COMPARISON_WORDS[language];
  return [
    {
      title: words.bids,
      widths: [8, 8, 20, 14, 10, 10],
      header: words.bidsHeader,
      rows: bills.map(({ alias, rank, price, prices, errors, flags }) => [
        rank,
        alias,
        Rational.parse(price) && !price.includes('/') ? decimalCell(price) : textCell(price),
        prices ? words.read : words.unread,
        errors,
        flags,
      ]),
    },
    {
      title: words.lines,
      widths: [16, 40, 8, 14, 14, 14, ...bills.flatMap(() => [14, 10, 10])],
      header: [
        ...words.linesHeader,
        ...bills.flatMap(({ alias }) => [
          alias,
          `${alias} ${words.offEstimate}`,
          `${alias} ${words.offMean}`,
        ]),
      ],
      scaled: bills.flatMap((_, at) => [8 + 3 * at, 9 + 3 * at]),
      rows: lineRows(buyer, bills),
    },
  ];
}
