import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type TestDatabase, testDatabase } from '../../../../../test/support/postgres.js';
import { PROCEDURE_DEFAULTS } from '../../domain/templates/procedure-defaults.js';
import { tenderingService } from '../../tendering.module.js';
import { Profiles1764200000012 } from './profiles-1764200000012.js';

const TENDER = '0198a000-0000-7000-8000-000000000001';

describe('a procedure of before there were profiles', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase();
  });
  afterAll(() => test?.close());

  it('gets what held then, and keeps what it said itself', async () => {
    const { entities, migrations } = tenderingService;
    const database = await test.serviceDatabase('tendering', { entities, migrations });
    const runner = database.dataSource.createQueryRunner();
    const said = { id: 'old', bidsMin: 3, bodyGraceMinutes: 30 };
    await runner.query(
      `INSERT INTO tender (tender_id, stage, buyer_id, region_code, is_published, deadline_at, involved, document, version)
       VALUES ($1, 'draft', $1, '630100', false, now(), '{}', $2, 1)`,
      [TENDER, JSON.stringify({ procedure: said, draft: { a: 1 } })],
    );
    await new Profiles1764200000012().up(runner);
    const [row] = (await runner.query('SELECT document FROM tender')) as [{ document: unknown }];
    await runner.release();
    expect(row.document).toEqual({ procedure: { ...PROCEDURE_DEFAULTS, ...said }, draft: { a: 1 } });
  });
});
