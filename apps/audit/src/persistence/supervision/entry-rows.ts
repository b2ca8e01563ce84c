import type { Entry, JsonObject, Reveal } from '#ledger';
import type { SearchedRow } from '../../use-cases/supervision/entry-search.port.js';
import type { WatchedAct } from '../../domain/alarms/alarm-rule.js';

/** A row of `searched_entry` beside the one of `ledger_entry`. */
export interface FoundRow {
  readonly index: string;
  readonly leaf_sha256: string;
  readonly type: string | null;
  readonly at: string | null;
  readonly tender_id: string | null;
  readonly person_id: string | null;
  readonly region: string | null;
  readonly entry: string;
  readonly revealed_by: string | null;
  readonly reveal: Reveal | null;
}

export const FOUND_COLUMNS = `s.index, e.leaf_sha256, s.type, s.at, s.tender_id, s.person_id, s.region, e.entry,
  s.revealed_by, s.reveal`;

export const FOUND_FROM = 'FROM searched_entry s JOIN ledger_entry e ON e.index = s.index';

export const searchedRow = (row: FoundRow): SearchedRow => ({
  index: parseInt(row.index, 10),
  leafSha256: row.leaf_sha256,
  type: row.type,
  at: row.at,
  tenderId: row.tender_id,
  personId: row.person_id,
  region: row.region,
  entry: JSON.parse(row.entry) as Entry,
  revealedBy: row.revealed_by === null ? null : parseInt(row.revealed_by, 10),
  reveal: row.reveal,
});

/** As rules see it; undefined for what is sealed still. */
export function watchedAct(row: SearchedRow): WatchedAct | undefined {
  const { index, type, at, tenderId, personId, entry, reveal } = row;
  if (type === null || at === null) return undefined;
  if (!('sealed' in entry)) {
    const { producer, seq, data, clockFactor } = entry;
    const isDemonstration = clockFactor !== undefined;
    return { index, type, at, tenderId, personId, place: { producer, seq }, data, isDemonstration };
  }
  const data = reveal?.event['data'] as JsonObject | undefined;
  // A reveal does not say how fast the clock ran: its times are not judged.
  return data && { index, type, at, tenderId, personId, place: null, data, isDemonstration: true };
}
