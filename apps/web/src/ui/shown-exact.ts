const DIGITS = 2;

/**
 * An exact value (`n/d`) as people read it, half-up to two places, without a float. Whatever is no fraction, a whole number
 * or a decimal, is shown as it is.
 */
export function shownExact(exact: string): string {
  const [, sign, above, below] = /^(-?)(\d+)\/(\d+)$/.exec(exact) ?? [];
  if (above === undefined || below === undefined || BigInt(below) === 0n) return exact;
  const scaled = (2n * BigInt(above) * 10n ** BigInt(DIGITS) + BigInt(below)) / (2n * BigInt(below));
  const digits = String(scaled).padStart(DIGITS + 1, '0');
  return `${scaled === 0n ? '' : sign}${digits.slice(0, -DIGITS)}.${digits.slice(-DIGITS)}`;
}
