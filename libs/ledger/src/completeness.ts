import type { CheckedReveal, IndexedEntry } from './collect-reveals.js';
import { isSealedEntry } from './entry.js';

/** Numbers from … to (inclusive) of a producer that the log does not show. */
export interface MissingSequence {
  readonly producer: string;
  readonly from: number;
  readonly to: number;
}

export interface Completeness {
  /** Below the highest number that the log shows of each producer. */
  readonly missing: readonly MissingSequence[];
  /**
   * Commitments of which the log does not tell producer and number: still closed, or opened without their place
   * to an event without them. Each may account for one missing number.
   */
  readonly unplaced: number;
  /**
   * More numbers are missing than commitments are left to account for them: acts were left out for certain.
   * False does not show that nothing is missing while `missing` is not empty.
   */
  readonly provablyIncomplete: boolean;
}

/**
 * Whether each producer's sequence runs from 1 without a gap, as far as the log shows it: open entries, and
 * revealed acts by the place that was proved or else by the event's `producer` and `seq`. An event entered twice is no gap; delivery is at least once.
 */
export function checkCompleteness(
  entries: readonly IndexedEntry[],
  reveals: readonly CheckedReveal[],
): Completeness {
  const seen = new Map<string, Set<number>>();
  const note = (producer: string, seq: number): void => {
    const numbers = seen.get(producer) ?? new Set();
    seen.set(producer, numbers.add(seq));
  };
  const placed = new Set<number>();
  for (const { index, event, place } of reveals) {
    const { producer, seq } = place ?? event;
    if (typeof producer !== 'string' || typeof seq !== 'number' || !Number.isSafeInteger(seq) || seq < 1)
      continue;
    note(producer, seq);
    placed.add(index);
  }
  let unplaced = 0;
  for (const { index, entry } of entries) {
    if (!isSealedEntry(entry)) note(entry.producer, entry.seq);
    else if (!placed.has(index)) unplaced += 1;
  }
  const missing = [...seen].flatMap(([producer, numbers]) => gapsOf(producer, numbers));
  const count = missing.reduce((sum, { from, to }) => sum + (to - from + 1), 0);
  return { missing, unplaced, provablyIncomplete: count > unplaced };
}

function gapsOf(producer: string, numbers: ReadonlySet<number>): MissingSequence[] {
  const gaps: MissingSequence[] = [];
  let expected = 1;
  for (const seq of [...numbers].sort((a, b) => a - b)) {
    if (seq > expected) gaps.push({ producer, from: expected, to: seq - 1 });
    expected = Math.max(expected, seq + 1);
  }
  return gaps;
}
