const DANGEROUS = /^'*[=+\-@\t\r\n|＝＋－＠]/;

/** What XML 1.0 cannot carry; a workbook that held one would not open. */
const NOT_XML = /(?![\t\n\r])\p{Cc}|[\uFFFE\uFFFF]|\p{Cs}/gu;

/** Longer text than a cell holds is cut, and says so by its last sign. */
export const CELL_CHARS_MAX = 32_000;

/**
 * Text for a cell that no spreadsheet takes for a formula, also after a detour by CSV: an apostrophe stands before a
 * leading `= + - @ |`, their full-width forms, tab and line ends. Source: OWASP, CSV injection.
 */
export function textCell(text: string): string {
  const clean = text.replace(NOT_XML, '\uFFFD');
  const fitting = clean.length > CELL_CHARS_MAX ? `${clean.slice(0, CELL_CHARS_MAX)}…` : clean;
  return DANGEROUS.test(fitting) ? `'${fitting}` : fitting;
}
