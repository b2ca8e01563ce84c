import { randomBytes } from 'node:crypto';
import pg from 'pg';
import {
  createServiceDataSource,
  prepareDatabase,
  provisionService,
  ServiceDatabase,
  startEmbeddedPostgres,
} from '#database';
import { testPostgresDir } from './test-postgres.mjs';

type PersistentClass = new () => object;

export interface TestDatabase {
  /** The administrator's URL of this file's own database. */
  readonly adminUrl: string;
  serviceUrl(service: string): Promise<string>;
  serviceDatabase(
    service: string,
    options: { entities: readonly PersistentClass[]; migrations: readonly PersistentClass[] },
  ): Promise<ServiceDatabase>;
  /** Ends its connections and drops the database. */
  close(): Promise<void>;
}

/** One server for all workers of this checkout; `SUNSEAL_TEST_POSTGRES_URL` names another. */
async function serverUrl(): Promise<string> {
  const given = process.env['SUNSEAL_TEST_POSTGRES_URL'];
  if (given) return given;
  const { adminUrl } = await startEmbeddedPostgres({ dataDir: testPostgresDir() });
  return adminUrl;
}

/** A fresh database on a real Postgres, for one test file. */
export async function testDatabase(): Promise<TestDatabase> {
  const server = await serverUrl();
  const name = `t${randomBytes(6).toString('hex')}`;
  const adminUrl = await prepareDatabase(server, { database: name });
  const opened: ServiceDatabase[] = [];
  const roles: string[] = [];
  const serviceUrl = async (service: string): Promise<string> => {
    const url = await provisionService(adminUrl, { service, password: randomBytes(12).toString('hex') });
    roles.push(new URL(url).username);
    return url;
  };
  return {
    adminUrl,
    serviceUrl,
    serviceDatabase: async (service, options) => {
      const url = await serviceUrl(service);
      const dataSource = await createServiceDataSource({ url, service, ...options, poolSize: 5 });
      const database = new ServiceDatabase({ dataSource, service });
      opened.push(database);
      return database;
    },
    close: async () => {
      await Promise.all(opened.map(({ dataSource }) => dataSource.destroy()));
      const client = new pg.Client({ connectionString: server });
      await client.connect();
      await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
      for (const role of new Set(roles)) await client.query(`DROP ROLE ${role}`);
      await client.end();
    },
  };
}
