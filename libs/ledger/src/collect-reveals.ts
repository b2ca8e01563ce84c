import type { Json } from '#kernel';
import { checkReveal, type Reveal } from './commitment.js';
import { isJsonObject, isSealedEntry, type Entry, type JsonObject } from './entry.js';
import { refusal } from './refusal.js';

export interface IndexedEntry {
  readonly index: number;
  readonly entry: Entry;
}

export interface CheckedReveal {
  /** Entry that holds the reveal. */
  readonly revealedBy: number;
  /** Entry that held the commitment. */
  readonly index: number;
  readonly sealed: string;
  readonly event: JsonObject;
}

/**
 * Every reveal of the log, in order: open entries whose data has `reveals: [{index?, sealed, salt, event}]`. Each
 * must open a commitment that stands in the log before it, at `index` where that is given. The first that does
 * not is refused with `reveal.mismatch`, a list of another shape with `entry.malformed`, both naming the entry.
 */
export function collectReveals(entries: readonly IndexedEntry[]): CheckedReveal[] {
  const sealedAt = new Map<string, number[]>();
  const found: CheckedReveal[] = [];
  for (const { index: revealedBy, entry } of entries) {
    if (isSealedEntry(entry)) {
      sealedAt.set(entry.sealed, [...(sealedAt.get(entry.sealed) ?? []), revealedBy]);
      continue;
    }
    for (const { index, ...reveal } of readReveals(entry.data['reveals'], revealedBy)) {
      const places = sealedAt.get(reveal.sealed) ?? [];
      const place = index === undefined ? places[0] : places.find((candidate) => candidate === index);
      if (place === undefined) {
        throw refusal('reveal.mismatch', `entry ${revealedBy} reveals what was not sealed there before`, {
          revealedBy,
          sealed: reveal.sealed,
          ...(index === undefined ? {} : { index }),
        });
      }
      checkAt(reveal, revealedBy);
      found.push({ revealedBy, index: place, sealed: reveal.sealed, event: reveal.event });
    }
  }
  return found;
}

function checkAt(reveal: Reveal, revealedBy: number): void {
  try {
    checkReveal(reveal);
  } catch {
    const { sealed } = reveal;
    throw refusal('reveal.mismatch', `entry ${revealedBy} reveals an event that was not sealed`, {
      revealedBy,
      sealed,
    });
  }
}

function readReveals(value: Json | undefined, revealedBy: number): (Reveal & { index?: number })[] {
  if (value === undefined) return [];
  const malformed = () =>
    refusal('entry.malformed', `entry ${revealedBy}: reveals is a list of {index?, sealed, salt, event}`, {
      index: revealedBy,
    });
  if (!Array.isArray(value)) throw malformed();
  return (value as readonly Json[]).map((item) => {
    if (!isJsonObject(item)) throw malformed();
    const { index, sealed, salt, event } = item;
    if (typeof sealed !== 'string' || typeof salt !== 'string' || !isJsonObject(event)) throw malformed();
    if (index === undefined) return { sealed, salt, event };
    if (typeof index !== 'number' || !Number.isSafeInteger(index)) throw malformed();
    return { index, sealed, salt, event };
  });
}
