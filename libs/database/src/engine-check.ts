import pg from 'pg';

export interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** Settings without which Postgres may lose what it acknowledged. */
const REQUIRED = ['fsync', 'synchronous_commit', 'full_page_writes'];

/** What is unsafe about a Postgres server as the platform's record. */
export async function checkPostgres(url: string): Promise<Finding[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query<{ name: string; setting: string }>(
      'SELECT name, setting FROM pg_settings WHERE name = ANY ($1) ORDER BY name',
      [REQUIRED],
    );
    return found.rows.map(({ name, setting }) => ({
      check: `postgres ${name}`,
      ok: setting !== 'off',
      detail: setting,
    }));
  } finally {
    await client.end();
  }
}
