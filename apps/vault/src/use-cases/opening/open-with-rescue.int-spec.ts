import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventOf, OpeningStage, personCall, type Scene } from '../../../test-support/opening-scene.js';
import { OBJECTIONS_MAX } from '../../domain/opening/objection.js';
import { endTender } from '../end-tender.js';
import { attend, resume } from './open-session.js';
import { takeObjection, takeRescue } from './open-with-rescue.js';
import { openingRecord } from './read-opening.js';

const PERSON = '0198a000-0000-7000-8000-000000000077';
const envelopeId = 'technical' as const;

describe('an opening whose quorum does not come', () => {
  let stage: OpeningStage;
  beforeAll(async () => {
    stage = await OpeningStage.start();
  });
  afterAll(() => stage?.close());

  const reveal = ({ tenderId, bids }: Scene, of: number, identity = bids[of]!.technical.rescueIdentity) =>
    takeRescue(
      stage.ports(),
      { tenderId, envelopeId, identity },
      personCall(PERSON, 'bidder', bids[of]!.organisationId),
    );
  const attends = ({ tenderId, trusteeIds }: Scene, i: number) =>
    attend(stage.ports(), { tenderId, envelopeId }, personCall(trusteeIds[i - 1]!, 'trustee', null));
  const rescueRows = async ({ tenderId }: Scene): Promise<number> => {
    const [row] = (await stage.database.dataSource.query(
      'SELECT count(*)::integer AS n FROM rescue_identity WHERE tender_id = $1',
      [tenderId],
    )) as [{ n: number }];
    return row.n;
  };

  async function failedQuorum(count: number): Promise<Scene> {
    const scene = await stage.tender(count);
    await stage.give(scene, 1, await stage.sharesOf(scene, 1));
    await attends(scene, 4);
    await expect(reveal(scene, 0)).rejects.toMatchObject({ code: 'rescue.not-open' });
    await stage.passHours(24);
    expect((await stage.openingOf(scene))?.stage).toBe('rescue');
    return scene;
  }

  it('is entered with who came and who gave, and opens by the bidders when all of them reveal', async () => {
    const scene = await failedQuorum(2);
    expect((await stage.eventsOf(scene.tenderId, 'quorum-failed')).map(({ data }) => data)).toMatchObject([
      { attended: [1, 4], present: [1], quorum: 2 },
    ]);
    const { reveal: commitment } = await reveal(scene, 0);
    expect(JSON.stringify(commitment)).not.toContain('AGE-SECRET-KEY');
    await reveal(scene, 1);
    await expect(reveal(scene, 1)).rejects.toMatchObject({ code: 'rescue.already-revealed' });

    const record = await openingRecord(stage.ports(), { tenderId: scene.tenderId, page: 1 });
    expect(JSON.stringify(record)).not.toContain('AGE-SECRET-KEY');
    await stage.combine(scene);
    expect((await stage.openingOf(scene))?.stage).toBe('rescue');

    await stage.passHours(24);
    expect(await stage.combine(scene)).toMatchObject({ stage: 'opened-by-bidders', openedBy: 'bidders' });
    const [opened] = await stage.eventsOf(scene.tenderId, 'envelopes-opened');
    expect(opened?.data).toMatchObject({ openedBy: 'bidders', part: 1, parts: 1 });
    const identities = (opened!.data['items'] as { identity: string }[]).map(({ identity }) => identity);
    expect(identities.sort()).toEqual(scene.bids.map(({ technical }) => technical.rescueIdentity).sort());
    expect(await rescueRows(scene)).toBe(0);
  });

  it('fails where one bidder stays away: nothing is opened, and what the others revealed is forgotten', async () => {
    const scene = await failedQuorum(2);
    await reveal(scene, 0);
    const parts = stage.openedParts();
    await stage.passHours(24);
    expect((await stage.combine(scene)).stage).toBe('failed');
    expect((await stage.eventsOf(scene.tenderId, 'opening-failed')).map(({ data }) => data)).toEqual([
      { envelopeId, revealed: 1, of: 2 },
    ]);
    expect([await rescueRows(scene), stage.openedParts()]).toEqual([0, parts]);
    await expect(reveal(scene, 1)).rejects.toMatchObject({ code: 'rescue.not-open' });
    await expect(stage.give(scene, 2, await stage.sharesOf(scene, 2))).rejects.toMatchObject({
      code: 'opening.failed',
    });
  });

  it('is opened by trustees who return within the window; rescue identities are not used', async () => {
    const scene = await failedQuorum(2);
    await reveal(scene, 0);
    await reveal(scene, 1);
    await stage.give(scene, 2, await stage.sharesOf(scene, 2));
    expect(await rescueRows(scene)).toBe(0);
    expect(await stage.combine(scene)).toMatchObject({ stage: 'opened', openedBy: 'trustees' });
    const [opened] = await stage.eventsOf(scene.tenderId, 'envelopes-opened');
    for (const { technical } of scene.bids) {
      expect(JSON.stringify(opened)).not.toContain(technical.rescueIdentity);
    }
  });

  it('takes no identity that does not open the own envelope, and none of a stranger', async () => {
    const scene = await failedQuorum(2);
    const other = scene.bids[1]!.technical.rescueIdentity;
    await expect(reveal(scene, 0, other)).rejects.toMatchObject({ code: 'rescue.identity-wrong' });
    const { tenderId } = scene;
    const stranger = takeRescue(
      stage.ports(),
      { tenderId, envelopeId, identity: other },
      personCall(PERSON, 'bidder', PERSON),
    );
    await expect(stranger).rejects.toMatchObject({ code: 'bid.unknown' });
    expect(await rescueRows(scene)).toBe(0);
  });

  it('does not blame a bidder whose stored envelope was altered: the identity is taken, and the opening halts', async () => {
    const scene = await failedQuorum(2);
    const { signed, ciphertext } = scene.bids[0]!.technical;
    stage.alterObject(signed.age!.sha256, ciphertext.toReversed());
    await reveal(scene, 0);
    await reveal(scene, 1);
    await stage.passHours(24);
    expect(await stage.combine(scene)).toMatchObject({
      stage: 'halted',
      halted: { fault: 'platform', manifestSha256s: [signed.sha256] },
    });
    stage.alterObject(signed.age!.sha256, ciphertext);
    await resume(
      stage.ports(),
      { tenderId: scene.tenderId, envelopeId },
      personCall(PERSON, 'supervisor', null),
    );
    expect((await stage.combine(scene)).stage).toBe('opened-by-bidders');
  });

  it('checks an identity also where nobody has looked at the clock since the session ended', async () => {
    const scene = await stage.tender(1);
    await stage.passHours(23);
    await stage.letHoursPass(1);
    await expect(reveal(scene, 0, scene.bids[0]!.commercial.rescueIdentity)).rejects.toMatchObject({
      code: 'rescue.identity-wrong',
    });
    await reveal(scene, 0);
    expect((await stage.openingOf(scene))?.stage).toBe('rescue');
  });

  it('forgets what was revealed when the tender ends otherwise', async () => {
    const scene = await failedQuorum(2);
    await reveal(scene, 0);
    await endTender(stage.ports(), eventOf(scene.tenderId));
    await stage.passHours(0);
    expect(await rescueRows(scene)).toBe(0);
  });

  it('fails too where nobody has ever come', async () => {
    const scene = await stage.tender(1);
    await stage.passHours(24);
    expect((await stage.openingOf(scene))?.stage).toBe('rescue');
    expect((await stage.eventsOf(scene.tenderId, 'quorum-failed')).map(({ data }) => data)).toMatchObject([
      { attended: [], present: [] },
    ]);
  });

  describe('an objection', () => {
    const objects = ({ tenderId }: Scene, call: ReturnType<typeof personCall>, text = 'Seal broken.') =>
      takeObjection(stage.ports(), { tenderId, envelopeId, text }, call);

    it('of trustee or bidder stands in the record and in the ledger, the bidder without a name', async () => {
      const scene = await stage.tender(1);
      const bidder = personCall(PERSON, 'bidder', scene.bids[0]!.organisationId);
      const trustee = personCall(scene.trusteeIds[1]!, 'trustee', null);
      await expect(objects(scene, bidder)).rejects.toMatchObject({ code: 'objection.not-open' });
      await attends(scene, 1);
      await objects(scene, bidder, 'We object.');
      await objects(scene, trustee);
      const { openings } = await openingRecord(stage.ports(), { tenderId: scene.tenderId, page: 1 });
      expect(openings[0]?.objections).toMatchObject([
        { by: 'bidder', trusteeIndex: null, text: 'We object.' },
        { by: 'trustee', trusteeIndex: 2, text: 'Seal broken.' },
      ]);
      const told = await stage.eventsOf(scene.tenderId, 'objection-recorded');
      expect(JSON.stringify(told)).not.toContain(scene.bids[0]!.organisationId);
    });

    it('is for those who took part, and has an end of numbers', async () => {
      const scene = await stage.tender(1);
      await attends(scene, 1);
      await expect(objects(scene, personCall(PERSON, 'bidder', PERSON))).rejects.toMatchObject({
        code: 'opening.not-entitled',
      });
      const bidder = personCall(PERSON, 'bidder', scene.bids[0]!.organisationId);
      for (let n = 0; n < OBJECTIONS_MAX; n++) await objects(scene, bidder);
      await expect(objects(scene, bidder)).rejects.toMatchObject({ code: 'objection.too-many' });
    });
  });
});
