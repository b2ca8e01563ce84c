import { stopEmbeddedPostgres } from '#database';
import { testPostgresDir } from './test-postgres.mjs';

/** Jest's global teardown: nothing that the tests started goes on after them. */
export default async function afterAllTests() {
  await stopEmbeddedPostgres({ dataDir: testPostgresDir() });
}
