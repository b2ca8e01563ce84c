import type { Uuid } from '#kernel';
import { asRows, type ServiceDatabase, transact, type Tx } from '#database';
import { checkReveal, type Entry, type Reveal } from '#ledger';
import { systemCall } from '#service';
import type { FoundAlarm } from '../../domain/alarms/alarm-rule.js';
import { revealMismatch } from '../../domain/alarms/reveal-mismatch.js';
import {
  type EntrySubject,
  revealsOf,
  searchedEntry,
  searchedReveal,
} from '../../domain/supervision/searched-entry.js';
import {
  type EntryFilter,
  EntrySearch,
  type KnownTender,
  type SearchedRow,
} from '../../use-cases/supervision/entry-search.port.js';
import { FOUND_COLUMNS, FOUND_FROM, type FoundRow, searchedRow } from './entry-rows.js';
import { entryConditions } from './filter-sql.js';
import { raise } from './raise-alarms.js';
import * as sql from './search-sql.js';

interface Taken {
  readonly index: number;
  readonly entry: Entry;
}

interface TakenReveal {
  readonly revealedBy: number;
  readonly producer: string;
  readonly reveal: Reveal;
}

/** The search in tables of its own, filled behind the head so that entering acts waits for nothing here. */
export class PostgresEntrySearch extends EntrySearch {
  constructor(private readonly database: ServiceDatabase) {
    super();
  }

  advance(limit: number): Promise<number> {
    return transact(this.database, systemCall('search-entries'), async (tx) => {
      const [cursor] = await tx.query<{ next_index: string }>(sql.LOCK_CURSOR, ['search']);
      const next = parseInt(cursor!.next_index, 10);
      const rows = await tx.query<{ index: string; entry: string }>(sql.UNSEARCHED, [next, limit]);
      if (rows.length === 0) return 0;
      const taken = rows.map(({ index, entry }) => ({
        index: parseInt(index, 10),
        entry: JSON.parse(entry) as Entry,
      }));
      await takeTenders(tx, taken);
      await takeEntries(tx, taken);
      const wrong = await takeReveals(tx, taken);
      await raise(tx, () => this.database.newEventId(), wrong);
      await tx.query(sql.MOVE_CURSOR, ['search', next + rows.length]);
      return rows.length;
    });
  }

  async searchedTo(): Promise<number> {
    const [row] = await this.query<{ next_index: string }>(
      `SELECT next_index FROM supervision_cursor WHERE name = 'search'`,
    );
    return parseInt(row!.next_index, 10);
  }

  async find(filter: EntryFilter, afterIndex: number, limit: number): Promise<SearchedRow[]> {
    const conditions = entryConditions(filter);
    conditions.add('s.index > ?', afterIndex);
    const rows = await this.query<FoundRow>(
      `SELECT ${FOUND_COLUMNS} ${FOUND_FROM} WHERE ${conditions} ORDER BY s.index LIMIT ${conditions.place(limit)}`,
      conditions.values,
    );
    return rows.map(searchedRow);
  }

  async count(filter: EntryFilter, max: number): Promise<number> {
    const conditions = entryConditions(filter);
    const [row] = await this.query<{ count: string }>(
      `SELECT count(*) AS count FROM (
         SELECT FROM searched_entry s WHERE ${conditions} LIMIT ${conditions.place(max)}) AS counted`,
      conditions.values,
    );
    return parseInt(row!.count, 10);
  }

  async countSealed(): Promise<number> {
    const [row] = await this.query<{ count: string }>(sql.COUNT_SEALED);
    return parseInt(row!.count, 10);
  }

  async tenders(tenderIds: readonly Uuid[]): Promise<KnownTender[]> {
    const rows = await this.query<Omit<KnownTender, 'tenderId'> & { tender_id: Uuid }>(sql.TENDERS, [
      [...tenderIds],
    ]);
    return rows.map(({ tender_id: tenderId, region, title }) => ({ tenderId, region, title }));
  }

