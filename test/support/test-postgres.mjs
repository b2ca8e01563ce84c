import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the one Postgres server of all test files of this checkout keeps its data. */
export const testPostgresDir = () =>
  join(tmpdir(), `sunseal-test-${createHash('sha256').update(process.cwd()).digest('hex').slice(0, 12)}`);
