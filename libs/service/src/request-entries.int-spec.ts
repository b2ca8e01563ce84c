import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { jcsBytes } from '#kernel';
import {
  type Actor,
  attendOpening,
  authoriseUpload,
  type ErrorCode,
  getDescriptor,
  getOpeningWork,
  getOwnBid,
  getTender,
  joinTender,
  registerOrganisation,
  type Reply,
  type RequestContract,
  type Role,
} from '#contracts';
import type { ServiceDatabase } from '#database';
import { type TestDatabase, testDatabase } from '../../../test/support/postgres.js';
import { RequestEntries } from './request-entries.js';

const TENDER = '0198a000-0000-7000-8000-0000000000aa';
const ORGANISATION = '0198a000-0000-7000-8000-0000000000bb';
const person = (roles: Role[], organisationId: string | null = null): Actor => ({
  personId: randomUUID(),
  roles,
  organisationId,
});
const bidder = person(['bidder'], ORGANISATION);
const trustee = person(['trustee', 'expert']);

interface Open {
  readonly subject: string;
  readonly tender: string | null;
  readonly actor: string | null;
  readonly data: Record<string, unknown>;
}
interface Sealed {
  readonly sealed: string;
  readonly salt: string;
  readonly tender: string | null;
  readonly event: Record<string, unknown>;
}

let test: TestDatabase;
let database: ServiceDatabase;
let entries: RequestEntries;

beforeAll(async () => {
  test = await testDatabase();
  database = await test.serviceDatabase('vault', { entities: [], migrations: [] });
});
afterAll(() => test?.close());
beforeEach(async () => {
  entries = new RequestEntries(database, 'vault');
  await database.dataSource.query('TRUNCATE outbox, sealed_act');
});

const refusal = (code: ErrorCode): Reply => ({ ok: false, error: { code, message: '', details: {} } });
const answer = (body: unknown = {}): Reply => ({ ok: true, body });

function enter(
  contract: RequestContract,
  actor: Actor | null,
  reply: Reply,
  body: object = { tenderId: TENDER },
): Promise<void> {
  const envelope = { actor, body, correlationId: 'c-1', idempotencyKey: null };
  return entries.enter(contract, envelope, reply);
}

const outbox = (): Promise<Open[]> =>
  database.dataSource.query(
    'SELECT subject, tender_id AS tender, actor_id AS actor, data FROM outbox ORDER BY id',
  );
const sealedActs = (): Promise<Sealed[]> =>
  database.dataSource.query('SELECT sealed, salt, tender_id AS tender, event FROM sealed_act ORDER BY id');

describe('a reading', () => {
  it('of what is confidential is entered each time: who, what, and the role by which it was allowed', async () => {
    const body = { tenderId: TENDER, envelopeId: 'technical', page: 2 };
    for (let i = 0; i < 2; i++) await enter(getOpeningWork, trustee, answer(), body);
    const entry = {
      subject: 'evt.vault.record-read.v1',
      tender: TENDER,
      actor: trustee.personId,
      data: {
        request: 'vault.get-opening-work',
        reads: 'confidential',
        ids: { tenderId: TENDER, envelopeId: 'technical', page: '2' },
        roles: ['trustee'],
      },
    };
    expect(await outbox()).toEqual([entry, entry]);
  });

  it('of the own is entered once in a while for each person and thing', async () => {
    const buyer = person(['buyer']);
    const draft = answer({ publishedAt: null });
    for (let i = 0; i < 3; i++) await enter(getTender, buyer, draft);
    await enter(getTender, person(['buyer']), draft);
    await enter(getTender, buyer, draft, { tenderId: ORGANISATION });
    expect(await outbox()).toHaveLength(3);
  });

  it('depends on what is shown: a published tender is public, a draft a supervisor reads is not the own', async () => {
    await enter(getTender, null, answer({ publishedAt: '2026-11-24T08:00:00.000Z' }));
    expect(await outbox()).toEqual([]);
    const supervisor = person(['supervisor']);
    for (let i = 0; i < 2; i++) await enter(getTender, supervisor, answer({ publishedAt: null }));
    expect((await outbox()).map(({ data }) => data['reads'])).toEqual(['confidential', 'confidential']);
  });

  it('of what is public, or goes to a service, is not entered', async () => {
    await enter(getDescriptor, bidder, answer());
    await enter(authoriseUpload, bidder, answer());
    expect([await outbox(), await sealedActs()]).toEqual([[], []]);
  });

  it('by a bidder is sealed and belongs to no tender: it would tell who bids, and is never shown', async () => {
    await enter(getOwnBid, bidder, answer());
    const [act] = await sealedActs();
    expect(act!.tender).toBeNull();
    expect(act!.event).toMatchObject({
      type: 'record-read',
      actor: bidder.personId,
      tender: null,
      data: { request: 'vault.get-own-bid', reads: 'own', ids: { tenderId: TENDER } },
    });
    const digest = createHash('sha256')
      .update(Buffer.from(act!.salt, 'hex'))
      .update(jcsBytes(act!.event))
      .digest('hex');
    expect(await outbox()).toEqual([
      { subject: 'evt.vault.act-sealed.v1', tender: null, actor: null, data: { sealed: digest } },
    ]);
  });
});

