import { Rational, type Rounding } from '#kernel';
import type { Correct } from '#evaluation';
import { type Boq, type BoqLine, cellOf } from './boq-line.js';
import { packedLineSums } from './line-sums.js';
import { packBill } from './packed-bill.js';

/** A line whose stated amount is not the one that counts under the rule. */
export interface CorrectedLine {
  readonly sheet: string;
  readonly cell: string;
  readonly item: string;
  /** Exact, decimal or `n/d`. */
  readonly asRead: string;
  readonly corrected: string;
}

/** A priced bill under a rule of correction, with both figures kept. Exact values, decimal or `n/d`. */
export interface CorrectedTotals {
  /** Σ of the amounts as they stand, of the product where none is stated. */
  readonly asRead: string;
  /** Null where the rule corrects nothing (`governs: none`) or the bill cannot be read under it: see `reason`. */
  readonly corrected: string | null;
  readonly reason: 'items-invalid' | 'items-differ' | null;
  readonly lines: readonly CorrectedLine[];
  /** Cells of lines without a unit price, which count as included elsewhere. */
  readonly unpriced: readonly string[];
}

const DECIMAL = /^(?:0|[1-9]\d{0,29})(?:\.\d{1,12})?$/;
const PERCENT = Rational.of(1n, 100n);
const ZERO = Rational.ZERO;

const rounded = (value: Rational, rounding: Rounding | undefined): Rational =>
  rounding ? value.round(rounding) : value;

interface Amounts {
  readonly stated: Rational | null;
  readonly product: Rational;
}

function amountsOf({ quantity, unitPrice, amount }: BoqLine, rule: Correct): Amounts {
  const unit = rounded(Rational.from(unitPrice ?? '0'), rule.unitRounding);
  return {
    stated: amount === null ? null : Rational.from(amount),
    product: rounded(unit.mul(Rational.from(quantity)), rule.lineRounding),
  };
}

/** Σ of corrected lines where only lines of the loop over arrays count: unit prices govern, and are not rounded. */
function fastSum(
  lines: readonly BoqLine[],
  rule: Correct,
): { sum: Rational; changed: readonly number[] } | null {
  const { lineRounding } = rule;
  if (rule.governs !== 'unit-price' || rule.unitRounding || !lineRounding || lineRounding.digits < 0)
    return null;
  const packed = packBill(lines);
  const sums = packed && packedLineSums(packed, lineRounding);
  if (!sums || sums.blanks > 0) return null;
  return { sum: Rational.of(sums.total, 10n ** BigInt(lineRounding.digits)), changed: sums.wrong };
}

/** The same for every rule and bill, line by line in fractions. */
function exactSum(lines: readonly BoqLine[], rule: Correct): { sum: Rational; changed: readonly number[] } {
  const changed: number[] = [];
  let sum = ZERO;
  for (const [index, line] of lines.entries()) {
    const { stated, product } = amountsOf(line, rule);
    if (stated !== null && !stated.equals(product)) changed.push(index);
    sum = sum.add(rule.governs === 'line-total' ? (stated ?? product) : product);
  }
  return { sum, changed };
}

function withMarkups(direct: Rational, { markups = [], rounding }: Correct): Rational {
  const parts = new Map([['direct', direct]]);
  for (const markup of markups) {
    const base = markup.of.reduce((total, name) => total.add(parts.get(name) ?? ZERO), ZERO);
    parts.set(markup.id, rounded(base.mul(Rational.from(markup.percent)).mul(PERCENT), markup.rounding));
  }
  return rounded(
    [...parts.values()].reduce((total, part) => total.add(part), ZERO),
    rounding,
  );
}

function isReadable({ quantity, unitPrice, amount }: BoqLine): boolean {
  return [quantity, unitPrice ?? '0', amount ?? '0'].every((text) => DECIMAL.test(text));
}

function isBuyersBill(lines: readonly BoqLine[], { quantities }: Correct): boolean {
  if (!quantities) return true;
  const wanted = new Map(quantities.map(({ id, quantity }) => [id, Rational.from(quantity)]));
  const given = new Set(lines.map(({ code }) => code));
  return (
    lines.length === wanted.size &&
    given.size === lines.length &&
    lines.every(({ code, quantity }) => wanted.get(code)?.equals(Rational.from(quantity)))
  );
}

/**
 * What a priced bill comes to under the `correct` stage of a method, by the same rule as the engine's node, for bills of
 * any length: `unit-price` takes quantity × unit price of every line, `line-total` the amount that a line states, both
 * with the rounding that the rule declares; markups are added as declared. A negative or over-long number makes it
 * `items-invalid`, another bill than the rule's quantities `items-differ`, as in the engine. Words that govern and the
 * limit of a correction concern the offer and stay with the engine. Source: see `correctNode` in `libs/evaluation`.
 */
export function correctedTotals({ lines }: Boq, rule: Correct): CorrectedTotals {
  const unpriced = lines
    .filter(({ unitPrice }) => unitPrice === null)
    .map((line) => cellOf(line, 'unitPrice'));
  const asRead = exactSum(lines, { ...rule, governs: 'line-total' }).sum;
  const none = { asRead: asRead.toString(), corrected: null, lines: [], unpriced };
  if (lines.length === 0 || !lines.every(isReadable)) return { ...none, reason: 'items-invalid' };
  if (!isBuyersBill(lines, rule)) return { ...none, reason: 'items-differ' };
  if (rule.governs === 'none') return { ...none, reason: null };
  const { sum, changed } = fastSum(lines, rule) ?? exactSum(lines, rule);
  return {
    asRead: asRead.toString(),
    corrected: withMarkups(sum, rule).toString(),
    reason: null,
    lines: rule.governs === 'unit-price' ? changed.map((index) => correctedLine(lines[index]!, rule)) : [],
    unpriced,
  };
}

function correctedLine(line: BoqLine, rule: Correct): CorrectedLine {
  const { stated, product } = amountsOf(line, rule);
  return {
    sheet: line.sheet.name,
    cell: cellOf(line, 'amount'),
    item: line.code,
    asRead: stated!.toString(),
    corrected: product.toString(),
  };
}
