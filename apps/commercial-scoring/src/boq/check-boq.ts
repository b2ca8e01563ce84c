import { amountToMinor, divideRounded, invariant, minorToAmount, Rational, type Amount } from '#kernel';
import type { BoqLine } from './boq-line.js';

export type BoqFindingCode =
  | 'line.missing'
  | 'line.extra'
  | 'line.duplicate'
  | 'name.changed'
  | 'unit.changed'
  | 'quantity.changed'
  | 'price.blank'
  | 'price.zero'
  | 'price.negative'
  | 'amount.wrong'
  | 'total.differs';

export interface BoqFinding {
  readonly code: BoqFindingCode;
  /** A `flag` is allowed and told to the evaluators: a zero price means "included elsewhere". */
  readonly severity: 'error' | 'flag';
  /** Row in the bidder's workbook; null for what is missing there and for the whole. */
  readonly row: number | null;
  /** Code of the line; null for the whole. */
  readonly item: string | null;
  readonly message: string;
  /** What the two sides say, as text. */
  readonly expected: string | null;
  readonly found: string | null;
}

export interface BoqCheck {
  readonly findings: readonly BoqFinding[];
  /** Σ of quantity × unit price, each line rounded half-up to two places; lines without a price count nothing. */
  readonly total: Amount;
  /** No finding of severity `error`. */
  readonly isConsistent: boolean;
}

export interface BoqCheckParts {
  readonly buyer: readonly BoqLine[];
  readonly bidder: readonly BoqLine[];
  /** Price of the offer itself, which must be the total. */
  readonly offeredPrice: Amount;
}

interface Sides {
  readonly expected?: string;
  readonly found?: string;
  readonly severity?: 'flag';
}

function finding(
  code: BoqFindingCode,
  line: BoqLine | null,
  row: number | null,
  message: string,
  sides: Sides,
): BoqFinding {
  const { expected = null, found = null, severity = 'error' } = sides;
  return { code, severity, row, item: line?.code ?? null, message, expected, found };
}

const differs = (a: string, b: string): boolean => !Rational.from(a).equals(Rational.from(b));

function minorOf(line: BoqLine): bigint | null {
  if (line.unitPrice === null) return null;
  const { n, d } = Rational.from(line.quantity).mul(Rational.from(line.unitPrice));
  return divideRounded(n * 100n, d, 'half-up');
}

function signed(minor: bigint): string {
  return minor < 0n ? `-${minorToAmount(-minor)}` : minorToAmount(minor);
}

/** What the bidder changed in a line that the buyer described. */
function changes(asked: BoqLine, line: BoqLine): BoqFinding[] {
  const found: BoqFinding[] = [];
  const changed = (code: BoqFindingCode, what: string, expected: string, given: string): void => {
    found.push(
      finding(code, line, line.row, `${what} was changed from ${expected} to ${given}.`, {
        expected,
        found: given,
      }),
    );
  };
  if (asked.name !== line.name) changed('name.changed', 'Item', asked.name, line.name);
  if (asked.unit !== line.unit) changed('unit.changed', 'Unit', asked.unit, line.unit);
  if (differs(asked.quantity, line.quantity))
    changed('quantity.changed', 'Quantity', asked.quantity, line.quantity);
  return found;
}

function priceFindings(line: BoqLine): BoqFinding[] {
  const { row, unitPrice, amount } = line;
  const minor = minorOf(line);
  if (unitPrice === null || minor === null)
    return [finding('price.blank', line, row, 'The unit price is blank.', {})];
  const found: BoqFinding[] = [];
  const sign = Rational.from(unitPrice).sign();
  if (sign < 0)
    found.push(finding('price.negative', line, row, 'The unit price is negative.', { found: unitPrice }));
  if (sign === 0)
    found.push(
      finding('price.zero', line, row, 'The unit price is zero: taken as included elsewhere.', {
        found: unitPrice,
        severity: 'flag',
      }),
    );
  const expected = signed(minor);
  if (amount !== null && differs(amount, expected)) {
    const message = `${line.quantity} × ${unitPrice} = ${expected}, not ${amount}.`;
    found.push(finding('amount.wrong', line, row, message, { expected, found: amount }));
  }
  return found;
}

/** Pairs each line with how often its code stood before it, so that the nth `A` answers to the buyer's nth `A`. */
function keyed(lines: readonly BoqLine[]): (readonly [key: string, line: BoqLine])[] {
  const times = new Map<string, number>();
  return lines.map((line) => {
    const before = times.get(line.code) ?? 0;
    times.set(line.code, before + 1);
    return [`${before} ${line.code}`, line];
  });
}

function lineFindings(buyer: readonly BoqLine[], bidder: readonly BoqLine[]): BoqFinding[] {
  const open = new Map(keyed(buyer));
  const found: BoqFinding[] = [];
  for (const [key, line] of keyed(bidder)) {
    const asked = open.get(key);
    if (asked) found.push(...changes(asked, line));
    else if (key === `0 ${line.code}`)
      found.push(
        finding('line.extra', line, line.row, 'The buyer did not ask for this line.', { found: line.name }),
      );
    else found.push(finding('line.duplicate', line, line.row, 'The line stands more often than asked.', {}));
    open.delete(key);
    found.push(...priceFindings(line));
  }
  for (const line of open.values())
    found.push(finding('line.missing', line, null, 'The line is missing.', { expected: line.name }));
  return found;
}

/**
 * Compares a bidder's priced bill with the buyer's, line by line by code, and computes every amount and the total
 * anew, exactly, from quantities and unit prices; nothing that a workbook claims to have computed is used. Text
 * compares exactly, numbers by value. A code that stands several times answers in the order of the lines.
 */
export function checkBoq({ buyer, bidder, offeredPrice }: BoqCheckParts): BoqCheck {
  const offered = amountToMinor(offeredPrice);
  invariant(offered !== undefined, `not an amount: ${offeredPrice}`);
  const findings = lineFindings(buyer, bidder);
  const minor = bidder.reduce((total, line) => total + (minorOf(line) ?? 0n), 0n);
  const total = signed(minor);
  if (minor !== offered) {
    const message = `The lines add up to ${total}, but the offered price is ${offeredPrice}.`;
    findings.push(finding('total.differs', null, null, message, { expected: total, found: offeredPrice }));
  }
  return { findings, total, isConsistent: findings.every(({ severity }) => severity === 'flag') };
}
