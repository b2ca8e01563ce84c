import { createHash } from 'node:crypto';
import 'reflect-metadata';
import { DataSource } from 'typeorm';
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
 * the same moment migrate one after the other.
 */
export async function createServiceDataSource(options: ServiceDataSourceOptions): Promise<DataSource> {
  const { url, service, entities, migrations, poolSize = 10 } = options;
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    schema: schemaName(service),
    entities: [...entities],
    migrations: [Bookkeeping1763000000000, ...migrations] as never,
    migrationsTransactionMode: 'each',
    poolSize,
    logging: false,
    applicationName: `sunseal-${service}`,
    connectTimeoutMS: 10_000,
  });
  await dataSource.initialize();
  await migrate(dataSource, service);
  return dataSource;
}

async function migrate(dataSource: DataSource, service: string): Promise<void> {
  const lock = createHash('sha256').update(`migrate ${service}`).digest().readInt32BE(0);
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [lock]);
    await dataSource.runMigrations();
    await runner.query('SELECT pg_advisory_unlock($1)', [lock]);
  } finally {
    await runner.release();
  }
}
