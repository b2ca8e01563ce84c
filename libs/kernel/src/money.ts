import { Rational } from './rational.js';

/** An amount as decimal text with at most two places, e.g. `12345678.90`. The currency stands beside it. */
export type Amount = string;

const AMOUNT = /^(?:0|[1-9]\d{0,14})(?:\.\d{1,2})?$/;

export const isAmount = (text: string): boolean => AMOUNT.test(text);

/** Minor units (分) of an amount, or undefined where the text is no amount. */
export function amountToMinor(text: Amount): bigint | undefined {
  if (!AMOUNT.test(text)) return undefined;
  const [whole = '0', part = ''] = text.split('.');
  return BigInt(whole + part.padEnd(2, '0'));
}

/** Two places, always. */
export function minorToAmount(minor: bigint): Amount {
  return Rational.of(minor, 100n).toFixed({ digits: 2, mode: 'half-up' });
}
