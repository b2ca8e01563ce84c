import type { EventEnvelope } from '#contracts';
import { type ServiceDatabase, takeOnce, transact } from '#database';
import type { Entry } from '#ledger';
import { systemCall } from '#service';
import {
  type FoundEntry,
  type LedgerHead,
  LedgerRows,
  type LedgerTransaction,
} from '../use-cases/ledger.port.js';
import { PostgresLedgerTransaction } from './postgres-ledger-transaction.js';

interface EntryRow {
  readonly index: string;
  readonly leaf_sha256: string;
  readonly type: string | null;
  readonly at: string | null;
  readonly tender_id: string | null;
  readonly entry: Entry;
}

/** Plain SQL: entries come in batches of hundreds, where an ORM's row by row would be the slowest part. */
export class PostgresLedgerRows extends LedgerRows {
  constructor(private readonly database: ServiceDatabase) {
    super();
  }

  transact<T>(work: (tx: LedgerTransaction) => Promise<T>): Promise<T> {
    return transact(this.database, systemCall('write-ledger'), (tx) =>
      work(new PostgresLedgerTransaction(tx)),
    );
  }

  async keepWaiting(event: EventEnvelope): Promise<void> {
    await takeOnce(this.database, 'audit', event, async (tx) => {
      await tx.query('INSERT INTO waiting_act VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
        event.producer,
        event.seq,
        JSON.stringify(event),
      ]);
    });
  }

  async head(): Promise<LedgerHead | undefined> {
    const [row] = await this.query<{ size: string; root: string; checkpoint: string }>(
      'SELECT size, root, checkpoint FROM ledger_head',
    );
    return row ? { ...row, size: parseInt(row.size, 10) } : undefined;
  }

  async findByLeaf(leafSha256: string): Promise<FoundEntry | undefined> {
    const [row] = await this.query<EntryRow>(
      'SELECT * FROM ledger_entry WHERE leaf_sha256 = $1 ORDER BY index LIMIT 1',
      [leafSha256],
    );
    return row ? found(row) : undefined;
  }

  async list(filter: { tenderId: string | null; afterIndex: number; limit: number }): Promise<FoundEntry[]> {
    const rows = await this.query<EntryRow>(
      `SELECT * FROM ledger_entry WHERE index > $1 AND ($2::uuid IS NULL OR tender_id = $2) ORDER BY index LIMIT $3`,
      [filter.afterIndex, filter.tenderId, filter.limit],
    );
    return rows.map(found);
  }

  private query<T>(sql: string, params: unknown[] = []): Promise<T[]> {
    return this.database.dataSource.query<T[]>(sql, params);
  }
}

const found = ({ index, leaf_sha256, tender_id, type, at, entry }: EntryRow): FoundEntry => ({
  index: parseInt(index, 10),
  leafSha256: leaf_sha256,
  tenderId: tender_id,
  type,
  at,
  entry,
});
