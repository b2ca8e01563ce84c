import pg from 'pg';
import type { Instant } from '#kernel';
import { ReadTogether } from './read-together.js';

/** Two numbers: no other advisory lock of the platform is taken by a pair. */
const CLOCK_LOCK = '1399157619, 1';

/**
 * `platform.now()`: the time that decides every deadline. Real time, unless a demonstration clock is set: then
 * virtual time goes on from where it was, `factor` times as fast. It never steps back: a transaction
 * that has read the clock shares a lock, and a change of its speed waits for it, so nobody goes on by the old speed.
 */
export const CLOCK_SQL = `
  CREATE SCHEMA IF NOT EXISTS platform;
  CREATE TABLE IF NOT EXISTS platform.clock (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    factor integer NOT NULL CHECK (factor BETWEEN 1 AND 10000000),
    real_epoch timestamptz NOT NULL,
    virtual_epoch timestamptz NOT NULL
  );
  INSERT INTO platform.clock (factor, real_epoch, virtual_epoch)
    SELECT 1, at, at FROM (SELECT clock_timestamp() AS at) AS start
    ON CONFLICT DO NOTHING;
  CREATE OR REPLACE FUNCTION platform.now() RETURNS timestamptz
    LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = platform AS $$
      SELECT pg_advisory_xact_lock_shared(${CLOCK_LOCK});
      SELECT date_trunc('milliseconds', virtual_epoch + (clock_timestamp() - real_epoch) * factor) FROM platform.clock
    $$;
  CREATE OR REPLACE FUNCTION platform.clock_factor() RETURNS integer
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platform AS $$ SELECT factor FROM platform.clock $$;
  GRANT USAGE ON SCHEMA platform TO PUBLIC;
  REVOKE ALL ON platform.clock FROM PUBLIC;
`;

/** How SQL renders an instant: UTC, milliseconds, `Z`. */
export const instantSql = (expression: string): string =>
  `to_char(${expression} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * Sets how many times faster than real time the platform's clock runs, from 1, real speed, to ten million; the database
 * refuses others (23514). Waits for the transactions under way that have read the clock.
 */
export async function setDemonstrationClock(adminUrl: string, factor: number): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query(`SELECT pg_advisory_xact_lock(${CLOCK_LOCK})`);
    await client.query(
      `UPDATE platform.clock SET virtual_epoch = virtual_epoch + (at - real_epoch) * factor, real_epoch = at, factor = $1
       FROM (SELECT clock_timestamp() AS at) AS change WHERE factor <> $1`,
      [factor],
    );
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
}

/** The platform's time and how many times faster than real time it runs. */
export async function readClock(
  query: (sql: string) => Promise<unknown>,
): Promise<{ readonly now: Instant; readonly factor: number }> {
  const sql = `SELECT ${instantSql('platform.now()')} AS now, platform.clock_factor() AS factor`;
  const [row] = (await query(sql)) as [{ now: Instant; factor: number }];
  return row;
}

/** Gives the platform's time, read after it was asked for; all who ask while it is being read share the next reading. */
export function clockTogether(query: (sql: string) => Promise<unknown>): () => Promise<Instant> {
  const reads = new ReadTogether<'now', Instant>(
    async () => new Map([['now', (await readClock(query)).now] as const]),
  );
  return async () => (await reads.of('now'))!;
}
