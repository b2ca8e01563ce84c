import { invariant, Rational } from '#kernel';
import { scaled } from './packed-bill.js';

/** Unit prices of a bill in the order of the buyer's lines; null where a line has none. */
export type Prices = readonly (string | null)[];

const [SMALL, LARGE, TEXT] = [0, 1, 2];
const HEAD_BYTES = 8;
const INT32_MOST = 2 ** 31 - 1;

/**
 * Prices as bytes: the kind, the digits, six zeros, then integers of four or eight bytes, little-endian, as far as they
 * hold the prices; else their text as JSON. −1 and NaN stand for blank.
 */
export function priceBytes(prices: Prices): Uint8Array {
  const packed = scaled(prices);
  if (!packed) {
    const text = new TextEncoder().encode(JSON.stringify(prices));
    const bytes = new Uint8Array(HEAD_BYTES + text.length);
    bytes[0] = TEXT;
    bytes.set(text, HEAD_BYTES);
    return bytes;
  }
  const isSmall = packed.least >= 0 && packed.most <= INT32_MOST;
  const bytes = new Uint8Array(HEAD_BYTES + prices.length * (isSmall ? 4 : 8));
  bytes[0] = isSmall ? SMALL : LARGE;
  bytes[1] = packed.digits;
  const view = new DataView(bytes.buffer, HEAD_BYTES);
  for (const [index, value] of packed.values.entries())
    if (isSmall) view.setInt32(index * 4, Number.isNaN(value) ? -1 : value, true);
    else view.setFloat64(index * 8, value, true);
  return bytes;
}

export interface PriceUnits {
  readonly digits: number;
  /** Below 0, or NaN, where a line has no price; `values[i] / 10^digits` else. */
  readonly values: Int32Array | Float64Array;
}

/** The integers of {@link priceBytes}, in place where they lie evenly; null where they stand as text. */
export function priceUnits(bytes: Uint8Array): PriceUnits | null {
  const [kind, digits = 0] = bytes;
  if (kind === TEXT) return null;
  const size = kind === SMALL ? 4 : 8;
  const from = bytes.byteOffset + HEAD_BYTES;
  const { buffer, at } =
    from % size === 0
      ? { buffer: bytes.buffer, at: from }
      : { buffer: bytes.slice(HEAD_BYTES).buffer, at: 0 };
  const count = (bytes.length - HEAD_BYTES) / size;
  invariant(Number.isInteger(count), 'stored prices are whole');
  return {
    digits,
    values: kind === SMALL ? new Int32Array(buffer, at, count) : new Float64Array(buffer, at, count),
  };
}

/** The prices again, by value: `1.50` may come back as `1.5`. */
export function pricesOf(bytes: Uint8Array): Prices {
  const units = priceUnits(bytes);
  if (!units) return JSON.parse(new TextDecoder().decode(bytes.subarray(HEAD_BYTES))) as Prices;
  const { digits, values } = units;
  const isSmall = values instanceof Int32Array;
  const unit = 10n ** BigInt(digits);
  return Array.from(values, (value) =>
    (isSmall && value < 0) || Number.isNaN(value)
      ? null
      : Rational.of(BigInt(value), unit).toFixed({ digits, mode: 'half-up' }),
  );
}
