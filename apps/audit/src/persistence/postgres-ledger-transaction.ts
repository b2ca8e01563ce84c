import type { EventEnvelope } from '#contracts';
import { readClock, type Tx } from '#database';
import type { EnteredAct, LedgerHead, LedgerTransaction } from '../use-cases/ledger.port.js';
import { isSealedEntry } from '#ledger';

const BATCH_MAX = 256;

export class PostgresLedgerTransaction implements LedgerTransaction {
  constructor(private readonly tx: Tx) {}

  async clockFactor(): Promise<number> {
    return (await readClock((sql) => this.tx.query(sql))).factor;
  }

  async lockHead(): Promise<LedgerHead | undefined> {
    await this.tx.query(`SELECT pg_advisory_xact_lock(hashtext('ledger writer'))`);
    const [row] = await this.tx.query<{ size: string; root: string; checkpoint: string }>(
      'SELECT size, root, checkpoint FROM ledger_head FOR UPDATE',
    );
    return row ? { ...row, size: parseInt(row.size, 10) } : undefined;
  }

  async waiting(): Promise<EventEnvelope[]> {
    const rows = await this.tx.query<{ event: EventEnvelope }>(
      `SELECT event FROM waiting_act ORDER BY row_number() OVER (PARTITION BY producer ORDER BY seq) LIMIT $1`,
      [BATCH_MAX],
    );
    return rows.map(({ event }) => event);
  }

  async producerHeads(): Promise<Map<string, number>> {
    const rows = await this.tx.query<{ producer: string; last_seq: string }>('SELECT * FROM producer_head');
    return new Map(rows.map(({ producer, last_seq }) => [producer, parseInt(last_seq, 10)]));
  }

  async moveHead(from: number, head: LedgerHead): Promise<void> {
    const moved = await this.tx.query(
      `INSERT INTO ledger_head (size, root, checkpoint) VALUES ($1, $2, $3)
       ON CONFLICT (only_row) DO UPDATE SET size = $1, root = $2, checkpoint = $3 WHERE ledger_head.size = $4
       RETURNING size`,
      [head.size, head.root, head.checkpoint, from],
    );
    if (moved.length !== 1) throw new Error(`the ledger is not at ${from} entries any more`);
  }

  async addEntries(entries: readonly EnteredAct[]): Promise<void> {
    const values = entries.map(
      (_, i) => `($${i * 6 + 1}, $${i * 6 + 2}, $${i * 6 + 3}, $${i * 6 + 4}, $${i * 6 + 5}, $${i * 6 + 6})`,
    );
    const params = entries.flatMap(({ index, leafSha256, entry }) => {
      const open = isSealedEntry(entry) ? { type: null, tender: null, at: null } : entry;
      return [index, leafSha256, open.type, open.tender, open.at, JSON.stringify(entry)];
    });
    await this.tx.query(
      `INSERT INTO ledger_entry (index, leaf_sha256, type, tender_id, at, entry) VALUES ${values.join()}`,
      params,
    );
  }

  async removeWaiting(events: readonly EventEnvelope[]): Promise<void> {
    const highest = new Map<string, number>();
    for (const { producer, seq } of events) highest.set(producer, Math.max(seq, highest.get(producer) ?? 0));
    for (const [producer, seq] of highest) {
      await this.tx.query('DELETE FROM waiting_act WHERE producer = $1 AND seq <= $2', [producer, seq]);
      await this.tx.query(
        `INSERT INTO producer_head VALUES ($1, $2) ON CONFLICT (producer) DO UPDATE SET last_seq = $2`,
        [producer, seq],
      );
    }
  }
}
