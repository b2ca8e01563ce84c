import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { registerOrganisation, type RequestContract, REQUESTS, SERVICES } from '#contracts';
import { actsOutsideLedger, commandsEntered, type KeptAct, keptActs } from '../support/entered-acts.js';
import { type Face, FACES, type Json, schemaOf } from './faces.js';
import type { Person } from './people.js';
import { readEverything } from './readers.js';
import { sample } from './sample-body.js';
import { idOf } from './scene.js';
import { TwoTenders } from './two-tenders.js';

const nameOf = ({ subject }: RequestContract): string => subject.split('.').slice(1, 3).join('.');

/**
 * Commands of rarer tenders, held against {@link commandsEntered} in their own stories (bidder-key, mailbox), and
 * those that tests of the vault alone do: an opening that halts, rescue identities, bodies.
 */
const DONE_ELSEWHERE = [
  'vault.accept-body',
  'vault.release-bidder-key',
  'vault.resume-opening',
  'vault.reveal-rescue',
  'vault.submit-mailbox-log',
];

/** What a bidder does that tells of no tender, or in one that has named its bidders. */
const OPEN_OF_BIDDERS = ['registration.certificate-issued', 'commercial-scoring.price-explained'];

const READ = REQUESTS.filter(
  ({ kind, reads }) => kind === 'query' && reads !== 'public' && reads !== 'internal',
);
const CLOSED = FACES.filter(
  ({ access, kind, reads }) => typeof access !== 'string' && (kind === 'command' || reads !== 'public'),
);

describe('everything is entered', () => {
  let tenders: TwoTenders;
  let acts: KeptAct[] = [];

  beforeAll(async () => {
    tenders = await TwoTenders.begin();
    await tenders.publish();
    await tenders.suspend();
    await tenders.resume();
    await tenders.close();
    await tenders.openTechnical();
    await tenders.cancelOther();
    await tenders.lockScores();
    await tenders.openCommercial();
    await tenders.rank();
    await tenders.startStandstill();
    await tenders.award();
    await readEverything(tenders);
    await tryEverything();
    acts = await keptActs(tenders.platform);
  }, 180_000);

  afterAll(() => tenders?.end());

  /** A bidder asks for what is not for bidders, a registrar for the rest. */
  const outsider = ({ access }: Face): Person =>
    access.includes('bidder') ? tenders.people.registrar : tenders.people.bidders[0]!;

  async function tryEverything(): Promise<void> {
    for (const face of CLOSED) {
      const body = sample(schemaOf(face)) as Json;
      const { code } = await tenders.door.send(face, body, { cookie: outsider(face).cookie });
      if (code !== 'access.denied') throw new Error(`${idOf(face)} was not denied: ${code}`);
    }
    await tenders.door.send(registerOrganisation as Face, {
      creditCode: 'none',
      name: 'n',
      legalRepresentative: 'l',
      qualifications: [],
      account: { login: 'somebody-new', password: 'a long password', name: 'n' },
    });
  }

  const found = (type: string, contract: RequestContract): KeptAct[] =>
    acts.filter(
      (act) => act.type === `${contract.service}.${type}` && act.data['request'] === nameOf(contract),
    );

  it.each(READ.map((contract) => [nameOf(contract), contract] as const))(
    '%s leaves who read what, in which role',
    (_name, contract) => {
      expect(found('record-read', contract)[0]).toMatchObject({
        actor: expect.any(String),
        data: {
          reads: expect.stringMatching(/^(?:own|confidential)$/),
          roles: expect.arrayContaining([expect.any(String)]),
        },
      });
    },
  );

  it.each(CLOSED.map((face) => [idOf(face), face] as const))(
    '%s leaves that it was refused to somebody, sealed where that is a bidder',
    (_name, face) => {
      const denied = found('request-refused', face).find(({ data }) => data['code'] === 'access.denied');
      const { personId, role } = outsider(face);
      expect([denied?.actor, denied?.isSealed]).toEqual([personId, role === 'bidder']);
    },
  );

  it('a refusal of somebody who is not signed in is entered', () => {
    expect(found('request-refused', registerOrganisation)[0]).toMatchObject({
      actor: null,
      isSealed: false,
      data: { code: 'credit-code.invalid', ids: {} },
    });
  });

  it('nothing of a bidder is entered openly that tells of a tender', () => {
    const bidders = new Set(tenders.people.bidders.map(({ personId }) => personId));
    const open = acts.filter(({ actor, isSealed }) => actor !== null && !isSealed && bidders.has(actor));
    expect([...new Set(open.map(({ type }) => type))]).toEqual(OPEN_OF_BIDDERS);
  });

  it('every command that took effect left an act that its contract names, in its own transaction', async () => {
    const { done, unentered } = await commandsEntered(tenders.platform);
    expect(unentered).toEqual([]);
    const missing = REQUESTS.filter(({ kind, subject }) => kind === 'command' && !done.has(subject));
    expect(missing.map(nameOf).sort()).toEqual(DONE_ELSEWHERE);
  });

  it('every grant of power is entered with its end, and sign-ins are', () => {
    const of = (type: string): KeptAct[] => acts.filter((act) => act.type === `registration.${type}`);
    const granted = { roles: expect.arrayContaining([expect.any(String)]), grantedUntil: expect.any(String) };
    for (const { data } of of('account-created')) expect(data).toMatchObject(granted);
    const { buyers, bidders } = tenders.people;
    const people = new Set(of('account-created').map(({ data }) => data['personId']));
    const signedIn = new Set(of('sign-in-accepted').map(({ actor }) => actor));
    for (const { personId } of [...buyers, ...bidders])
      expect([people.has(personId), signedIn.has(personId)]).toEqual([true, true]);
  });

  it('a start is entered by each service, a stop too, and a kill shows as a start without one', async () => {
    const { platform } = tenders;
    await platform.current().stop();
    await platform.restart();
    const killed = platform.current().process;
    const gone = new Promise((resolve) => killed.once('exit', resolve));
    killed.kill('SIGKILL');
    await gone;
    await platform.restart();
    const all = await keptActs(platform);
    for (const service of SERVICES) {
      const ids = (type: string): unknown[] =>
        all.filter((act) => act.type === `${service}.${type}`).map(({ data }) => data['startId']);
      const starts = ids('service-started');
      expect([service, ids('service-stopped')]).toEqual([service, [starts[0]]]);
      expect(new Set(starts).size).toBe(3);
    }
    const starts = JSON.stringify(all.filter(({ type }) => type.endsWith('.service-started')));
    for (const secret of [platform.current().administrator.password, platform.dataDir])
      expect(starts).not.toContain(secret);
  });

  it('the ledger comes to hold each of them', async () => {
    while ((await actsOutsideLedger(tenders.platform)).length > 0)
      await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await keptActs(tenders.platform)).length).toBeGreaterThan(acts.length);
  });
});
