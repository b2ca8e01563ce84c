import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { ServiceDatabase } from '#database';
import { systemCall } from '#service';
import { type TestDatabase, testDatabase } from '../../../../test/support/postgres.js';
import type { Grant } from '../domain/grant.js';
import { registrationService } from '../registration.module.js';
import { TypeormRegister } from '../persistence/typeorm-register.js';
import { endGrants, GRANT_ENDS_PER_RUN_MAX } from './end-grants.js';

const PAST = '2020-01-01T00:00:00.000Z';
const EARLIER = '2019-01-01T00:00:00.000Z';
const FUTURE = '2099-01-01T00:00:00.000Z';

let test: TestDatabase;
let database: ServiceDatabase;
let register: TypeormRegister;

beforeAll(async () => {
  test = await testDatabase();
  database = await test.serviceDatabase('registration', registrationService);
  register = new TypeormRegister(database);
});
afterAll(() => test?.close());
beforeEach(() => database.dataSource.query('TRUNCATE outbox, person CASCADE'));

async function person(...grants: Grant[]): Promise<string> {
  const personId = randomUUID();
  const login = `p-${personId}`;
  await register.transact(systemCall('test'), async (tx) => {
    await tx.addPerson({ personId, login, name: 'A', passwordHash: 'x', organisationId: null, grants });
  });
  return personId;
}

const ends = async (): Promise<unknown[]> =>
  (
    await database.dataSource.query<{ data: unknown }[]>(
      `SELECT data FROM outbox WHERE subject = 'evt.registration.grant-ended.v1' ORDER BY id`,
    )
  ).map(({ data }) => data);

const run = (): Promise<number> => endGrants(register, systemCall('end-grants'));

it('the end of a grant is entered once when it has passed, the earliest first, and not before', async () => {
  const personId = await person(
    { role: 'buyer', until: PAST },
    { role: 'expert', until: EARLIER },
    { role: 'trustee', until: FUTURE },
  );
  expect(await run()).toBe(2);
  expect(await run()).toBe(0);
  expect(await ends()).toEqual([
    { personId, role: 'expert', until: EARLIER },
    { personId, role: 'buyer', until: PAST },
  ]);
});

it('two processes that look at once enter each end once, and however many there are', async () => {
  const count = GRANT_ENDS_PER_RUN_MAX + 5;
  for (let i = 0; i < count; i++) await person({ role: 'buyer', until: PAST });
  const [one, other] = await Promise.all([run(), run()]);
  await run();
  expect(one + other).toBeLessThanOrEqual(count);
  expect(await ends()).toHaveLength(count);
});
