import { instantSql } from '#database';

export const LAST_NUMBERS = 'SELECT producer, last_seq FROM producer_head';

/** Of each producer the first act that waits, where an earlier one is missing; order and limit keep to the index. */
const OPEN_GAPS = `
  SELECT producer, last_seq + 1 AS from_seq, first_seq - 1 AS to_seq
  FROM producer_head CROSS JOIN LATERAL (
    SELECT seq AS first_seq FROM waiting_act
    WHERE waiting_act.producer = producer_head.producer AND seq > last_seq ORDER BY seq LIMIT 1) AS first
  WHERE first_seq > last_seq + 1`;

export const FORGET_GAPS = `
  DELETE FROM producer_gap WHERE (producer, from_seq) NOT IN (SELECT producer, from_seq FROM (${OPEN_GAPS}) AS gap)`;

export const KEEP_GAPS = `
  INSERT INTO producer_gap (producer, from_seq) SELECT producer, from_seq FROM (${OPEN_GAPS}) AS gap
  ON CONFLICT DO NOTHING`;

export const GAPS = `
  SELECT producer, from_seq AS "from", to_seq AS "to", ${instantSql('since')} AS since,
    (extract(epoch FROM clock_timestamp() - since) * 1000)::bigint AS "lastsMs"
  FROM (${OPEN_GAPS}) AS gap JOIN producer_gap USING (producer, from_seq) ORDER BY producer`;

export const OPEN_ENTRIES = `
  SELECT index, entry FROM ledger_entry
  WHERE producer = $1 AND seq BETWEEN $2 AND $3 ORDER BY seq LIMIT $4`;

export const SEALED_ENTRIES = `
  SELECT index, entry FROM ledger_entry WHERE sealed = ANY($1) ORDER BY index`;

export const ROWS_AT = `
  SELECT index, leaf_sha256 AS "leafSha256", entry, type, at, tender_id AS "tenderId", producer, seq, sealed
  FROM ledger_entry WHERE index >= $1 AND index < $2 ORDER BY index`;

export const ROWS_BEYOND = `
  SELECT index FROM ledger_entry WHERE index >= (SELECT size FROM ledger_sequence) ORDER BY index LIMIT $1`;

export const REAL_NOW = `SELECT ${instantSql('clock_timestamp()')} AS now`;

export const KEEP_RUN = `
  INSERT INTO reconciliation (started_at, finished_at, rows, entries, differences) VALUES ($1, $2, $3, $4, $5)
  ON CONFLICT (only_row) DO UPDATE SET started_at = EXCLUDED.started_at, finished_at = EXCLUDED.finished_at,
    rows = EXCLUDED.rows, entries = EXCLUDED.entries, differences = EXCLUDED.differences`;

export const LAST_RUN = `
  SELECT ${instantSql('started_at')} AS "startedAt", ${instantSql('finished_at')} AS "finishedAt",
    rows, entries, differences
  FROM reconciliation`;
