import type { BoqLine } from './boq-line.js';

/** Decimals as integers: `values[i] / 10^digits`; NaN where nothing stands. All are below 2⁵³ in size. */
export interface Scaled {
  readonly digits: number;
  readonly values: Float64Array;
  readonly least: number;
  readonly most: number;
}

/** The numbers of a bill in arrays, for loops over many bills. */
export interface PackedBill {
  readonly quantities: Scaled;
  readonly prices: Scaled;
  /** As stated, NaN where a line states none. */
  readonly amounts: Scaled;
}

const DIGITS_MAX = 12;

const placesOf = (text: string): number => {
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
};

/** Decimal texts, null for blank, as integers of one scale; null where one of them is no integer below 2⁵³ there. */
export function scaled(texts: readonly (string | null)[]): Scaled | null {
  let digits = 0;
  for (const text of texts) if (text !== null) digits = Math.max(digits, placesOf(text));
  if (digits > DIGITS_MAX) return null;
  const values = new Float64Array(texts.length);
  let [least, most] = [0, 0];
  for (const [index, text] of texts.entries()) {
    if (text === null) {
      values[index] = NaN;
      continue;
    }
    const places = placesOf(text);
    const value = +(places === 0 ? text : text.replace('.', '')) * 10 ** (digits - places);
    if (!Number.isSafeInteger(value)) return null;
    values[index] = value;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return { digits, values, least, most };
}

/** Null where the numbers do not fit: then the bill is computed line by line, in whole numbers without a bound. */
export function packBill(lines: readonly BoqLine[]): PackedBill | null {
  const quantities = scaled(lines.map(({ quantity }) => quantity));
  const prices = scaled(lines.map(({ unitPrice }) => unitPrice));
  const amounts = scaled(lines.map(({ amount }) => amount));
  return quantities && prices && amounts && { quantities, prices, amounts };
}
