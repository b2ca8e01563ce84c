import { Rational, type Rounding } from '#kernel';
import type { Bilingual, ExactValue, TraceNode } from './evaluation-types.js';

/** The value that counts from here on, and the node that explains it. */
export interface Traced {
  readonly value: Rational;
  readonly node: TraceNode;
}

interface Step {
  readonly rule: string;
  readonly subject: string;
  readonly inputs: Readonly<Record<string, string>>;
  readonly exact: Rational;
  readonly rounding?: Rounding | undefined;
  /** Gets the result as text, under the declared rounding where there is one. */
  readonly sentence: (result: string) => Bilingual;
}

/** Finishes a node: the only place where a value is rounded, and only under a rounding that the node declares. */
export function traced({ rule, subject, inputs, exact, rounding, sentence }: Step): Traced {
  const value = rounding ? exact.round(rounding) : exact;
  const rounded = rounding ? fixed(value, rounding) : null;
  const node: TraceNode = {
    rule,
    v: 1,
    subject,
    inputs,
    exact: exact.toString(),
    rounded,
    sentence: sentence(rounded ?? show(value)),
  };
  return { value, node };
}

/** A result value: the figure that counts, and decimal text (declared rounding, else `displayDigits` half-up). */
export function exactValue(
  value: Rational,
  rounding: Rounding | undefined,
  displayDigits: number,
): ExactValue {
  return {
    exact: value.toString(),
    rounded: fixed(value, rounding ?? { digits: displayDigits, mode: 'half-up' }),
  };
}

const SHOWN_DIGITS = 8;

/** Decimal text where a few digits hold the value, `n/d` where they cannot: a sentence never shows a rounded figure. */
export function show(value: Rational): string {
  for (let digits = 0; digits <= SHOWN_DIGITS; digits++) {
    if (10n ** BigInt(digits) % value.d === 0n) return value.toFixed({ digits, mode: 'down' });
  }
  return value.toString();
}

/** As {@link show}, but four digits marked with ≈ where the value does not end: for figures that only orient. */
export function showBriefly(value: Rational): string {
  const text = show(value);
  return text.includes('/') ? `≈${value.toFixed({ digits: 4, mode: 'half-up' })}` : text;
}

function fixed(value: Rational, { digits, mode }: Rounding): string {
  return value.toFixed({ digits: Math.max(0, digits), mode });
}
