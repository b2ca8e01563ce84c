import { Rational } from '#kernel';

/** Also in full width, which spreadsheets of some languages take for the same. */
const DANGEROUS = /^'*[=+\-@\t\r＝＋－＠|]/;
const CHARS_MAX = 32_000;

/**
 * Text for a cell that no spreadsheet takes for a formula, also after a detour by CSV: an apostrophe stands before a
 * leading `= + - @ |`, their full-width forms, tab and carriage return. Longer text than a cell holds is cut.
 * Source: OWASP, CSV injection.
 */
export const textCell = (text: string): string => {
  const fitting = text.length > CHARS_MAX ? `${text.slice(0, CHARS_MAX)}…` : text;
  return DANGEROUS.test(fitting) ? `'${fitting}` : fitting;
};

/** A decimal as a number where a double shows the very same value, else as text; blank for null. */
export function decimalCell(decimal: string | null): number | string | null {
  if (decimal === null) return null;
  const double = +decimal;
  return Rational.parse(String(double))?.equals(Rational.from(decimal)) ? double : textCell(decimal);
}
