import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contentKey, DomainError } from '#kernel';
import { MUTABLE_PREFIXES, systemCall } from '#service';
import { FileObjectStore } from '#storage';
import { eventOf, OpeningStage, type Scene } from '../../../test-support/opening-scene.js';
import { destroyDue } from './destroy-envelopes.js';
import { leaveSealed, nameBidders } from '../name-bidders.js';

/** A store that retains everything until it is told that the time has come, as one with Object Lock does. */
class RetainingStore extends FileObjectStore {
  isOver = false;

  override async remove(key: string): Promise<void> {
    if (!this.isOver) throw new DomainError('object.retained', 'Kept until its retention ends.', { key });
    return super.remove(key);
  }
}

describe('envelopes that are never to be opened', () => {
  let stage: OpeningStage;
  beforeAll(async () => {
    stage = await OpeningStage.start();
  });
  afterAll(() => stage?.close());

  /** One bid of two passes; its commercial envelope is opened, and the tender awarded. */
  async function awarded(): Promise<Scene> {
    const scene = await stage.tender(2);
    await stage.quorum(scene);
    await stage.combine(scene);
    const bids = await stage.ports().vault.finalBids(scene.tenderId);
    const [winner] = scene.bids;
    const results = bids.map(({ alias, organisationId }) => ({
      alias,
      score: '1',
      rounded: '1',
      isPassed: organisationId === winner!.organisationId,
    }));
    await nameBidders(stage.ports(), { part: 1, parts: 1, results, sheets: [] }, eventOf(scene.tenderId));
    await stage.quorum(scene, 'commercial');
    expect((await stage.combine(scene, { envelopeId: 'commercial' })).stage).toBe('opened');
    await leaveSealed(stage.ports(), eventOf(scene.tenderId));
    return scene;
  }

  const destroyedOf = async ({ tenderId }: Scene) =>
    (await stage.eventsOf(tenderId, 'envelopes-destroyed')).flatMap(({ data }) => data['envelopes']);
  const isStored = async (sha256: string): Promise<boolean> =>
    (await stage.store.head(contentKey('envelopes', sha256))) !== undefined;

  it('are removed after the award, with an entry; those that were opened stay', async () => {
    const scene = await awarded();
    const [opened, sealed] = scene.bids;
    await destroyDue(stage.ports(), systemCall('destroy'));
    const { signed } = sealed!.commercial;
    expect(await destroyedOf(scene)).toMatchObject([
      { envelopeId: 'commercial', manifestSha256: signed.sha256, sha256: signed.age!.sha256 },
    ]);
    expect(await isStored(signed.age!.sha256)).toBe(false);
    for (const kept of [opened!.technical, opened!.commercial, sealed!.technical]) {
      expect(await isStored(kept.signed.age!.sha256)).toBe(true);
    }
    await destroyDue(stage.ports(), systemCall('destroy'));
    expect(await destroyedOf(scene)).toHaveLength(1);
  });

  it('get their entry only when the store lets them go', async () => {
    const scene = await awarded();
    const store = new RetainingStore({ root: stage.folder, mutablePrefixes: MUTABLE_PREFIXES });
    await destroyDue(stage.ports(store), systemCall('destroy'));
    expect(await destroyedOf(scene)).toEqual([]);
    store.isOver = true;
    await destroyDue(stage.ports(store), systemCall('destroy'));
    expect(await destroyedOf(scene)).toEqual([]);
    await stage.passHours(2);
    await destroyDue(stage.ports(store), systemCall('destroy'));
    expect(await destroyedOf(scene)).toHaveLength(1);
  });

  it('that were removed before a kill are told after it', async () => {
    const scene = await awarded();
    await stage.store.remove(contentKey('envelopes', scene.bids[1]!.commercial.signed.age!.sha256));
    await destroyDue(stage.ports(), systemCall('destroy'));
    expect(await destroyedOf(scene)).toHaveLength(1);
  });
});
