import type { InputOf } from '../api/call.js';
import { fromCentreTime } from '../ui/centre-time.js';

export type EntryQuery = Omit<InputOf<'listEntries'>, 'after' | 'limit'>;
const NAMES = ['tenderId', 'organisationId', 'personId', 'type', 'regionCode'] as const;
const TIMES = ['from', 'to'] as const;

/** What a filled-in search asks for; empty fields ask for nothing. Times are the centre's. */
export function readEntryQuery(form: FormData): EntryQuery {
  const said = NAMES.map((name) => [name, String(form.get(name) ?? '').trim()]);
  const times = TIMES.map((name) => [name, fromCentreTime(String(form.get(name) ?? ''))]);
  return Object.fromEntries([...said, ...times].filter(([, value]) => value)) as EntryQuery;
}
