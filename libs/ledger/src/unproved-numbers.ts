import type { CheckedReveal, IndexedEntry } from './collect-reveals.js';
import { isSealedEntry } from './entry.js';

/**
 * Reveals of acts whose entries commit to a place, which they do not open: such a commitment could stand for any
 * number that is missing. Entries of before places were kept commit to none and are not among them.
 */
export function findUnprovedNumbers(
  entries: readonly IndexedEntry[],
  reveals: readonly CheckedReveal[],
): CheckedReveal[] {
  const unopened = new Map(reveals.filter(({ place }) => !place).map((reveal) => [reveal.index, reveal]));
  if (unopened.size === 0) return [];
  return entries.flatMap(({ index, entry }) => {
    const reveal = unopened.get(index);
    return reveal && isSealedEntry(entry) && entry.place !== undefined ? [reveal] : [];
  });
}
