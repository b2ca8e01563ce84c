export { createServiceDataSource, type ServiceDataSourceOptions } from './data-source.js';
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
  stopEmbeddedPostgres,
} from './embedded-postgres.js';
export { checkPostgres, type Finding } from './engine-check.js';
export { databaseRefusal } from './database-failure.js';
export { clockTogether, instantSql, readClock, setDemonstrationClock } from './platform-clock.js';
export { dropDatabase, prepareDatabase, provisionService, schemaName } from './provision.js';
export { ReadTogether } from './read-together.js';
export { ServiceDatabase } from './service-database.js';
export { rowsOf } from './bookkeeping-rows.js';
export { type GroupTx, type Outcome, transactGroup } from './transact-group.js';
export { asRows, type NewEvent, takeOnce, transact, type TransactionCall, type Tx } from './transact.js';
