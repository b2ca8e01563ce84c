import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { ServiceDatabase } from '#database';
import { type TestDatabase, testDatabase } from '../../../../test/support/postgres.js';
import { Tables1764000000003 } from '../persistence/migrations/tables-1764000000003.js';
import { SessionEntity } from '../persistence/session.entity.js';
import { Sessions } from './sessions.js';

let test: TestDatabase;
let database: ServiceDatabase;
let sessions: Sessions;

beforeAll(async () => {
  test = await testDatabase();
  database = await test.serviceDatabase('gateway', {
    entities: [SessionEntity],
    migrations: [Tables1764000000003],
  });
  sessions = new Sessions(database, 8);
});
afterAll(() => test?.close());
beforeEach(() => database.dataSource.query('TRUNCATE session, outbox, sealed_act'));

interface Entered {
  readonly type: string;
  readonly actor: string | null;
  readonly data: unknown;
}

const entered = async (): Promise<Entered[]> =>
  (await database.dataSource.query<{ event: Entered }[]>('SELECT event FROM sealed_act ORDER BY id')).map(
    ({ event: { type, actor, data } }) => ({ type, actor, data }),
  );

describe('the end of a session', () => {
  it('is entered with its holder and its cause, once', async () => {
    const personId = randomUUID();
    const token = await sessions.begin(personId);
    expect(await sessions.personOf(token)).toBe(personId);
    await sessions.end(token, 'signed-out');
    await sessions.end(token, 'signed-out');
    expect(await sessions.personOf(token)).toBeUndefined();
    expect(await entered()).toEqual([
      { type: 'session-ended', actor: personId, data: { cause: 'signed-out' } },
    ]);
  });

  it('of one that ran out is entered when the next begins', async () => {
    const personId = randomUUID();
    await sessions.begin(personId);
    await database.dataSource.query(`UPDATE session SET ends_at = clock_timestamp() - interval '1 minute'`);
    await sessions.begin(randomUUID());
    expect(await entered()).toEqual([{ type: 'session-ended', actor: personId, data: { cause: 'expired' } }]);
  });

  it('leaves the service as a commitment that names nobody', async () => {
    await sessions.end(await sessions.begin(randomUUID()), 'replaced');
    const rows = await database.dataSource.query<unknown[]>(
      'SELECT subject, actor_id, tender_id FROM outbox',
    );
    expect(rows).toEqual([{ subject: 'evt.gateway.act-sealed.v1', actor_id: null, tender_id: null }]);
  });
});

it('that a login is tried too often is entered, and not whose it is', async () => {
  await sessions.enterTooMany();
  expect(await entered()).toEqual([
    { type: 'sign-in-refused', actor: null, data: { code: 'sign-in.too-many' } },
  ]);
});
