import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type EnvelopeId, envelopesOpened } from '#contracts';
import { bidderKeyRelease } from '#sealing';
import { Bidders } from '../../../test-support/bidders.js';
import { eventOf, OpeningStage, personCall, type Scene } from '../../../test-support/opening-scene.js';
import { endTender } from '../end-tender.js';
import { leaveSealed, nameBidders } from '../name-bidders.js';
import { ownBid } from '../read-vault.js';
import { attend, openingWork } from './open-session.js';
import { takeBidderKey } from './open-with-bidder-key.js';
import { takeRescue } from './open-with-rescue.js';
import { openedEnvelope, openingProofs, openingRecord } from './read-opening.js';

const PERSON = '0198a000-0000-7000-8000-000000000077';
const AT = '2026-04-01T02:00:00.000Z';
const RULES = { bidderKey: true, bidderKeyHours: 12 };
const SECRET = 'AGE-SECRET-KEY';

describe('an opening with keys of bidders’ own', () => {
  let stage: OpeningStage;
  let bidders: Bidders;
  beforeAll(async () => {
    stage = await OpeningStage.start();
    bidders = await Bidders.on(stage.bus);
  });
  afterAll(() => stage?.close());

  const ports = () => stage.ports(stage.store, bidders.authorityPem);
  const callOf = ({ bids }: Scene, of: number) => personCall(PERSON, 'bidder', bids[of]!.organisationId);
  const tender = async (count: number): Promise<Scene> => {
    const scene = await stage.tender(count, { rules: RULES });
    await stage.passHours(0);
    return scene;
  };

  async function releaseOf(
    { bids }: Scene,
    of: number,
    envelopeId: EnvelopeId = 'technical',
    changes: object = {},
  ) {
    const { manifest, bidderIdentity } = bids[of]![envelopeId];
    const release = bidderKeyRelease(manifest, { identity: bidderIdentity!, clientTime: AT });
    return bidders.sign(bids[of]!.organisationId, { ...release, ...changes });
  }

  async function releases(scene: Scene, of: number, envelopeId: EnvelopeId = 'technical') {
    const release = await releaseOf(scene, of, envelopeId);
    return takeBidderKey(ports(), { tenderId: scene.tenderId, envelopeId, release }, callOf(scene, of));
  }

  const closedKeys = async ({ tenderId }: Scene) =>
    (await stage.eventsOf(tenderId, 'bidder-keys-closed')).flatMap(
      ({ data }) => data['keys'] as { manifestSha256: string; releaseSha256: string | null }[],
    );
  const releaseRows = async ({ tenderId }: Scene): Promise<number> => {
    const [row] = (await stage.database.dataSource.query(
      'SELECT count(*)::integer AS n FROM bidder_key_release WHERE tender_id = $1',
      [tenderId],
    )) as [{ n: number }];
    return row.n;
  };

  it('awaits keys first, begins the session with the last one, and opens all', async () => {
    const scene = await tender(2);
    const { tenderId, trusteeIds } = scene;
    const trustee = personCall(trusteeIds[0]!, 'trustee', null);
    const ref = { tenderId, envelopeId: 'technical' as const };
    const refused = { code: 'opening.not-yet' };
    await expect(attend(ports(), ref, trustee)).rejects.toMatchObject(refused);
    await expect(openingWork(ports(), { ...ref, page: 1 }, trustee)).rejects.toMatchObject(refused);
    await expect(stage.give(scene, 1, await stage.sharesOf(scene, 1))).rejects.toMatchObject(refused);

    const { until, reveal } = await releases(scene, 0);
    expect(JSON.stringify(reveal)).not.toContain(SECRET);
    expect((await ownBid(ports(), { tenderId }, callOf(scene, 0))).bidderKeys).toEqual([
      { envelopeId: 'technical', until, isReleased: true },
    ]);
    const record = await openingRecord(ports(), { tenderId, page: 1 });
    expect(record.openings).toMatchObject([
      { stage: 'bidder-keys', bidderKeys: { until, closedAt: null, released: null } },
    ]);
    expect(await closedKeys(scene)).toEqual([]);

    await releases(scene, 1);
    expect((await closedKeys(scene)).every(({ releaseSha256 }) => releaseSha256 !== null)).toBe(true);
    await stage.quorum(scene);
    expect(JSON.stringify(await openingRecord(ports(), { tenderId, page: 1 }))).not.toContain(SECRET);
    expect((await stage.combine(scene)).stage).toBe('opened');
    const [opened] = await stage.eventsOf(tenderId, 'envelopes-opened');
    const { items } = envelopesOpened.data.parse(opened!.data);
    const identities = items.map(({ bidderIdentity }) => bidderIdentity).sort();
    expect(identities).toEqual(scene.bids.map(({ technical }) => technical.bidderIdentity).sort());
    expect(items.map(({ result }) => result)).toEqual(['opened', 'opened']);
    expect(await stage.told(tenderId)).toEqual(
      expect.arrayContaining(['bidder-keys-awaited', 'bidder-keys-closed']),
    );
  });

  it('leaves sealed what a bidder does not release, as that bidder’s withdrawal, and asks no share for it', async () => {
    const scene = await tender(3);
    const { tenderId } = scene;
    await releases(scene, 0);
    await releases(scene, 2);
    await stage.passHours(12);
    const absent = scene.bids[1]!.technical;
    expect((await closedKeys(scene)).filter(({ releaseSha256 }) => releaseSha256 === null)).toEqual([
      { manifestSha256: absent.signed.sha256, releaseSha256: null },
    ]);
    await expect(releases(scene, 1)).rejects.toMatchObject({ code: 'bidder-key.not-open' });
    const shares = await stage.sharesOf(scene, 1);
    expect(shares.map(({ manifestSha256 }) => manifestSha256)).not.toContain(absent.signed.sha256);
    const [first] = shares;
    const foreign = { ...first!, manifestSha256: absent.signed.sha256 };
    await expect(stage.give(scene, 1, [foreign])).rejects.toMatchObject({ code: 'share.unexpected' });
    await stage.quorum(scene);
    expect((await stage.combine(scene)).stage).toBe('opened');

    const { openings } = await openingRecord(ports(), { tenderId, page: 1 });
    const { items, bidderKeys } = openings[0]!;
    expect([items.length, bidderKeys?.released]).toEqual([3, 2]);
    const unreleased = items.find(({ manifestSha256 }) => manifestSha256 === absent.signed.sha256)!;
    expect(unreleased).toMatchObject({
      identity: '',
      result: 'unreadable',
      fault: 'bidder',
      code: 'bidder-key.not-released',
      consequence: 'excluded',
    });
    const { alias } = unreleased;
    const stored = openedEnvelope(ports(), { tenderId, envelopeId: 'technical', alias });
    await expect(stored).rejects.toMatchObject({ code: 'bid.unknown' });

    const results = items
      .filter(({ result }) => result === 'opened')
      .map((one) => ({ alias: one.alias, rounded: '1', exact: '1', isPassed: true }));
    await nameBidders(ports(), { results } as never, eventOf(tenderId));
    const { manifests, releases: shown } = await openingProofs(ports(), {
      tenderId,
      envelopeId: 'technical',
      page: 1,
    });
    expect([manifests.length, shown.length]).toEqual([2, 2]);
    // The commercial envelope of a bid that was taken back is not awaited.
    await expect(releases(scene, 1, 'commercial')).rejects.toMatchObject({ code: 'bid.unknown' });
    await releases(scene, 0, 'commercial');
    await releases(scene, 2, 'commercial');
    await stage.quorum(scene, 'commercial');
    expect((await stage.combine(scene, { envelopeId: 'commercial' })).stage).toBe('opened');
    await leaveSealed(ports(), eventOf(tenderId));
    const { leftSealed } = await openingRecord(ports(), { tenderId, page: 1 });
    expect(leftSealed.map(({ envelopeId }) => envelopeId)).toEqual(['technical', 'commercial']);
    await stage.passHours(0);
    expect(await releaseRows(scene)).toBe(4);
  });

  it('fails where no bidder releases a key: nothing is opened', async () => {
    const scene = await tender(2);
    await stage.passHours(12);
    expect((await stage.openingOf(scene))?.stage).toBe('failed');
    expect(await stage.eventsOf(scene.tenderId, 'opening-failed')).toHaveLength(1);
    expect((await closedKeys(scene)).map(({ releaseSha256 }) => releaseSha256)).toEqual([null, null]);
  });

  it('takes no key but the one that the own manifest names, signed by its organisation', async () => {
    const scene = await tender(2);
    const { tenderId, bids } = scene;
    const taking = (release: string, of = 0) =>
      takeBidderKey(ports(), { tenderId, envelopeId: 'technical', release }, callOf(scene, of));
    const wrong = await releaseOf(scene, 0, 'technical', { identity: bids[1]!.technical.bidderIdentity });
    await expect(taking(wrong)).rejects.toMatchObject({ code: 'bidder-key.wrong' });
    const ofOther = await releaseOf(scene, 0, 'commercial');
    await expect(taking(ofOther)).rejects.toMatchObject({ code: 'bidder-key.other-envelope' });
    const byOther = await releaseOf(scene, 1);
    await expect(taking(byOther)).rejects.toMatchObject({ code: 'bid.other-organisation' });
    const manifestOnly = await bidders.sign(bids[0]!.organisationId, { v: 1 }, 'sunseal-manifest');
    await expect(taking(manifestOnly)).rejects.toMatchObject({ code: 'signature.type-wrong' });
    expect(await releaseRows(scene)).toBe(0);
    await releases(scene, 0);
    await expect(releases(scene, 0)).rejects.toMatchObject({ code: 'bidder-key.already-released' });
  });

  it('is not there where the procedure does not ask for it', async () => {
    const scene = await stage.tender(1);
    await stage.passHours(0);
    const payload = bidderKeyRelease(scene.bids[0]!.technical.manifest, { identity: 'x', clientTime: AT });
    const release = await bidders.sign(scene.bids[0]!.organisationId, payload);
    const taking = takeBidderKey(
      ports(),
      { tenderId: scene.tenderId, envelopeId: 'technical', release },
      callOf(scene, 0),
    );
    await expect(taking).rejects.toMatchObject({ code: 'bidder-key.not-open' });
  });

  it('halts, and blames no bidder, where a release that was taken is changed or lost', async () => {
    const scene = await tender(1);
    await releases(scene, 0);
    await stage.quorum(scene);
    await stage.database.dataSource.query('DELETE FROM bidder_key_release WHERE tender_id = $1', [
      scene.tenderId,
    ]);
    expect(await stage.combine(scene)).toMatchObject({ stage: 'halted', halted: { fault: 'platform' } });
  });

  it('opens by rescue identities and bidders’ keys of those who released, when the quorum does not come', async () => {
    const scene = await tender(2);
    const { tenderId } = scene;
    await releases(scene, 0);
    await stage.passHours(12);
    await stage.passHours(24);
    const reveal = (of: number) =>
      takeRescue(
        ports(),
        { tenderId, envelopeId: 'technical', identity: scene.bids[of]!.technical.rescueIdentity },
        callOf(scene, of),
      );
    await expect(reveal(1)).rejects.toMatchObject({ code: 'bid.unknown' });
    await reveal(0);
    await stage.passHours(24);
    expect(await stage.combine(scene)).toMatchObject({ stage: 'opened-by-bidders' });
    const items = await ports().openings.items({ tenderId, envelopeId: 'technical' });
    expect(items.map(({ result }) => result).sort()).toEqual(['opened', 'unreadable']);
  });

  it('forgets what was released when the tender ends otherwise', async () => {
    const scene = await tender(2);
    await releases(scene, 0);
    await endTender(ports(), eventOf(scene.tenderId));
    await stage.passHours(0);
    expect(await releaseRows(scene)).toBe(0);
  });
});
