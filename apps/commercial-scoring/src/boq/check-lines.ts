import { Rational } from '#kernel';
import type { BoqColumn } from './boq-column.js';
import { type BoqFinding, type BoqFindingCode, findingAt, findingOfWhole } from './boq-finding.js';
import type { BoqLine } from './boq-line.js';
import type { BoqRules } from './boq-rules.js';

const HUNDRED = Rational.of(100n);

const sameNumber = (a: string, b: string): boolean => a === b || Rational.from(a).equals(Rational.from(b));

/** What the bidder changed in a line that the buyer described. */
function changes(asked: BoqLine, line: BoqLine): BoqFinding[] {
  const found: BoqFinding[] = [];
  const changed = (
    code: BoqFindingCode,
    column: BoqColumn,
    what: string,
    expected: string,
    given: string,
  ): void => {
    const message = `${what} was changed from ${expected} to ${given}.`;
    found.push(findingAt(code, line, column, message, { expected, found: given }));
  };
  if (asked.name !== line.name) changed('name.changed', 'name', 'Item', asked.name, line.name);
  if (asked.unit !== line.unit) changed('unit.changed', 'unit', 'Unit', asked.unit, line.unit);
  if (!sameNumber(asked.quantity, line.quantity))
    changed('quantity.changed', 'quantity', 'Quantity', asked.quantity, line.quantity);
  return found;
}

/** A price beside the buyer's own for the line. */
function besideBuyers(line: BoqLine, price: Rational, asked: BoqLine, rules: BoqRules): BoqFinding[] {
  const { unitPrice: expected } = asked;
  if (expected === null) return [];
  const own = Rational.from(expected);
  const sides = { expected, found: line.unitPrice! };
  if (rules.buyerPrices === 'limit')
    return own.lessThan(price)
      ? [
          findingAt(
            'price.over-limit',
            line,
            'unitPrice',
            `The unit price ${line.unitPrice} is above the limit of ${expected}.`,
            sides,
          ),
        ]
      : [];
  const isFar = Rational.from(rules.unbalancedPercent).mul(own).lessThan(price.sub(own).abs().mul(HUNDRED));
  if (!isFar || own.sign() <= 0) return [];
  const percent = price.div(own).sub(Rational.ONE).mul(HUNDRED).toFixed({ digits: 2, mode: 'half-up' });
  const message = `The unit price ${line.unitPrice} is ${percent} % off the estimate of ${expected}.`;
  return [findingAt('price.unbalanced', line, 'unitPrice', message, { ...sides, severity: 'flag' })];
}

function priceFindings(line: BoqLine, asked: BoqLine | undefined, rules: BoqRules): BoqFinding[] {
  const { unitPrice: found } = line;
  if (found === null) return [findingAt('price.blank', line, 'unitPrice', 'The unit price is blank.')];
  const price = Rational.from(found);
  if (price.sign() < 0)
    return [findingAt('price.negative', line, 'unitPrice', 'The unit price is negative.', { found })];
  const zero = price.isZero()
    ? [
        findingAt('price.zero', line, 'unitPrice', 'The unit price is zero: taken as included elsewhere.', {
          found,
          severity: 'flag',
        }),
      ]
    : [];
  return asked ? [...zero, ...besideBuyers(line, price, asked, rules)] : zero;
}

/** Pairs each line with how often its code stood before it, so that the nth `A` answers to the buyer's nth `A`. */
export function keyed(lines: readonly BoqLine[]): (readonly [key: string, line: BoqLine])[] {
  const times = new Map<string, number>();
  return lines.map((line) => {
    const before = times.get(line.code) ?? 0;
    times.set(line.code, before + 1);
    return [`${before} ${line.code}`, line];
  });
}

/** All that is wrong or to be told about single lines, their amounts aside. */
export function lineFindings(
  buyer: readonly BoqLine[],
  bidder: readonly BoqLine[],
  rules: BoqRules,
): BoqFinding[] {
  const open = new Map(keyed(buyer));
  const found: BoqFinding[] = [];
  for (const [key, line] of keyed(bidder)) {
    const asked = open.get(key);
    if (asked) found.push(...changes(asked, line));
    else if (key === `0 ${line.code}`)
      found.push(
        findingAt('line.extra', line, 'code', 'The buyer did not ask for this line.', { found: line.name }),
      );
    else found.push(findingAt('line.duplicate', line, 'code', 'The line stands more often than asked.'));
    open.delete(key);
    found.push(...priceFindings(line, asked, rules));
  }
  for (const line of open.values())
    found.push(findingOfWhole('line.missing', line.code, 'The line is missing.', { expected: line.name }));
  return found;
}
