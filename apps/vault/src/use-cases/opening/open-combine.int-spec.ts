import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contentKey, DomainError } from '#kernel';
import { type Body, FileObjectStore, type PutOptions, type Stored } from '#storage';
import { finalBidsSha256 } from '#sealing';
import { MUTABLE_PREFIXES } from '#service';
import { OpeningStage, personCall, type Scene } from '../../../test-support/opening-scene.js';
import { sealText } from '../../../test-support/sealed-bid.js';
import { finalManifests } from '../../domain/close-bids.js';
import { resume } from './open-session.js';

const SUPERVISOR = '0198a000-0000-7000-8000-000000000099';

/** A store that stops taking anything after some objects, as one whose disk is full. */
class FailingStore extends FileObjectStore {
  left = Infinity;

  override put(key: string, body: Body, options?: PutOptions): Promise<Stored> {
    if (this.left-- <= 0) throw new DomainError('storage.unavailable', 'The folder takes nothing now.');
    return super.put(key, body, options);
  }
}

describe('opening by the quorum', () => {
  let stage: OpeningStage;
  beforeAll(async () => {
    stage = await OpeningStage.start();
  });
  afterAll(() => stage?.close());

  const resumed = (scene: Scene) =>
    resume(
      stage.ports(),
      { tenderId: scene.tenderId, envelopeId: 'technical' },
      personCall(SUPERVISOR, 'supervisor', null),
    );

  it('takes shares in pieces, opens all, and tells each step', async () => {
    const scene = await stage.tender(3, { garbage: 1 });
    const first = await stage.sharesOf(scene, 1);
    expect(await stage.give(scene, 1, first.slice(0, 2))).toMatchObject({ given: 2, of: 3, present: 0 });
    expect(await stage.give(scene, 1, first.slice(0, 2))).toMatchObject({ given: 2, present: 0 });
    expect(await stage.give(scene, 1, first.slice(2))).toMatchObject({ given: 3, present: 1 });
    expect(await stage.give(scene, 3, await stage.sharesOf(scene, 3))).toMatchObject({ stage: 'combining' });
    expect((await stage.combine(scene)).stage).toBe('opened');

    expect(await stage.told(scene.tenderId)).toEqual([
      'bids-closed',
      'bids-listed',
      'trustee-attended',
      'shares-taken',
      'shares-taken',
      'shares-given',
      'trustee-attended',
      'shares-taken',
      'shares-given',
      'combining-begun',
      'stored-envelopes-checked',
      'opening-progressed',
      'opening-progressed',
      'envelopes-opened',
    ]);
    const items = await stage.ports().openings.items({ tenderId: scene.tenderId, envelopeId: 'technical' });
    const ofGarbage = items.find(
      ({ manifestSha256 }) => manifestSha256 === scene.bids[0]!.technical.signed.sha256,
    );
    expect(ofGarbage).toMatchObject({
      result: 'unreadable',
      fault: 'bidder',
      code: 'envelope.unreadable',
      consequence: 'excluded',
    });
    expect(items.filter(({ consequence }) => consequence === 'admitted')).toHaveLength(2);
    await expect(stage.give(scene, 2, await stage.sharesOf(scene, 2))).rejects.toMatchObject({
      code: 'opening.already-done',
    });
  });

  it('refuses a false share, names its trustee in public once, and keeps nothing of the batch', async () => {
    const scene = await stage.tender(2);
    const [good, other] = await stage.sharesOf(scene, 1);
    const swapped = [good!, { ...other!, share: good!.share }];
    for (let time = 0; time < 2; time++) {
      await expect(stage.give(scene, 1, swapped)).rejects.toMatchObject({ code: 'share.proof-invalid' });
    }
    const refused = await stage.eventsOf(scene.tenderId, 'share-refused');
    expect(refused.map(({ data }) => data)).toEqual([
      {
        envelopeId: 'technical',
        trusteeIndex: 1,
        manifestSha256: other!.manifestSha256,
        code: 'share.proof-invalid',
      },
    ]);
    expect(await stage.give(scene, 1, [good!])).toMatchObject({ given: 1 });
  });

  it('stops where one stored envelope was altered, opens nothing, and goes on when the true bytes are back', async () => {
    const scene = await stage.tender(3);
    const { signed, ciphertext } = scene.bids[1]!.technical;
    const changed = Uint8Array.from(ciphertext);
    changed[ciphertext.length - 1]! ^= 1;
    stage.alterObject(signed.age!.sha256, changed);
    await stage.quorum(scene);
    const partsBefore = stage.openedParts();
    const halted = await stage.combine(scene);
    expect([halted.stage, halted.halted]).toMatchObject([
      'halted',
      { fault: 'platform', manifestSha256s: [signed.sha256] },
    ]);
    expect(await stage.eventsOf(scene.tenderId, 'opening-halted')).toHaveLength(1);
    expect([stage.openedParts(), await stage.eventsOf(scene.tenderId, 'envelopes-opened')]).toEqual([
      partsBefore,
      [],
    ]);
    await expect(stage.give(scene, 3, await stage.sharesOf(scene, 3))).rejects.toMatchObject({
      code: 'opening.halted',
    });

    await resumed(scene);
    expect((await stage.combine(scene)).stage).toBe('halted');
    stage.alterObject(signed.age!.sha256, ciphertext);
    await resumed(scene);
    expect((await stage.combine(scene)).stage).toBe('opened');
    await expect(resumed(scene)).rejects.toMatchObject({ code: 'opening.not-halted' });
  });

  it('stops where a stored envelope is missing', async () => {
    const scene = await stage.tender(2);
    const { signed } = scene.bids[0]!.technical;
    await stage.store.remove(contentKey('envelopes', signed.age!.sha256));
    await stage.quorum(scene);
    expect(await stage.combine(scene)).toMatchObject({
      stage: 'halted',
      halted: { manifestSha256s: [signed.sha256] },
    });
  });

  describe('an administrator who exchanges envelope, hash and rows', () => {
    async function exchange(scene: Scene): Promise<{ readonly forged: string; readonly replaced: string }> {
      const { technical } = scene.bids[0]!;
      const { descriptor } = scene.committee;
      const { bidderCertSha256 } = technical.manifest;
      const other = await sealText(
        { descriptor, bidderCertSha256, envelopeId: 'technical' },
        'a better offer',
      );
      await stage.store.put(contentKey('envelopes', other.signed.age!.sha256), other.ciphertext);
      const { sha256, age, jws } = other.signed;
      await stage.database.dataSource.query(
        `UPDATE final_manifest SET sha256 = $3, age_sha256 = $4, age_size = $5, jws = $6
         WHERE tender_id = $1 AND sha256 = $2`,
        [scene.tenderId, technical.signed.sha256, sha256, age!.sha256, age!.size, jws],
      );
      return { forged: other.signed.sha256, replaced: technical.signed.sha256 };
    }

    it('is found: the ledger’s close record lists another manifest', async () => {
      const scene = await stage.tender(2);
      const { forged, replaced } = await exchange(scene);
      await stage.quorum(scene);
      const partsBefore = stage.openedParts();
      const halted = await stage.combine(scene);
      expect(halted.stage).toBe('halted');
      expect(halted.halted?.manifestSha256s.toSorted()).toEqual([forged, replaced].toSorted());
      expect(stage.openedParts()).toBe(partsBefore);
    });

    /** The close record names the list that the rows give now. */
    async function changeRecord({ tenderId }: Scene): Promise<void> {
      const list = finalManifests(await stage.ports().vault.finalBids(tenderId));
      await stage.database.dataSource.query(
        `UPDATE sealed_tender SET document = jsonb_set(document, '{close,manifestsSha256}', to_jsonb($2::text))
         WHERE tender_id = $1`,
        [tenderId, finalBidsSha256(list)],
      );
    }

    it('is found although the vault’s own close record was changed to fit, and trustees were deceived', async () => {
      const scene = await stage.tender(2);
      const { replaced } = await exchange(scene);
      await changeRecord(scene);
      await stage.quorum(scene);
      const halted = await stage.combine(scene);
      expect(halted.stage).toBe('halted');
      expect(halted.halted?.manifestSha256s).toContain(replaced);
    });

    it('is found although how far the ledger was is changed too', async () => {
      const scene = await stage.tender(2);
      const { replaced } = await exchange(scene);
      await changeRecord(scene);
      await stage.database.dataSource.query(
        `UPDATE sealed_tender SET document = jsonb_set(document, '{close,ledgerSize}', '9') WHERE tender_id = $1`,
        [scene.tenderId],
      );
      await stage.quorum(scene);
      expect((await stage.combine(scene)).halted?.manifestSha256s).toContain(replaced);
    });

    it('is found where a bid was dropped', async () => {
      const scene = await stage.tender(3);
      const { organisationId, technical } = scene.bids[2]!;
      await stage.database.dataSource.query(
        'DELETE FROM final_bid WHERE tender_id = $1 AND organisation_id = $2',
        [scene.tenderId, organisationId],
      );
      await stage.quorum(scene);
      expect((await stage.combine(scene)).halted?.manifestSha256s).toContain(technical.signed.sha256);
    });
  });

  it('waits as long as the close record is not in the ledger, and opens nothing', async () => {
    const scene = await stage.tender(1);
    const later = await stage.tender(1);
    await stage.quorum(scene);
    // The ledger of the stage is that of the tender which came last.
    await expect(stage.combine(scene)).rejects.toMatchObject({
      code: 'entry.unknown',
    });
    expect((await stage.openingOf(scene))?.stage).toBe('combining');
    await stage.quorum(later);
    expect((await stage.combine(later)).stage).toBe('opened');
  });

  describe('is interrupted', () => {
    async function kept(scene: Scene): Promise<{ alias: string; xmin: string }[]> {
      return stage.database.dataSource.query(
        'SELECT alias, xmin::text FROM opened_envelope WHERE tender_id = $1 ORDER BY alias',
        [scene.tenderId],
      );
    }

    it('by the end of its process: what was done stays done, the rest follows, and it is told once', async () => {
      const scene = await stage.tender(4);
      await stage.quorum(scene);
      let looks = 0;
      const dying = {
        get aborted() {
          return looks++ >= 2;
        },
      } as AbortSignal;
      expect((await stage.combine(scene, { signal: dying })).stage).toBe('combining');
      const half = await kept(scene);
      expect(half).toHaveLength(2);
      expect(await stage.eventsOf(scene.tenderId, 'envelopes-opened')).toEqual([]);

      expect((await stage.combine(scene)).stage).toBe('opened');
      const whole = await kept(scene);
      expect(whole).toHaveLength(4);
      expect(whole).toEqual(expect.arrayContaining(half));
      await stage.combine(scene);
      const told = await stage.told(scene.tenderId);
      for (const type of ['stored-envelopes-checked', 'envelopes-opened', 'combining-begun']) {
        expect(told.filter((one) => one === type)).toHaveLength(1);
      }
    });

    it('by a store that takes nothing: nobody is blamed, and it goes on later', async () => {
      const scene = await stage.tender(3);
      await stage.quorum(scene);
      const store = new FailingStore({ root: stage.folder, mutablePrefixes: MUTABLE_PREFIXES });
      store.left = 1;
      await expect(stage.combine(scene, { store })).rejects.toMatchObject({ code: 'storage.unavailable' });
      expect((await stage.openingOf(scene))?.stage).toBe('combining');
      store.left = Infinity;
      expect((await stage.combine(scene, { store })).stage).toBe('opened');
    });

    it('by another process that does the same: each result once', async () => {
      const scene = await stage.tender(3);
      await stage.quorum(scene);
      await Promise.all([stage.combine(scene), stage.combine(scene), stage.combine(scene)]);
      expect(await kept(scene)).toHaveLength(3);
      expect(await stage.eventsOf(scene.tenderId, 'envelopes-opened')).toHaveLength(1);
    });
  });
});
