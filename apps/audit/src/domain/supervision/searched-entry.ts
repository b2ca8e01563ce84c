import type { Instant, Json, Uuid } from '#kernel';
import { type Entry, isSealedEntry, type JsonObject, type Reveal } from '#ledger';

/** Whom an entry names beside its actor. */
export interface EntrySubject {
  readonly kind: 'person' | 'organisation';
  readonly id: Uuid;
}

/** What an entry, or the reveal of one, is found by. */
export interface SearchedEntry {
  readonly type: string;
  readonly at: Instant;
  readonly tenderId: Uuid | null;
  readonly personId: Uuid | null;
  readonly subjects: readonly EntrySubject[];
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Members of an act's data that hold ids, by what they are ids of; lists of ids have the same names in plural. */
const KINDS: ReadonlyMap<string, EntrySubject['kind']> = new Map([
  ['personId', 'person'],
  ['personIds', 'person'],
  ['actor', 'person'],
  ['expert', 'person'],
  ['expertId', 'person'],
  ['expertIds', 'person'],
  ['organisationId', 'organisation'],
  ['organisationIds', 'organisation'],
]);

/** Subjects of one entry that are kept for the search; an entry of 64 KiB holds fewer than twice as many ids. */
export const SUBJECTS_MAX = 1_000;

function collect(
  value: Json | undefined,
  kind: EntrySubject['kind'] | undefined,
  into: Map<string, EntrySubject>,
) {
  if (into.size >= SUBJECTS_MAX) return;
  if (typeof value === 'string') {
    if (kind && UUID.test(value)) into.set(`${kind} ${value}`, { kind, id: value });
  } else if (Array.isArray(value)) {
    for (const item of value as readonly Json[]) collect(item, kind, into);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value as JsonObject)) {
      // What a reveal shows is found at the place of the act that was sealed.
      if (name !== 'reveals') collect(member, KINDS.get(name), into);
    }
  }
}

/** Everybody that the data of an act names by id, each once, at most {@link SUBJECTS_MAX}. */
export function subjectsOf(data: JsonObject, personId: Uuid | null): EntrySubject[] {
  const found = new Map<string, EntrySubject>();
  if (personId !== null && UUID.test(personId)) collect(personId, 'person', found);
  collect(data, undefined, found);
  return [...found.values()];
}

/** Undefined for a commitment: it is found by nothing until it is revealed. */
export function searchedEntry(entry: Entry): SearchedEntry | undefined {
  if (isSealedEntry(entry)) return undefined;
  const { type, at, tender, actor, data } = entry;
  return { type, at, tenderId: tender, personId: actor, subjects: subjectsOf(data, actor) };
}

const textOf = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);
const idOf = (value: Json | undefined): Uuid | null =>
  typeof value === 'string' && UUID.test(value) ? value : null;

/**
 * What a revealed act is found by. Its type has no service in it: the one that reveals is the one that sealed.
 * Undefined where the event has not the members of an act.
 */
export function searchedReveal(producer: string, { event }: Reveal): SearchedEntry | undefined {
  const [type, at] = [textOf(event['type']), textOf(event['at'])];
  const data = event['data'];
  if (type === null || at === null || typeof data !== 'object' || data === null || Array.isArray(data))
    return undefined;
  const personId = idOf(event['actor']);
  return {
    type: `${producer}.${type}`,
    at,
    tenderId: idOf(event['tender']),
    personId,
    subjects: subjectsOf(data as JsonObject, personId),
  };
}

/** The reveals that an entry holds; those of another shape are passed over. */
export function revealsOf(entry: Entry): Reveal[] {
  if (isSealedEntry(entry) || !entry.type.endsWith('.acts-revealed')) return [];
  const { reveals } = entry.data;
  if (!Array.isArray(reveals)) return [];
  return (reveals as readonly Json[]).flatMap((reveal) => {
    if (typeof reveal !== 'object' || reveal === null || Array.isArray(reveal)) return [];
    const { sealed, salt, event } = reveal as JsonObject;
    const isWhole = typeof sealed === 'string' && typeof salt === 'string' && typeof event === 'object';
    return isWhole ? [{ sealed, salt, event: event as JsonObject }] : [];
  });
}
