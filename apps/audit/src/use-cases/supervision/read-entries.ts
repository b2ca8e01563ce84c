import { inParts } from '#kernel';
import {
  type beginFeed as beginFeedContract,
  LIMITS,
  type listEntries,
  type readFeed,
  type RequestOf,
  type ResponseOf,
  type SupervisedEntry,
  type RegionScope,
} from '#contracts';
import type { JsonObject } from '#ledger';
import { subjectsOf } from '../../domain/supervision/searched-entry.js';
import type { SearchedRow } from './entry-search.port.js';
import { catchUp } from './follow-ledger.js';
import { namesOf } from './names.js';
import type { SupervisionPorts } from './supervision-ports.js';

/** Entries may have 64 KiB each; a page of them, with what beside, stays below a message. */
export const PAGE_BYTES_MAX = 640 * 1024;

export const supervised = (row: SearchedRow): SupervisedEntry => ({
  index: row.index,
  type: row.type,
  at: row.at,
  tenderId: row.tenderId,
  personId: row.personId,
  regionCode: row.region,
  entry: { ...row.entry },
  reveal:
    row.revealedBy === null || row.reveal === null
      ? null
      : { index: row.revealedBy, salt: row.reveal.salt, event: { ...row.reveal.event } },
});

/** Whom a row names: in the open, or in its reveal. */
export const subjectsOfRow = ({ entry, reveal, personId }: SearchedRow) =>
  'sealed' in entry
    ? subjectsOf((reveal?.event['data'] ?? {}) as JsonObject, personId)
    : subjectsOf(entry.data, personId);

/** As many rows as one answer holds, and where to go on; null where there is no more. */
export function pageOf(
  rows: readonly SearchedRow[],
  limit: number,
): { readonly shown: readonly SearchedRow[]; readonly next: string | null } {
  const shown = inParts(rows, { itemsMax: limit, bytesMax: PAGE_BYTES_MAX })[0]!;
  const isMore = shown.length < rows.length || rows.length === limit;
  return { shown, next: isMore && shown.length > 0 ? String(shown.at(-1)!.index) : null };
}

export const counted = (found: number): { found: number; isExact: boolean } => ({
  found: Math.min(found, LIMITS.countedMax),
  isExact: found <= LIMITS.countedMax,
});

/** Entries of the scope by filter; what the head covers is found at once unless the search is far behind. */
export async function list(
  ports: SupervisionPorts,
  scope: RegionScope,
  { after, limit, ...filter }: RequestOf<typeof listEntries>,
): Promise<ResponseOf<typeof listEntries>> {
  const { search } = ports;
  await catchUp(search);
  const searchedTo = await search.searchedTo();
  const wanted = { ...filter, scope };
  const rows = await search.find(wanted, after === undefined ? -1 : parseInt(after, 10), limit);
  const { shown, next } = pageOf(rows, limit);
  const tenders = await search.tenders([...new Set(shown.flatMap(({ tenderId }) => tenderId ?? []))]);
  return {
    items: shown.map(supervised),
    next,
    count: counted(await search.count(wanted, LIMITS.countedMax + 1)),
    searchedTo,
    names: await namesOf(ports, shown.flatMap(subjectsOfRow)),
    tenders: Object.fromEntries(
      tenders.flatMap(({ tenderId, title }) => (title === null ? [] : [[tenderId, title]])),
    ),
  };
}

/** Where the ledger stands for one who begins to follow it. */
export async function beginFeed({ search }: SupervisionPorts): Promise<ResponseOf<typeof beginFeedContract>> {
  await catchUp(search);
  const searchedTo = await search.searchedTo();
  return { lookedTo: searchedTo === 0 ? null : searchedTo - 1 };
}

/** What came after an index. */
export async function feed(
  { search }: SupervisionPorts,
  scope: RegionScope,
  { after, limit }: RequestOf<typeof readFeed>,
): Promise<ResponseOf<typeof readFeed>> {
  await catchUp(search);
  // Read before the rows: what is taken meanwhile is looked at the next time.
  const last = (await search.searchedTo()) - 1;
  const rows = await search.find({ scope }, after, limit);
  const { shown, next } = pageOf(rows, limit);
  const lookedTo = next === null ? Math.max(last, after, shown.at(-1)?.index ?? -1) : shown.at(-1)!.index;
  return { items: shown.map(supervised), lookedTo, isMore: next !== null };
}
