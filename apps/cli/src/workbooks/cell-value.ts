import { invariant, Rational } from '#kernel';

const DANGEROUS = /^'*[=+\-@\t\r]/;

/**
 * Text for a cell that no spreadsheet takes for a formula, also after a detour by CSV: a leading `=`, `+`, `-`,
 * `@`, tab or carriage return gets an apostrophe before it (OWASP, CSV injection). Text that begins with such an
 * apostrophe already gets another, so that readers undo it without loss.
 */
export const textCell = (text: string): string => (DANGEROUS.test(text) ? `'${text}` : text);

/**
 * A decimal for a cell: a number where the shortest decimal of its binary double is the very same value, else
 * text. Workbooks have no other exact form; readers take both.
 */
export function decimalCell(decimal: string): number | string {
  const exact = Rational.parse(decimal);
  invariant(exact && !decimal.includes('/'), `not a decimal: ${decimal}`);
  const double = +decimal;
  return Rational.parse(String(double))?.equals(exact) ? double : decimal;
}
