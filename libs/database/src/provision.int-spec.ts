import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { type TestDatabase, testDatabase } from '../../../test/support/postgres.js';
import { createServiceDataSource } from './data-source.js';
import { checkPostgres } from './engine-check.js';
import { prepareDatabase, provisionService } from './provision.js';

let test: TestDatabase;
const clients: pg.Client[] = [];

beforeAll(async () => {
  test = await testDatabase();
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.end()));
  await test?.close();
});

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  clients.push(client);
  return client;
}

describe('the role of a service', () => {
  let vaultUrl: string;
  let vault: pg.Client;
  let tendering: pg.Client;

  beforeAll(async () => {
    vaultUrl = await test.serviceUrl('vault');
    vault = await connect(vaultUrl);
    tendering = await connect(await test.serviceUrl('technical-scoring'));
    await vault.query('CREATE TABLE secret (bid text)');
    await vault.query(`INSERT INTO secret VALUES ('1.00')`);
  });

  it('works in its own schema without naming it', async () => {
    const { rows } = await vault.query('SELECT current_schema() AS schema, bid FROM secret');
    expect(rows).toEqual([{ schema: 'vault', bid: '1.00' }]);
  });

  it.each([
    ['read a table of another service', 'SELECT * FROM vault.secret'],
    ['write a table of another service', `INSERT INTO vault.secret VALUES ('2.00')`],
    ['drop a table of another service', 'DROP TABLE vault.secret'],
    ['make a table in another service’s schema', 'CREATE TABLE vault.mine (a text)'],
    ['make a table in the public schema', 'CREATE TABLE public.mine (a text)'],
    ['make a schema', 'CREATE SCHEMA mine'],
    ['make a temporary table', 'CREATE TEMPORARY TABLE mine (a text)'],
    ['make a role', 'CREATE ROLE mine'],
    ['make a database', 'CREATE DATABASE mine'],
    ['become the administrator', 'SET ROLE sunseal_admin'],
    ['read the clock’s row', 'SELECT * FROM platform.clock'],
    ['set the clock', 'UPDATE platform.clock SET factor = 2'],
    [
      'replace the clock',
      `CREATE OR REPLACE FUNCTION platform.now() RETURNS timestamptz LANGUAGE sql AS 'SELECT now()'`,
    ],
    ['read a file of the server', `SELECT pg_read_file('/etc/passwd')`],
    ['run a program on the server', `COPY (SELECT 1) TO PROGRAM 'true'`],
  ])('cannot %s', async (_what, sql) => {
    await expect(tendering.query(sql)).rejects.toMatchObject({
      code: expect.stringMatching(/^42(501|704|883)$|^22023$/),
    });
  });

  it('is not an administrator', async () => {
    const { rows } = await tendering.query(
      'SELECT rolsuper, rolcreatedb, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = current_user',
    );
    expect(rows).toEqual([
      { rolsuper: false, rolcreatedb: false, rolcreaterole: false, rolbypassrls: false },
    ]);
  });

  it('can read the platform’s clock', async () => {
    const { rows } = await tendering.query(
      'SELECT platform.now() IS NOT NULL AS now, platform.clock_factor() AS factor',
    );
    expect(rows).toEqual([{ now: true, factor: 1 }]);
  });

  it('cannot enter another platform’s database', async () => {
    const other = await testDatabase();
    try {
      const url = new URL(vaultUrl);
      url.pathname = new URL(other.adminUrl).pathname;
      const client = new pg.Client({ connectionString: url.toString() });
      await expect(client.connect()).rejects.toMatchObject({ code: '42501' });
    } finally {
      await other.close();
    }
  });

  it('gets a new password, and keeps its tables, when it is provisioned again', async () => {
    const url = await provisionService(test.adminUrl, { service: 'vault', password: 'another' });
    const again = await connect(url);
    expect((await again.query('SELECT bid FROM secret')).rows).toEqual([{ bid: '1.00' }]);
    const stale = new pg.Client({ connectionString: vaultUrl });
    await expect(stale.connect()).rejects.toMatchObject({ code: '28P01' });
  });
});

describe('provisioning', () => {
  it.each(['', 'Vault', 'vault;drop', '1vault', 'va"ult', 'a'.repeat(42)])(
    'refuses the service %j',
    async (service) => {
      await expect(provisionService(test.adminUrl, { service, password: 'x' })).rejects.toThrow('not a name');
    },
  );

  it('can be repeated without setting the clock back', async () => {
    const before = await (await connect(test.adminUrl)).query('SELECT * FROM platform.clock');
    await prepareDatabase(test.adminUrl, { database: new URL(test.adminUrl).pathname.slice(1) });
    const after = await (await connect(test.adminUrl)).query('SELECT * FROM platform.clock');
    expect(after.rows).toEqual(before.rows);
  });

  it('migrates once when several processes of a service start at the same moment', async () => {
    const url = await test.serviceUrl('audit');
    const options = { url, service: 'audit', entities: [], migrations: [], poolSize: 2 };
    const sources = await Promise.all([1, 2, 3].map(() => createServiceDataSource(options)));
    const [source] = sources;
    expect(await source!.query('SELECT name FROM migrations')).toEqual([
      { name: 'Bookkeeping1763000000000' },
      { name: 'ActPlaces1764400000012' },
    ]);
    await Promise.all(sources.map((each) => each.destroy()));
  });

  it('ends every connection and holds no lock when a migration fails, so that the next start may succeed', async () => {
    class Broken1764000000001 implements MigrationInterface {
      name = 'Broken1764000000001';
      async up(runner: QueryRunner): Promise<void> {
        await runner.query('SELECT 1 / 0');
      }
      async down(): Promise<void> {}
    }
    const url = await test.serviceUrl('gateway');
    const options = { url, service: 'gateway', entities: [], migrations: [] };
    const failing = createServiceDataSource({ ...options, migrations: [Broken1764000000001] });
    await expect(failing).rejects.toMatchObject({ driverError: { code: '22012' } });
    const admin = await connect(test.adminUrl);
    const left = await admin.query(
      `SELECT count(*)::integer AS locks FROM pg_locks JOIN pg_database ON pg_database.oid = database
       WHERE locktype = 'advisory' AND datname = current_database()`,
    );
    expect(left.rows).toEqual([{ locks: 0 }]);
    const source = await createServiceDataSource(options);
    await source.destroy();
  });

  it('finds the server safe to keep a record on', async () => {
    const findings = await checkPostgres(test.adminUrl);
    expect(findings.map(({ check, ok }) => [check, ok])).toEqual([
      ['postgres fsync', true],
      ['postgres full_page_writes', true],
      ['postgres synchronous_commit', true],
    ]);
  });

  it('finds it unsafe where what was acknowledged may be lost', async () => {
    const admin = await connect(test.adminUrl);
    await admin.query(
      `ALTER DATABASE ${new URL(test.adminUrl).pathname.slice(1)} SET synchronous_commit = off`,
    );
    const findings = await checkPostgres(test.adminUrl);
    expect(findings).toContainEqual({ check: 'postgres synchronous_commit', ok: false, detail: 'off' });
  });
});
