import { instantToMs } from '#kernel';
import { type Entry, isSealedEntry } from '#ledger';

/** How far a ledger had come at a time that its operator does not set. */
export interface Sighting {
  readonly size: number;
  readonly atMs: number;
  /** Whose time it is, for people. */
  readonly by: string;
}

export interface BackDated {
  readonly index: number;
  readonly at: string;
  /** It was not in the ledger yet when this was seen. */
  readonly sighting: Sighting;
}

/**
 * The first open entry that claims to be older than a sighting without it, by more than acts may take on their way. A
 * service that was cut off for longer looks the same: then its operator has to explain it. Entries under a
 * demonstration clock are left out.
 */
export function findBackDated(
  entries: Iterable<{ readonly index: number; readonly entry: Entry }>,
  sightings: readonly Sighting[],
  enteredWithinMs: number,
): BackDated | undefined {
  const bySize = sightings.toSorted((a, b) => a.size - b.size);
  let next = 0;
  let latest: Sighting | undefined;
  for (const { index, entry } of entries) {
    for (; bySize[next] && bySize[next]!.size <= index; next++) {
      if (!latest || bySize[next]!.atMs > latest.atMs) latest = bySize[next];
    }
    if (!latest || isSealedEntry(entry) || entry.clockFactor !== undefined) continue;
    if (instantToMs(entry.at) + enteredWithinMs < latest.atMs)
      return { index, at: entry.at, sighting: latest };
  }
  return undefined;
}
