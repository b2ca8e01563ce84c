import pg from 'pg';
import type { TestPlatform } from '../support/platform.js';

const SCHEMAS = ['tendering', 'registration', 'vault', 'technical_scoring', 'commercial_scoring'];
/** What a refusal itself may leave: its entry in the ledger, and the bookkeeping of its way there. */
const BOOKKEEPING = ['inbox', 'outbox', 'outbox_head', 'sealed_act', 'migrations'];

/** Who gave a false share stands in the record of the opening: what is left of such a refusal. */
const REFUSED_SHARES = String.raw`"+refused"+: \[[^]]*\]`;
/** A trustee of whom the record knows nothing else. */
const ABSENT = String.raw`,? ?\{"+given"+: 0, ${REFUSED_SHARES}, "+attendedAt"+: null, "+completedAt"+: null, "+trusteeIndex"+: \d+\}`;
/** The one table that holds such a record. To look for it in every row of all would take most of the time. */
const RECORDS = 'vault.opening';
const TOLD_IN_PUBLIC = `regexp_replace(regexp_replace(t::text, '${ABSENT}', '', 'g'), '${REFUSED_SHARES}', '', 'g')`;

/** Says whether anything that a service keeps has changed: one digest a table, read in one statement. */
export class KeptState {
  private constructor(
    private readonly client: pg.Client,
    private readonly sql: string,
  ) {}

  static async open(platform: TestPlatform): Promise<KeptState> {
    const client = new pg.Client({ connectionString: platform.adminUrl() });
    await client.connect();
    const { rows } = await client.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname = ANY ($1) AND NOT tablename = ANY ($2) ORDER BY 1`,
      [SCHEMAS, BOOKKEEPING],
    );
    const parts = rows.map(
      ({ name }) =>
        `SELECT '${name} ' || count(*) || ' ' || coalesce(md5(string_agg(row, '' ORDER BY row COLLATE "C")), '') AS line
         FROM (SELECT md5(${name === RECORDS ? TOLD_IN_PUBLIC : 't::text'}) AS row FROM ${name} AS t) AS rows`,
    );
    return new KeptState(client, parts.join(' UNION ALL '));
  }

  async read(): Promise<string> {
    const { rows } = await this.client.query<{ line: string }>(this.sql);
    return rows
      .map(({ line }) => line)
      .sort()
      .join('\n');
  }

  close(): Promise<void> {
    return this.client.end();
  }
}
