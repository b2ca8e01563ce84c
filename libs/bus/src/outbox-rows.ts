import { invariant } from '#kernel';
import type { EventEnvelope } from '#contracts';
import { type NumberedRow, placeActs } from './place-acts.js';

/** The part of a database that the outbox needs; `bigint` columns may come as text. */
export interface SqlSource {
  query<T = Record<string, unknown>>(sql: string, params?: unknown[]): Promise<T[]>;
  /** Commits when `work` resolves, rolls back when it throws. */
  transaction<T>(work: (sql: SqlSource) => Promise<T>): Promise<T>;
}

/** Most events in one batch of the relay and in one answer of {@link replay}. */
export const REPLAY_MAX = 256;

interface OutboxRow {
  readonly id: string;
  readonly seq: string;
  readonly subject: string;
  readonly occurredAt: string;
  readonly actorId: string | null;
  readonly tenderId: string | null;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly data: Record<string, unknown>;
}

const COLUMNS = `event_id AS "id", seq::text AS "seq", subject,
  to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "occurredAt",
  actor_id AS "actorId", tender_id AS "tenderId", correlation_id AS "correlationId",
  causation_id AS "causationId", data`;

/**
 * Gives the next `seq` to at most {@link REPLAY_MAX} rows that have none, in order of `id`, and returns how many.
 * The head's lock makes concurrent relays of one service take turns, so numbers have no gap and no twin. Sealed acts
 * among them commit to their numbers ({@link placeActs}).
 */
export function assignSequence(sql: SqlSource, producer: string): Promise<number> {
  return sql.transaction(async (tx) => {
    const [head] = await tx.query<{ last: string }>(
      'SELECT last_seq::text AS "last" FROM outbox_head FOR UPDATE',
    );
    invariant(head, 'outbox_head has its one row');
    await tx.query(
      `UPDATE outbox SET seq = $1::bigint + due.place
         FROM (SELECT id, row_number() OVER (ORDER BY id) AS place
                 FROM (SELECT id FROM outbox WHERE seq IS NULL ORDER BY id LIMIT $2) AS next) AS due
        WHERE outbox.id = due.id`,
      [head.last, REPLAY_MAX],
    );
    const numbered = await tx.query<NumberedRow>(
      'SELECT id::text AS "id", seq::text AS "seq", subject FROM outbox WHERE seq > $1::bigint ORDER BY outbox.seq',
      [head.last],
    );
    if (numbered.length > 0) {
      await placeActs(tx, producer, numbered);
      await tx.query('UPDATE outbox_head SET last_seq = last_seq + $1::bigint', [numbered.length]);
    }
    return numbered.length;
  });
}

/** The next numbered events that have not left, at most {@link REPLAY_MAX}, in order of `seq`. */
export async function unsentEvents(sql: SqlSource, producer: string): Promise<EventEnvelope[]> {
  const rows = await sql.query<OutboxRow>(
    `SELECT ${COLUMNS} FROM outbox WHERE sent_at IS NULL AND seq IS NOT NULL ORDER BY outbox.seq LIMIT $1`,
    [REPLAY_MAX],
  );
  return rows.map((row) => toEvent(row, producer));
}

/** Notes that these events are safe with the bus. */
export async function markSent(sql: SqlSource, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql.query('UPDATE outbox SET sent_at = now() WHERE event_id = ANY($1::uuid[]) AND sent_at IS NULL', [
    ids,
  ]);
}

/** How far the clocks of broker and database may be apart, and a mark may follow its event. */
const MARK_MARGIN = '5 minutes';

/** What left before a bus began to keep events has to leave again: those that took it already know its ids. */
export async function resendBefore(sql: SqlSource, since: string): Promise<void> {
  await sql.query(
    `UPDATE outbox SET sent_at = NULL WHERE sent_at < $1::timestamptz + interval '${MARK_MARGIN}'`,
    [since],
  );
}

/** Whether any event, numbered or not, has still to leave. */
export async function hasUnsent(sql: SqlSource): Promise<boolean> {
  const rows = await sql.query('SELECT 1 FROM outbox WHERE sent_at IS NULL LIMIT 1');
  return rows.length > 0;
}

/**
 * For a consumer that found a gap in a producer's numbers: its events from `fromSeq` on, in order, whether they have
 * left or not, at most {@link REPLAY_MAX}; ask again from the last `seq` + 1. Empty when there is nothing more.
 */
export async function replay(sql: SqlSource, producer: string, fromSeq: number): Promise<EventEnvelope[]> {
  invariant(Number.isSafeInteger(fromSeq) && fromSeq >= 1, `no sequence number: ${fromSeq}`);
  const rows = await sql.query<OutboxRow>(
    `SELECT ${COLUMNS} FROM outbox WHERE outbox.seq >= $1::bigint ORDER BY outbox.seq LIMIT $2`,
    [fromSeq, REPLAY_MAX],
  );
  return rows.map((row) => toEvent(row, producer));
}

function toEvent(row: OutboxRow, producer: string): EventEnvelope {
  const seq = Number.parseInt(row.seq, 10);
  invariant(Number.isSafeInteger(seq), `sequence number beyond 2^53: ${row.seq}`);
  return {
    id: row.id,
    producer,
    seq,
    subject: row.subject,
    occurredAt: row.occurredAt,
    actorId: row.actorId,
    tenderId: row.tenderId,
    correlationId: row.correlationId,
    causationId: row.causationId,
    data: row.data,
  };
}
