import pg from 'pg';
import { CLOCK_SQL } from './platform-clock.js';

/** Schema and role of a service are called after it, with `_` for `-`. */
export const schemaName = (service: string): string => service.replaceAll('-', '_');
const roleName = (service: string, database: string): string => `${database}_${schemaName(service)}`;

const NAME = /^[a-z][a-z0-9_]{0,40}$/;

function requireName(name: string): string {
  if (!NAME.test(name)) throw new Error(`not a name for a database object: ${name}`);
  return name;
}

function atDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.toString();
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Makes the platform's database with its clock where it does not exist yet; returns the administrator's URL of it. */
export async function prepareDatabase(adminUrl: string, { database = 'sunseal' } = {}): Promise<string> {
  requireName(database);
  await withClient(adminUrl, async (client) => {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${database}`);
    await client.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
  });
  const url = atDatabase(adminUrl, database);
  await withClient(url, async (client) => {
    await client.query('REVOKE ALL ON SCHEMA public FROM PUBLIC');
    await client.query(CLOCK_SQL);
  });
  return url;
}

/** Removes the platform's database with everything in it; for demonstrations that begin anew. */
export async function dropDatabase(adminUrl: string, { database = 'sunseal' } = {}): Promise<void> {
  requireName(database);
  await withClient(adminUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`));
}

/**
 * A role and a schema for one service, and no right beyond them but to read the platform's clock. Harmless to repeat.
 * Returns the URL with which the service connects.
 */
export async function provisionService(
  databaseUrl: string,
  { service, password }: { service: string; password: string },
): Promise<string> {
  const database = requireName(new URL(databaseUrl).pathname.slice(1));
  const schema = requireName(schemaName(service));
  const role = requireName(roleName(service, database));
  await withClient(databaseUrl, async (client) => {
    const found = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [role]);
    const verb = found.rowCount === 0 ? 'CREATE' : 'ALTER';
    await client.query(
      `${verb} ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD ${client.escapeLiteral(password)}`,
    );
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema} AUTHORIZATION ${role}`);
    await client.query(`REVOKE ALL ON SCHEMA ${schema} FROM PUBLIC`);
    await client.query(`GRANT CONNECT ON DATABASE ${database} TO ${role}`);
    await client.query(`ALTER ROLE ${role} IN DATABASE ${database} SET search_path = ${schema}`);
  });
  const url = new URL(databaseUrl);
  url.username = role;
  url.password = password;
  return url.toString();
}