  private async query<T>(text: string, params: readonly unknown[] = []): Promise<T[]> {
    return asRows<T>(await this.database.dataSource.query(text, [...params]));
  }
}

async function takeTenders(tx: Tx, taken: readonly Taken[]): Promise<void> {
  const tenders = taken.flatMap(({ entry }) =>
    'sealed' in entry || entry.type !== 'tendering.tender-published' || entry.tender === null
      ? []
      : [
          {
            tender_id: entry.tender,
            region: entry.data['regionCode'] ?? entry.region,
            title: entry.data['title'],
          },
        ],
  );
  if (tenders.length === 0) return;
  await tx.query(sql.TAKE_TENDERS, [JSON.stringify(tenders)]);
  await tx.query(sql.PLACE_EARLIER, [tenders.map(({ tender_id }) => tender_id)]);
}

const subjectRows = (index: number, subjects: readonly EntrySubject[]) =>
  subjects.map(({ kind, id }) => ({ kind, subject_id: id, index }));

async function takeEntries(tx: Tx, taken: readonly Taken[]): Promise<void> {
  const rows = taken.map(({ index, entry }) => {
    const found = searchedEntry(entry);
    if ('sealed' in entry || found === undefined)
      return { row: { index, sealed: 'sealed' in entry ? entry.sealed : null }, subjects: [] };
    const { type, at, tenderId, personId, subjects } = found;
    const row = { index, type, at, tender_id: tenderId, person_id: personId, region: entry.region };
    return { row, subjects: subjectRows(index, subjects) };
  });
  await tx.query(sql.TAKE_ENTRIES, [JSON.stringify(rows.map(({ row }) => row))]);
  await tx.query(sql.TAKE_SUBJECTS, [JSON.stringify(rows.flatMap(({ subjects }) => subjects))]);
}

const isTrue = (reveal: Reveal): boolean => {
  try {
    checkReveal(reveal);
    return true;
  } catch {
    return false;
  }
};

/** Gives the alarms about those that open nothing. */
async function takeReveals(tx: Tx, taken: readonly Taken[]): Promise<FoundAlarm[]> {
  const reveals = taken.flatMap(({ index, entry }): TakenReveal[] =>
    'sealed' in entry
      ? []
      : revealsOf(entry).map((reveal) => ({ revealedBy: index, producer: entry.producer, reveal })),
  );
  if (reveals.length === 0) return [];
  const good = reveals.filter(({ reveal }) => isTrue(reveal));
  const rows = good.map(({ revealedBy, producer, reveal }) => {
    const found = searchedReveal(producer, reveal);
    const { type = null, at = null, tenderId = null, personId = null } = found ?? {};
    return {
      sealed: reveal.sealed,
      revealed_by: revealedBy,
      reveal,
      type,
      at,
      tender_id: tenderId,
      person_id: personId,
    };
  });
  const placed = await tx.query<{ index: string; sealed: string }>(sql.TAKE_REVEALS, [JSON.stringify(rows)]);
  const placeOf = new Map(placed.map(({ index, sealed }) => [sealed, parseInt(index, 10)]));
  const subjects = good.flatMap(({ producer, reveal }) => {
    const place = placeOf.get(reveal.sealed);
    return place === undefined ? [] : subjectRows(place, searchedReveal(producer, reveal)?.subjects ?? []);
  });
  await tx.query(sql.TAKE_SUBJECTS, [JSON.stringify(subjects)]);
  const wrong = reveals.filter(({ reveal }) => !placeOf.has(reveal.sealed));
  return wrong.map(({ revealedBy, reveal }) => {
    const what = good.some((one) => one.reveal === reveal) ? 'unknown-commitment' : 'other-event';
    const tenderId = typeof reveal.event['tender'] === 'string' ? reveal.event['tender'] : null;
    return revealMismatch(revealedBy, reveal.sealed, tenderId, what);
  });
}
