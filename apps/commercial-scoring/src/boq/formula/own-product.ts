import { divideRounded, Rational } from '#kernel';
import type { BoqSheet } from '../boq-line.js';
import type { SheetFormula } from '../workbook/sheet-cell.js';

const PRODUCT = /^=?(ROUND\()?\$?([A-Z]{1,3})\$?(\d+)\*\$?([A-Z]{1,3})\$?(\d+)(,2\))?$/i;

/**
 * Whether the formula is the quantity × the unit price of its own row, and rounded to two places or not; null for every
 * other formula. Nearly all formulas of bills are this one, so it is told apart without a parser.
 */
export function ownProduct(
  { text, rowShift, columnShift }: SheetFormula,
  row: number,
  { quantity, unitPrice }: BoqSheet['columns'],
): { readonly isRounded: boolean } | null {
  const found = PRODUCT.exec(text.includes(' ') ? text.replaceAll(' ', '') : text);
  if (!found || columnShift !== 0 || (found[1] === undefined) !== (found[6] === undefined)) return null;
  const own = row - rowShift;
  const [left, right] = [found[2]!.toUpperCase(), found[4]!.toUpperCase()];
  const isPair = (left === quantity && right === unitPrice) || (left === unitPrice && right === quantity);
  if (!isPair || +found[3]! !== own || +found[5]! !== own) return null;
  return rowShift !== 0 && text.includes('$') ? null : { isRounded: found[1] !== undefined };
}

const placesOf = (text: string): number => {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
};

/** Product of two decimals, rounded half-up to two places or not. */
export function productOf(a: string, b: string, isRounded: boolean): Rational {
  const n = BigInt(a.replace('.', '')) * BigInt(b.replace('.', ''));
  const d = 10n ** BigInt(placesOf(a) + placesOf(b));
  return isRounded ? Rational.of(divideRounded(n * 100n, d, 'half-up'), 100n) : Rational.of(n, d);
}
