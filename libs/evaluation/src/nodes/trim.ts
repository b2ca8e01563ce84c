import type { Rational } from '#kernel';
import type { TrimRow } from '../method-parts.js';

export interface Trimmed {
  /** Values left, ascending; null where the table has no answer and the declared fall-back holds. */
  readonly kept: readonly Rational[] | null;
  readonly dropLow: number;
  readonly dropHigh: number;
}

export const ascending = (values: readonly Rational[]): Rational[] =>
  [...values].sort((a, b) => a.compare(b));

/**
 * Drops exactly the declared count at each end by the row for n values, never all equal ones: of 9, 9, 9, 5 with
 * one high dropped, 9, 9, 5 stay. No row for n, or a row that would leave none: `kept` is null.
 */
export function trim(values: readonly Rational[], table: readonly TrimRow[]): Trimmed {
  const n = values.length;
  const row = table.find(({ from, to }) => from <= n && (to === null || n <= to));
  if (!row || row.dropLow + row.dropHigh >= n) return { kept: null, dropLow: 0, dropHigh: 0 };
  const { dropLow, dropHigh } = row;
  return { kept: ascending(values).slice(dropLow, n - dropHigh), dropLow, dropHigh };
}
