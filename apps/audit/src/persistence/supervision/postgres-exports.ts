import { DomainError, type Instant, type Uuid } from '#kernel';
import { exportMade, exportRequested } from '#contracts';
import { asRows, readClock, type ServiceDatabase, transact } from '#database';
import type { Call } from '#service';
import { type ExportOrder, type ExportRow, Exports } from '../../use-cases/supervision/exports.port.js';

interface Row {
  readonly export_id: Uuid;
  readonly person_id: Uuid;
  readonly wanted: ExportRow['wanted'];
  readonly scope: ExportRow['scope'];
  readonly searched_to: string;
  readonly state: ExportRow['state'];
  readonly requested_at: Instant;
  readonly attempts: number;
  readonly file: ExportRow['file'];
  readonly signed: ExportRow['signed'];
  readonly code: string | null;
}

/** One order of a person at a time, so that the limit of those that wait holds. */
const WAITING = `
  SELECT count(*) AS count FROM supervision_export WHERE person_id = $1 AND state = 'waiting'`;

const REQUEST = `
  INSERT INTO supervision_export (export_id, person_id, wanted, scope, searched_to, requested_at)
  VALUES ($1, $2, $3, $4, $5, $6) RETURNING *`;

const TAKE_NEXT = `
  UPDATE supervision_export e
  SET due_at = clock_timestamp() + $1 * interval '1 millisecond', attempts = e.attempts + 1
  WHERE export_id = (
    SELECT export_id FROM supervision_export WHERE state = 'waiting' AND due_at <= clock_timestamp()
    ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING *`;

export class PostgresExports extends Exports {
  constructor(private readonly database: ServiceDatabase) {
    super();
  }

  request(
    call: Call,
    order: Omit<ExportOrder, 'exportId' | 'requestedAt'> & { readonly filterSha256: string },
    waitingMax: number,
  ): Promise<ExportRow> {
    const { personId, wanted, scope, searchedTo, filterSha256 } = order;
    const exportId = this.database.newEventId();
    return transact(this.database, call, async (tx) => {
      await tx.query(`SELECT pg_advisory_xact_lock(hashtext('supervision_export ' || $1))`, [personId]);
      const [waiting] = await tx.query<{ count: string }>(WAITING, [personId]);
      if (parseInt(waiting!.count, 10) >= waitingMax)
        throw new DomainError('export.too-many', `At most ${waitingMax} exports of one person wait.`, {
          waitingMax,
        });
      const [row] = await tx.query<Row>(REQUEST, [
        exportId,
        personId,
        JSON.stringify(wanted),
        JSON.stringify(scope),
        searchedTo,
        tx.now,
      ]);
      const { kind, format } = wanted;
      const data = { exportId, kind, format, filterSha256 };
      await tx.emit({ subject: exportRequested.subject, tenderId: wanted.tenderId ?? null, data });
      return exportRow(row!);
    });
  }

  async find(exportId: Uuid, personId: Uuid): Promise<ExportRow | undefined> {
    const [row] = await this.query<Row>(
      'SELECT * FROM supervision_export WHERE export_id = $1 AND person_id = $2',
      [exportId, personId],
    );
    return row && exportRow(row);
  }

  async takeNext(leaseMs: number): Promise<ExportRow | undefined> {
    const [row] = await this.query<Row>(TAKE_NEXT, [leaseMs]);
    return row && exportRow(row);
  }

  keep(
    call: Call,
    exportId: Uuid,
    file: NonNullable<ExportRow['file']>,
    signed: NonNullable<ExportRow['signed']>,
  ): Promise<void> {
    return transact(this.database, call, async (tx) => {
      const kept = await tx.query(
        `UPDATE supervision_export SET state = 'ready', file = $2, signed = $3
         WHERE export_id = $1 AND state = 'waiting' RETURNING export_id`,
        [exportId, JSON.stringify(file), JSON.stringify(signed)],
      );
      const { sha256, rows } = file;
      if (kept.length > 0)
        await tx.emit({ subject: exportMade.subject, tenderId: null, data: { exportId, sha256, rows } });
    });
  }

  async putBack(exportId: Uuid, afterMs: number): Promise<void> {
    await this.query(
      `UPDATE supervision_export SET due_at = clock_timestamp() + $2 * interval '1 millisecond'
       WHERE export_id = $1 AND state = 'waiting'`,
      [exportId, afterMs],
    );
  }

  async fail(exportId: Uuid, code: string): Promise<void> {
    await this.query(
      `UPDATE supervision_export SET state = 'failed', code = $2 WHERE export_id = $1 AND state = 'waiting'`,
      [exportId, code],
    );
  }

  async now(): Promise<Instant> {
    return (await readClock((text) => this.query(text))).now;
  }

  private async query<T>(text: string, params: readonly unknown[] = []): Promise<T[]> {
    return asRows<T>(await this.database.dataSource.query(text, [...params]));
  }
}

const exportRow = (row: Row): ExportRow => ({
  exportId: row.export_id,
  personId: row.person_id,
  wanted: row.wanted,
  scope: row.scope,
  searchedTo: parseInt(row.searched_to, 10),
  state: row.state,
  requestedAt: row.requested_at,
  attempts: row.attempts,
  file: row.file,
  signed: row.signed,
  code: row.code,
});
