/** How a value that falls between two representable ones is settled. Part of a rule, never a default. */
export type RoundingMode = 'half-up' | 'half-even' | 'half-down' | 'down' | 'up' | 'floor' | 'ceil';

export interface Rounding {
  /** Digits after the decimal point; negative rounds to tens, hundreds, … */
  readonly digits: number;
  readonly mode: RoundingMode;
}

const abs = (n: bigint): bigint => (n < 0n ? -n : n);

/**
 * n / d to a whole number. `half-up` and `up` go away from zero on ties and always, as commercial rounding does;
 * `down` truncates; `floor` and `ceil` follow the number line. `d` must be positive.
 */
export function divideRounded(n: bigint, d: bigint, mode: RoundingMode): bigint {
  const quotient = n / d;
  const remainder = n - quotient * d;
  if (remainder === 0n) return quotient;
  const away = n < 0n ? quotient - 1n : quotient + 1n;
  const twice = abs(remainder) * 2n;
  switch (mode) {
    case 'down':
      return quotient;
    case 'up':
      return away;
    case 'floor':
      return n < 0n ? away : quotient;
    case 'ceil':
      return n < 0n ? quotient : away;
    case 'half-up':
      return twice >= d ? away : quotient;
    case 'half-down':
      return twice > d ? away : quotient;
    case 'half-even':
      if (twice === d) return quotient % 2n === 0n ? quotient : away;
      return twice > d ? away : quotient;
  }
}