describe('a refusal', () => {
  it('of a command by a rule is entered each time, with its code', async () => {
    for (let i = 0; i < 2; i++) await enter(attendOpening, trustee, refusal('opening.not-entitled'));
    const entry = {
      subject: 'evt.vault.request-refused.v1',
      tender: TENDER,
      actor: trustee.personId,
      data: {
        request: 'vault.attend-opening',
        code: 'opening.not-entitled',
        ids: { tenderId: TENDER },
        roles: ['trustee', 'expert'],
      },
    };
    expect(await outbox()).toEqual([entry, entry]);
  });

  it('that may be tried again, and one of a query, is entered once in a while', async () => {
    for (let i = 0; i < 3; i++) {
      await enter(attendOpening, trustee, refusal('opening.not-yet'));
      await enter(getOpeningWork, trustee, refusal('opening.not-entitled'));
    }
    expect((await outbox()).map(({ data }) => data['code'])).toEqual([
      'opening.not-yet',
      'opening.not-entitled',
    ]);
  });

  it('of a bidder is sealed, and shown with the tender’s other acts', async () => {
    await enter(joinTender, bidder, refusal('organisation.not-approved'));
    const [act] = await sealedActs();
    expect(act).toMatchObject({
      tender: TENDER,
      event: {
        type: 'request-refused',
        tender: TENDER,
        data: { code: 'organisation.not-approved', organisationId: ORGANISATION },
      },
    });
    expect((await outbox()).map(({ subject }) => subject)).toEqual(['evt.vault.act-sealed.v1']);
  });

  it('of a tender that there is not belongs to none', async () => {
    await enter(attendOpening, trustee, refusal('tender.unknown'));
    expect((await outbox())[0]).toMatchObject({ tender: null, data: { ids: { tenderId: TENDER } } });
  });

  it('of somebody unknown is entered once in a while, whatever was named', async () => {
    for (let i = 0; i < 3; i++)
      await enter(registerOrganisation, null, refusal('login.taken'), { organisationId: randomUUID() });
    expect((await outbox()).map(({ data }) => data)).toEqual([
      { request: 'registration.register-organisation', code: 'login.taken', ids: {}, roles: [] },
    ]);
  });

  it('for what the transport could not read, or of a public question, is none of the ledger’s', async () => {
    await enter(attendOpening, trustee, refusal('request.malformed'));
    await enter(attendOpening, null, refusal('session.missing'));
    await enter(attendOpening, trustee, refusal('internal.error'));
    await enter(getDescriptor, trustee, refusal('tender.unknown'));
    expect(await outbox()).toEqual([]);
  });
});

it('nothing counts as entered that could not be written', async () => {
  await database.dataSource.query('ALTER TABLE outbox RENAME TO hidden');
  const buyer = person(['buyer']);
  await expect(enter(getTender, buyer, answer({ publishedAt: null }))).rejects.toThrow();
  await database.dataSource.query('ALTER TABLE hidden RENAME TO outbox');
  await enter(getTender, buyer, answer({ publishedAt: null }));
  expect(await outbox()).toHaveLength(1);
});
