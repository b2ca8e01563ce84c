import { type Instant, jcs } from '#kernel';
import { alarmRaised } from '#contracts';
import { asRows, type ServiceDatabase, transact } from '#database';
import type { Entry } from '#ledger';
import { systemCall } from '#service';
import type { EntryAt } from '../domain/act-differences.js';
import {
  type Alarm,
  ComparedRows,
  type EntryRow,
  type Gap,
  type Run,
} from '../use-cases/completeness/compared.port.js';
import * as sql from './compared-sql.js';

interface Placed {
  readonly index: string;
  readonly entry: string;
}

const entryAt = ({ index, entry }: Placed): EntryAt => ({
  index: parseInt(index, 10),
  entry: JSON.parse(entry) as Entry,
});

/** Rows of before places were fixed first hold another form of the same. What is no JSON is shown as it is. */
function canonical(entry: string): string {
  try {
    return jcs(JSON.parse(entry));
  } catch {
    return entry;
  }
}

/** Figures of the database come as text. */
const numbersIn = <T extends object>(row: T, names: readonly (keyof T)[]): T => ({
  ...row,
  ...Object.fromEntries(names.map((name) => [name, parseInt(String(row[name]), 10)])),
});

export class PostgresCompared extends ComparedRows {
  constructor(private readonly database: ServiceDatabase) {
    super();
  }

  async lastNumbers(): Promise<Map<string, number>> {
    const rows = await this.query<{ producer: string; last_seq: string }>(sql.LAST_NUMBERS);
    return new Map(rows.map(({ producer, last_seq }) => [producer, parseInt(last_seq, 10)]));
  }

  async gaps(): Promise<Gap[]> {
    await this.query(sql.FORGET_GAPS);
    await this.query(sql.KEEP_GAPS);
    return (await this.query<Gap>(sql.GAPS)).map((row) => numbersIn(row, ['from', 'to', 'lastsMs']));
  }

  async openEntries(range: {
    producer: string;
    from: number;
    to: number;
    limit: number;
  }): Promise<EntryAt[]> {
    const { producer, from, to, limit } = range;
    return (await this.query<Placed>(sql.OPEN_ENTRIES, [producer, from, to, limit])).map(entryAt);
  }

  async sealedEntries(sealed: readonly string[]): Promise<EntryAt[]> {
    if (sealed.length === 0) return [];
    return (await this.query<Placed>(sql.SEALED_ENTRIES, [sealed])).map(entryAt);
  }

  async rowsAt(from: number, to: number): Promise<EntryRow[]> {
    const rows = await this.query<
      Omit<EntryRow, 'index' | 'seq'> & { readonly index: string; readonly seq: string | null }
    >(sql.ROWS_AT, [from, to]);
    return rows.map(({ index, seq, entry, ...row }) => ({
      ...row,
      index: parseInt(index, 10),
      seq: seq === null ? null : parseInt(seq, 10),
      entry: canonical(entry),
    }));
  }

  async rowsBeyond(limit: number): Promise<number[]> {
    return (await this.query<{ index: string }>(sql.ROWS_BEYOND, [limit])).map(({ index }) =>
      parseInt(index, 10),
    );
  }

  async realNow(): Promise<Instant> {
    return (await this.query<{ now: Instant }>(sql.REAL_NOW))[0]!.now;
  }

  async keepRun({ startedAt, finishedAt, rows, entries, differences }: Run): Promise<void> {
    await this.query(sql.KEEP_RUN, [startedAt, finishedAt, rows, entries, differences]);
  }

  async lastRun(): Promise<Run | null> {
    const [row] = await this.query<Run>(sql.LAST_RUN);
    return row ? numbersIn(row, ['rows', 'entries', 'differences']) : null;
  }

  async raise(key: string, alarm: Alarm): Promise<void> {
    const call = { ...systemCall('raise-alarm'), idempotencyKey: key, body: { key } };
    const event = { subject: alarmRaised.subject, tenderId: null, data: { ...alarm } };
    await transact(this.database, call, (tx) => tx.emit(event));
  }

  private async query<T>(text: string, params: unknown[] = []): Promise<T[]> {
    return asRows<T>(await this.database.dataSource.query(text, params));
  }
}
