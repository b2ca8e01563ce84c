import { Rational } from '#kernel';
import { type BoqFinding, findingAt } from './boq-finding.js';
import type { Boq, BoqTotal } from './boq-line.js';
import type { BoqRules } from './boq-rules.js';
import { lineProduct } from './line-sums.js';

const CENTS = { digits: 2, mode: 'half-up' } as const;

/** Σ of the first n lines, each as it is stated, or the product where it states none. */
function runningSums({ lines }: Boq, { lineRounding }: BoqRules): Rational[] {
  const unit = 10n ** BigInt(lineRounding.digits);
  let sum = Rational.ZERO;
  return [
    sum,
    ...lines.map((line) => {
      const stated =
        line.amount === null
          ? Rational.of(lineProduct(line, lineRounding) ?? 0n, unit)
          : Rational.from(line.amount);
      sum = sum.add(stated);
      return sum;
    }),
  ];
}

function totalFinding(total: BoqTotal, sums: readonly Rational[]): BoqFinding[] {
  if (total.amount === null) return [];
  const stated = Rational.from(total.amount).round(CENTS);
  const expected = total.from.map((from) => sums[total.to]!.sub(sums[from]!).round(CENTS));
  if (expected.some((sum) => sum.equals(stated))) return [];
  const sides = { expected: expected[0]!.toFixed(CENTS), found: stated.toFixed(CENTS) };
  const message = `${total.label}: the lines add up to ${sides.expected}, not ${sides.found}.`;
  const code = total.kind === 'subtotal' ? 'subtotal.differs' : 'total.differs';
  return [findingAt(code, total, 'amount', message, sides)];
}

/**
 * Every stated sum beside the sum of its lines as they are stated, to two places. A subtotal may begin at the one
 * before it or at any heading since; it is right where one of these sums is its own.
 */
export function totalFindings(bill: Boq, rules: BoqRules): BoqFinding[] {
  if (bill.totals.every(({ amount }) => amount === null)) return [];
  const sums = runningSums(bill, rules);
  return bill.totals.flatMap((total) => totalFinding(total, sums));
}
