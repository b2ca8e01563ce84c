import { createHash } from 'node:crypto';
import pg from 'pg';
import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { ActPlaces1764400000012 } from './act-places.migration.js';
import { Bookkeeping1763000000000 } from './bookkeeping.migration.js';
import { schemaName } from './provision.js';

type PersistentClass = new () => object;

export interface ServiceDataSourceOptions {
  readonly url: string;
  readonly service: string;
  readonly entities: readonly PersistentClass[];
  readonly migrations: readonly PersistentClass[];
  readonly poolSize?: number;
}

/**
 * One service's connection to its own schema, with every migration run. Processes of the same service that start at
 * the same moment migrate one after the other. A migration that fails ends every connection; its error is thrown.
 */
export async function createServiceDataSource(options: ServiceDataSourceOptions): Promise<DataSource> {
  const { url, service, entities, migrations, poolSize = 10 } = options;
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    schema: schemaName(service),
    entities: [...entities],
    migrations: [Bookkeeping1763000000000, ...migrations, ActPlaces1764400000012] as never,
    migrationsTransactionMode: 'each',
    poolSize,
    logging: false,
    applicationName: `sunseal-${service}`,
    connectTimeoutMS: 10_000,
  });
  await dataSource.initialize();
  try {
    await migrate(url, service, dataSource);
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
  return dataSource;
}

/** The lock has a connection of its own, so that it ends with it, and a pool of one connection can migrate too. */
async function migrate(url: string, service: string, dataSource: DataSource): Promise<void> {
  const lock = createHash('sha256').update(`migrate ${service}`).digest().readInt32BE(0);
  const holder = new pg.Client({ connectionString: url });
  holder.on('error', () => undefined);
  await holder.connect();
  try {
    await holder.query('SELECT pg_advisory_lock($1)', [lock]);
    await dataSource.runMigrations();
    await holder.query('SELECT pg_advisory_unlock($1)', [lock]);
  } finally {
    await holder.end();
  }
}
