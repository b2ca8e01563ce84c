const CHARS_MAX = 40;
const DECIMAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const GROUPED = /^-?[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$/;
const EXPONENT = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/;

/** `1.5e-7` as `0.00000015`: the same number, written out. */
function expand(text: string): string {
  const found = EXPONENT.exec(text);
  if (!found) return text;
  const [, sign = '', whole = '', part = '', exponent = '0'] = found;
  const digits = whole + part;
  const point = 1 + parseInt(exponent, 10);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits.padEnd(point, '0');
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/**
 * The exact decimal that a cell shows its author, or null where it is no plain number of at most 40 characters.
 *
 * A workbook stores numbers as binary doubles; the decimal meant is the shortest one that gives that double,
 * which is what spreadsheets write into the file and what `String` of the number gives (ECMA-262
 * Number::toString). So 0.1 comes out as `0.1` and 1e-7 as `0.0000001`; decimals of up to 15 digits always come
 * out as typed. Text is taken as written, blanks around it and grouping commas aside.
 */
export function decimalText(value: number | string): string | null {
  if (typeof value === 'number') {
    const text = Number.isFinite(value) ? expand(String(value)) : '';
    return text !== '' && text.length <= CHARS_MAX ? text : null;
  }
  const trimmed = value.trim();
  const text = GROUPED.test(trimmed) ? trimmed.replaceAll(',', '') : trimmed;
  return text.length <= CHARS_MAX && DECIMAL.test(text) ? text : null;
}
