import { divideRounded, Rational, type Rounding } from '#kernel';
import type { BoqLine } from './boq-line.js';
import type { PackedBill } from './packed-bill.js';

/** What the lines of one bill come to. */
export interface LineSums {
  /** Σ of quantity × unit price, each line rounded; in units of 10^−digits of the rounding. */
  readonly total: bigint;
  /** Places of lines whose stated amount is not the product. */
  readonly wrong: readonly number[];
  readonly blanks: number;
  readonly zeros: number;
}

/**
 * Below this every step of the loop is exact. A product raw = q × p, with what is added to round, is an integer below 2⁵²; the double nearest to
 * raw ÷ D, D a power of ten, is not on another side of an integer k than raw ÷ D itself, because a quotient below k is
 * at least 1/D below it, and half the distance of doubles there is at most k × 2⁻⁵³ < 1/D as k × D ≤ 2⁵². So the floor
 * is exact.
 */
const EXACT_BELOW = 2 ** 52;

/** What is added before the floor so that it rounds by the mode; null for a mode that needs more than the remainder. */
function offsetOf(divisor: number, { mode }: Rounding): number | null {
  if (divisor === 1 || mode === 'down' || mode === 'floor') return 0;
  if (mode === 'up' || mode === 'ceil') return divisor - 1;
  if (mode === 'half-up') return divisor / 2;
  return mode === 'half-down' ? divisor / 2 - 1 : null;
}

/**
 * The sums of a packed bill, in doubles that hold exact integers; null where the bound cannot be proved for it, where
 * a number is negative, or for a mode that rounds to even. Then {@link exactLineSums} gives the same.
 */
export function packedLineSums(bill: PackedBill, rounding: Rounding): LineSums | null {
  const { quantities, prices, amounts } = bill;
  const shift = quantities.digits + prices.digits - rounding.digits;
  const divisor = 10 ** Math.max(shift, 0);
  const factor = 10 ** Math.max(-shift, 0);
  const lineMost = (quantities.most * prices.most * factor) / divisor + 1;
  const statedFactor = 10 ** Math.max(rounding.digits - amounts.digits, 0);
  const lineFactor = 10 ** Math.max(amounts.digits - rounding.digits, 0);
  const offset = offsetOf(divisor, rounding);
  const isBounded =
    quantities.most * prices.most * factor + divisor < EXACT_BELOW &&
    lineMost * quantities.values.length < EXACT_BELOW &&
    lineMost * lineFactor < EXACT_BELOW &&
    amounts.most * statedFactor < EXACT_BELOW;
  if (offset === null || !isBounded || Math.min(quantities.least, prices.least) < 0) return null;
  return loop(bill, { divisor, factor, offset, statedFactor, lineFactor });
}

interface Factors {
  readonly divisor: number;
  readonly factor: number;
  readonly offset: number;
  readonly statedFactor: number;
  readonly lineFactor: number;
}

function loop(
  { quantities, prices, amounts }: PackedBill,
  { divisor, factor, offset, statedFactor, lineFactor }: Factors,
): LineSums {
  const [q, p, a] = [quantities.values, prices.values, amounts.values];
  const wrong: number[] = [];
  let [total, blanks, zeros] = [0, 0, 0];
  for (let index = 0; index < q.length; index++) {
    const price = p[index]!;
    if (price !== price) {
      blanks++;
      continue;
    }
    if (price === 0) zeros++;
    const line = Math.floor((q[index]! * price * factor + offset) / divisor);
    const stated = a[index]!;
    if (stated === stated && stated * statedFactor !== line * lineFactor) wrong.push(index);
    total += line;
  }
  return { total: BigInt(total), wrong, blanks, zeros };
}

/** A line's product in units of 10^−digits; null where it has no price. */
export function lineProduct({ quantity, unitPrice }: BoqLine, { digits, mode }: Rounding): bigint | null {
  if (unitPrice === null) return null;
  const { n, d } = Rational.from(quantity).mul(Rational.from(unitPrice));
  return divideRounded(n * 10n ** BigInt(digits), d, mode);
}

/** The same sums of any bill, in whole numbers without a bound. `digits` of the rounding are 0 or more. */
export function exactLineSums(lines: readonly BoqLine[], rounding: Rounding): LineSums {
  const unit = 10n ** BigInt(rounding.digits);
  const wrong: number[] = [];
  let [total, blanks, zeros] = [0n, 0, 0];
  for (const [index, line] of lines.entries()) {
    const product = lineProduct(line, rounding);
    if (product === null) {
      blanks++;
      continue;
    }
    if (Rational.from(line.unitPrice!).isZero()) zeros++;
    if (line.amount !== null && !Rational.from(line.amount).equals(Rational.of(product, unit)))
      wrong.push(index);
    total += product;
  }
  return { total, wrong, blanks, zeros };
}
