import type { TestPlatform } from '../support/platform.js';

const SCHEMAS = ['tendering', 'registration', 'vault', 'technical_scoring', 'commercial_scoring'];
/** What a refusal itself may leave: its entry in the ledger, and the bookkeeping of its way there. */
const BOOKKEEPING = ['inbox', 'outbox', 'outbox_head', 'sealed_act', 'migrations'];

/** Says whether anything that a service keeps has changed: one digest a table, read in one statement. */
export class KeptState {
  private sql: string | undefined;

  constructor(private readonly platform: TestPlatform) {}

  async read(): Promise<string> {
    this.sql ??= await this.statement();
    const rows = await this.platform.query<{ line: string }>(this.sql);
    return rows.map(({ line }) => line).join('\n');
  }

  private async statement(): Promise<string> {
    const tables = await this.platform.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname = ANY ($1) AND NOT tablename = ANY ($2) ORDER BY 1`,
      [SCHEMAS, BOOKKEEPING],
    );
    const parts = tables.map(
      ({ name }) =>
        `SELECT '${name} ' || count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS line
         FROM ${name} AS t`,
    );
    return parts.join(' UNION ALL ');
  }
}
