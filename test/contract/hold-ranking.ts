import pg from 'pg';
import type { TestPlatform } from '../support/platform.js';

/**
 * Keeps the commercial evaluation of a tender from being written, and with it the tender at `commercial-opened`, which
 * otherwise lasts milliseconds. Returns what lets it go on.
 */
export async function holdRanking(platform: TestPlatform, tenderId: string): Promise<() => Promise<void>> {
  const holder = new pg.Client({ connectionString: platform.adminUrl() });
  await holder.connect();
  await holder.query('BEGIN');
  await holder.query('SELECT 1 FROM commercial_scoring.evaluation WHERE tender_id = $1 FOR UPDATE', [
    tenderId,
  ]);
  return () => holder.end();
}
