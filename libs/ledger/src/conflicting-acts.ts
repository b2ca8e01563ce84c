import { jcs } from '#kernel';
import type { CheckedReveal, IndexedEntry } from './collect-reveals.js';
import { isSealedEntry, type Entry } from './entry.js';

/** Two acts of one producer under one number. */
export interface ConflictingActs {
  readonly producer: string;
  readonly seq: number;
  /** Entries that hold them, in order. */
  readonly indices: readonly [number, number];
}

/**
 * Numbers under which a producer entered two different acts: one of them took the place of an act that was left
 * out. Open entries count by their number, sealed ones by the place that a reveal proved. The same act entered
 * twice is no conflict; delivery is at least once.
 */
export function findConflictingActs(
  entries: readonly IndexedEntry[],
  reveals: readonly CheckedReveal[],
): ConflictingActs[] {
  const placeAt = new Map(reveals.map(({ index, place }) => [index, place]));
  const firsts = new Map<string, IndexedEntry>();
  const conflicts: ConflictingActs[] = [];
  for (const indexed of entries) {
    const { index, entry } = indexed;
    const place = isSealedEntry(entry) ? placeAt.get(index) : entry;
    if (!place) continue;
    const { producer, seq } = place;
    const key = `${seq} ${producer}`;
    const first = firsts.get(key);
    if (!first) firsts.set(key, indexed);
    else if (!isSameAct(first.entry, entry)) {
      conflicts.push({ producer, seq, indices: [first.index, index] });
    }
  }
  return conflicts;
}

function isSameAct(a: Entry, b: Entry): boolean {
  if (isSealedEntry(a) || isSealedEntry(b)) {
    return isSealedEntry(a) && isSealedEntry(b) && a.sealed === b.sealed;
  }
  return jcs(a) === jcs(b);
}
