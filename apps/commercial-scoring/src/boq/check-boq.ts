import { amountToMinor, invariant, Rational, type Amount } from '#kernel';
import { type BoqFinding, findingAt, findingOfWhole } from './boq-finding.js';
import type { Boq, BoqLine } from './boq-line.js';
import { type BoqRules, DEFAULT_BOQ_RULES } from './boq-rules.js';
import { lineFindings } from './check-lines.js';
import { totalFindings } from './check-totals.js';
import { exactLineSums, lineProduct, packedLineSums } from './line-sums.js';
import { packBill } from './packed-bill.js';

export interface BoqCheck {
  readonly findings: readonly BoqFinding[];
  /** Σ of quantity × unit price, each line rounded by the rules; lines without a price count nothing. */
  readonly total: Amount;
  /** No finding of severity `error`. */
  readonly isConsistent: boolean;
}

export interface BoqCheckParts {
  readonly buyer: Boq;
  readonly bidder: Boq;
  /** Price of the offer itself, which must be the total. */
  readonly offeredPrice: Amount;
  readonly rules?: BoqRules;
}

function amountFinding(line: BoqLine, rules: BoqRules): BoqFinding {
  const { digits } = rules.lineRounding;
  const product = Rational.of(lineProduct(line, rules.lineRounding)!, 10n ** BigInt(digits));
  const expected = product.toFixed({ digits, mode: 'half-up' });
  const message = `${line.quantity} × ${line.unitPrice} = ${expected}, not ${line.amount}.`;
  return findingAt('amount.wrong', line, 'amount', message, { expected, found: line.amount! });
}

/**
 * Compares a bidder's priced bill with the buyer's, line by line by code, and computes every amount, every stated sum
 * and the total anew, exactly, from quantities and unit prices; nothing that a workbook claims to have computed is
 * used. Text compares exactly, numbers by value. A code that stands several times answers in the order of the lines.
 * Findings come with sheet, cell and both figures: first of lines, then of amounts, sums, and the offered price.
 */
export function checkBoq({
  buyer,
  bidder,
  offeredPrice,
  rules = DEFAULT_BOQ_RULES,
}: BoqCheckParts): BoqCheck {
  invariant(amountToMinor(offeredPrice) !== undefined, `not an amount: ${offeredPrice}`);
  const { lineRounding } = rules;
  const packed = packBill(bidder.lines);
  const sums = (packed && packedLineSums(packed, lineRounding)) ?? exactLineSums(bidder.lines, lineRounding);
  const findings = [
    ...lineFindings(buyer.lines, bidder.lines, rules),
    ...sums.wrong.map((index) => amountFinding(bidder.lines[index]!, rules)),
    ...totalFindings(bidder, rules),
  ];
  const exact = Rational.of(sums.total, 10n ** BigInt(lineRounding.digits));
  const total = exact.toFixed({ digits: Math.max(lineRounding.digits, 2), mode: 'half-up' });
  if (!exact.equals(Rational.from(offeredPrice))) {
    const message = `The lines add up to ${total}, but the offered price is ${offeredPrice}.`;
    findings.push(findingOfWhole('total.differs', null, message, { expected: total, found: offeredPrice }));
  }
  return { findings, total, isConsistent: findings.every(({ severity }) => severity === 'flag') };
}
