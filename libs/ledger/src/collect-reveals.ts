import type { Json } from '#kernel';
import { checkPlace, checkReveal, type Place, type PlaceReveal, type Reveal } from './commitment.js';
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
  /** Proved by the commitment to it that stands in the same entry; absent where it was not revealed. */
  readonly place?: Place;
}

/** One item of `data.reveals`. */
interface ReadReveal extends Reveal {
  readonly index?: number;
  readonly place?: PlaceReveal;
}

/** Where a commitment stands, and what was committed as its place. */
interface SealedAt {
  readonly index: number;
  readonly place: string | undefined;
}

/**
 * Every reveal of the log, in order: open entries whose data has `reveals: [{index?, sealed, salt, event, place?}]`.
 * Each must open a commitment that stands in the log before it, at `index` where that is given; `place`
 * (`{producer, seq, salt}`) must open the commitment to the place in that same entry. The first that does
 * not is refused with `reveal.mismatch`, a list of another shape with `entry.malformed`, both naming the entry.
 */
export function collectReveals(entries: readonly IndexedEntry[]): CheckedReveal[] {
  const sealedAt = new Map<string, SealedAt[]>();
  const found: CheckedReveal[] = [];
  for (const { index: revealedBy, entry } of entries) {
    if (isSealedEntry(entry)) {
      const at = { index: revealedBy, place: entry.place };
      sealedAt.set(entry.sealed, [...(sealedAt.get(entry.sealed) ?? []), at]);
      continue;
    }
    for (const reveal of readReveals(entry.data['reveals'], revealedBy)) {
      const { index, sealed, event, place } = reveal;
      const places = sealedAt.get(sealed) ?? [];
      const at = index === undefined ? places[0] : places.find((candidate) => candidate.index === index);
      if (at === undefined) {
        throw refusal('reveal.mismatch', `entry ${revealedBy} reveals what was not sealed there before`, {
          revealedBy,
          sealed,
          ...(index === undefined ? {} : { index }),
        });
      }
      checkAt(reveal, at, revealedBy);
      const checked = { revealedBy, index: at.index, sealed, event };
      found.push(place ? { ...checked, place: { producer: place.producer, seq: place.seq } } : checked);
    }
  }
  return found;
}

function checkAt(reveal: ReadReveal, at: SealedAt, revealedBy: number): void {
  const { sealed, place } = reveal;
  const details = { revealedBy, sealed };
  try {
    checkReveal(reveal);
  } catch {
    throw refusal('reveal.mismatch', `entry ${revealedBy} reveals an event that was not sealed`, details);
  }
  if (place === undefined) return;
  try {
    checkPlace(at.place ?? '', place);
  } catch {
    throw refusal('reveal.mismatch', `entry ${revealedBy} reveals a place that was not sealed`, details);
  }
}

function readReveals(value: Json | undefined, revealedBy: number): ReadReveal[] {
  if (value === undefined) return [];
  const reveals = Array.isArray(value) ? (value as readonly Json[]).map(readReveal) : [undefined];
  return reveals.map((reveal) => {
    if (reveal !== undefined) return reveal;
    const message = `entry ${revealedBy}: reveals is a list of {index?, sealed, salt, event, place?}`;
    throw refusal('entry.malformed', message, { index: revealedBy });
  });
}

function readReveal(item: Json): ReadReveal | undefined {
  if (!isJsonObject(item)) return undefined;
  const { index, sealed, salt, event } = item;
  if (typeof sealed !== 'string' || typeof salt !== 'string' || !isJsonObject(event)) return undefined;
  if (index !== undefined && !(typeof index === 'number' && Number.isSafeInteger(index))) return undefined;
  const place = item['place'] === undefined ? undefined : readPlace(item['place']);
  if (place === null) return undefined;
  return {
    sealed,
    salt,
    event,
    ...(index === undefined ? {} : { index }),
    ...(place === undefined ? {} : { place }),
  };
}

function readPlace(value: Json): PlaceReveal | null {
  if (!isJsonObject(value)) return null;
  const { producer, seq, salt } = value;
  if (typeof producer !== 'string' || typeof seq !== 'number' || typeof salt !== 'string') return null;
  return { producer, seq, salt };
}
