import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contentKey, isBefore } from '#kernel';
import { systemCall } from '#service';
import { eventOf, OpeningStage, type Scene } from '../../test-support/opening-scene.js';
import { REVEAL_AFTER_DAYS } from '../domain/retention.js';
import { endTender, revealEnded } from './end-tender.js';
import { destroyDue } from './keeping/destroy-envelopes.js';
import { retainOpened } from './keeping/retain-opened.js';
import { nameBidders } from './name-bidders.js';
import { openingProofs, openingRecord } from './opening/read-opening.js';

const CALL = systemCall('test');

describe('a tender that ends without an award', () => {
  let stage: OpeningStage;
  beforeAll(async () => {
    stage = await OpeningStage.start();
  });
  afterAll(() => stage?.close());

  /** Two bids, with the sealed acts that intake would have made. */
  async function withActs(): Promise<Scene> {
    const scene = await stage.tender(2);
    const { tenderId } = scene;
    for (const { organisationId } of scene.bids) {
      await stage.ports().vault.transact(CALL, async (tx) => {
        await tx.seal({ type: 'bid-submitted', tenderId, actorId: null, data: { organisationId, seq: 1 } });
        return null;
      });
    }
    return scene;
  }

  const dataOf = async ({ tenderId }: Scene, type: string) =>
    (await stage.eventsOf(tenderId, type)).map(({ data }) => data);
  const recordOf = ({ tenderId }: Scene) => openingRecord(stage.ports(), { tenderId, page: 1 });
  const isStored = async (sha256: string): Promise<boolean> =>
    (await stage.store.head(contentKey('envelopes', sha256))) !== undefined;
  const openTechnical = async (scene: Scene): Promise<void> => {
    await stage.quorum(scene);
    expect((await stage.combine(scene)).stage).toBe('opened');
  };
  const lockScores = async (scene: Scene): Promise<void> => {
    const bids = await stage.ports().vault.finalBids(scene.tenderId);
    const results = bids.map(({ alias }) => ({ alias, score: '1', rounded: '1', isPassed: true }));
    await nameBidders(stage.ports(), { results, sheets: [], part: 1, parts: 1 }, eventOf(scene.tenderId));
  };

  it('says when its acts will be shown, and shows nothing before', async () => {
    const scene = await withActs();
    await endTender(stage.ports(), eventOf(scene.tenderId));
    const [{ revealAt } = {}] = await dataOf(scene, 'reveal-planned');
    await stage.letHoursPass(REVEAL_AFTER_DAYS * 24 - 1);
    await revealEnded(stage.ports(), CALL);
    expect(await dataOf(scene, 'acts-revealed')).toEqual([]);
    const record = await recordOf(scene);
    expect([record.reveals, record.bidders, record.leftSealed]).toEqual([[], [], []]);
    expect(isBefore(await stage.ports().vault.now(), String(revealAt))).toBe(true);
  });

  it('then shows all of them, says how many, and what was never opened; once', async () => {
    const scene = await withActs();
    await endTender(stage.ports(), eventOf(scene.tenderId));
    await stage.letHoursPass(REVEAL_AFTER_DAYS * 24);
    await revealEnded(stage.ports(), CALL);
    await revealEnded(stage.ports(), CALL);
    expect(await dataOf(scene, 'acts-revealed')).toHaveLength(1);
    expect(await dataOf(scene, 'reveal-completed')).toEqual([{ acts: 2 }]);
    const left = (await dataOf(scene, 'envelopes-left-sealed')).flatMap(({ envelopes }) => envelopes);
    expect(left).toHaveLength(4);
    const record = await recordOf(scene);
    expect([record.reveals.length, record.leftSealed]).toEqual([2, left]);
    expect(await dataOf(scene, 'envelopes-opened')).toEqual([]);
  });

  it('keeps envelopes until then, and destroys those that were never opened', async () => {
    const scene = await withActs();
    await openTechnical(scene);
    await endTender(stage.ports(), eventOf(scene.tenderId));
    await destroyDue(stage.ports(), CALL);
    expect(await dataOf(scene, 'envelopes-destroyed')).toEqual([]);
    await stage.letHoursPass(REVEAL_AFTER_DAYS * 24);
    await revealEnded(stage.ports(), CALL);
    await destroyDue(stage.ports(), CALL);
    const destroyed = (await dataOf(scene, 'envelopes-destroyed')).flatMap(
      ({ envelopes }) => envelopes as { envelopeId: string; sha256: string }[],
    );
    expect(destroyed.map(({ envelopeId }) => envelopeId)).toEqual(['commercial', 'commercial']);
    for (const { technical, commercial } of scene.bids) {
      expect(await isStored(technical.signed.age!.sha256)).toBe(true);
      expect(await isStored(commercial.signed.age!.sha256)).toBe(false);
    }
  });

  it('shows proofs of what was opened together with the acts, because a manifest names its bidder', async () => {
    const scene = await withActs();
    await openTechnical(scene);
    await endTender(stage.ports(), eventOf(scene.tenderId));
    const proofs = { tenderId: scene.tenderId, envelopeId: 'technical' as const, page: 1 };
    await expect(openingProofs(stage.ports(), proofs)).rejects.toMatchObject({ code: 'opening.not-yet' });
    await stage.letHoursPass(REVEAL_AFTER_DAYS * 24);
    await revealEnded(stage.ports(), CALL);
    expect((await openingProofs(stage.ports(), proofs)).manifests).toHaveLength(2);
  });

  it('shows its acts at once where bidders were named before', async () => {
    const scene = await withActs();
    await openTechnical(scene);
    await lockScores(scene);
    await endTender(stage.ports(), eventOf(scene.tenderId));
    expect(await dataOf(scene, 'reveal-completed')).toEqual([{ acts: 2 }]);
    const { leftSealed } = await recordOf(scene);
    expect(leftSealed.map(({ envelopeId }) => envelopeId)).toEqual(['commercial', 'commercial']);
  });

  it('ends once: told again, nothing moves', async () => {
    const scene = await withActs();
    await endTender(stage.ports(), eventOf(scene.tenderId));
    await stage.letHoursPass(1);
    await endTender(stage.ports(), eventOf(scene.tenderId));
    expect(await dataOf(scene, 'reveal-planned')).toHaveLength(1);
  });

  it('and that the vault never knew of is nothing to it', async () => {
    const event = eventOf('0198a000-0000-7000-8000-00000000beef');
    await expect(endTender(stage.ports(), event)).resolves.toBeUndefined();
    await expect(retainOpened(stage.ports(), event)).resolves.toBeUndefined();
  });
});
