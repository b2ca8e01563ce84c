import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { fromBase64, fromHex } from '#kernel';
import { openCheckpoint, verifyInclusion } from '#ledger';
import { newId, SupervisionScene, tenderPublished } from '../../../test-support/supervision-scene.js';
import * as entries from './read-entries.js';
import { timeline } from './read-timeline.js';

const [TENDER, OTHER, BUYER, BIDDER, FIRM] = [newId(), newId(), newId(), newId(), newId()];

describe('search and timeline of supervision', () => {
  let scene: SupervisionScene;
  let revealed: number;

  beforeAll(async () => {
    scene = await SupervisionScene.start();
    scene.names.people.push({ personId: BUYER, name: '王采购', organisationId: null });
    const sealed = await scene.seal('vault', {
      type: 'bid-submitted',
      at: '2026-12-14T09:00:00.000Z',
      tender: TENDER,
      actor: BIDDER,
      data: { organisationId: FIRM },
    });
    await scene.seal('vault', {
      type: 'bid-submitted',
      at: '2026-12-14T09:30:00.000Z',
      tender: OTHER,
      actor: null,
      data: {},
    });
    await scene.enter(
      {
        subject: 'evt.tendering.draft-saved.v1',
        tenderId: TENDER,
        actorId: BUYER,
        occurredAt: '2026-12-13T08:00:00.000Z',
      },
      { ...tenderPublished(TENDER), actorId: BUYER, occurredAt: '2026-12-14T08:00:00.000Z' },
      { ...tenderPublished(OTHER, { regionCode: '630200' }), occurredAt: '2026-12-15T08:00:00.000Z' },
    );
    revealed = 5;
    await scene.enter({
      producer: 'vault',
      subject: 'evt.vault.acts-revealed.v1',
      tenderId: TENDER,
      data: { reveals: [sealed] },
      occurredAt: '2026-12-16T08:00:00.000Z',
    });
  }, 60_000);

  afterAll(() => scene?.close());

  const indices = async (filter: object, scope: string[] | null = null): Promise<number[]> =>
    (await entries.list(scene.ports, scope, { limit: 50, ...filter })).items.map(({ index }) => index);

  it('finds entries by tender, person, organisation, type and time, in ledger order', async () => {
    expect(await indices({})).toEqual([0, 1, 2, 3, 4, 5]);
    expect(await indices({ tenderId: TENDER })).toEqual([0, 2, 3, 5]);
    expect(await indices({ personId: BUYER })).toEqual([2, 3]);
    expect(await indices({ type: 'tendering.tender-published' })).toEqual([3, 4]);
    expect(await indices({ from: '2026-12-14T08:00:00.000Z', to: '2026-12-15T08:00:00.000Z' })).toEqual([
      0, 3,
    ]);
    expect(await indices({ tenderId: TENDER, type: 'tendering.draft-saved' })).toEqual([2]);
  });

  it('finds an act that was sealed by what its reveal tells', async () => {
    expect(await indices({ organisationId: FIRM })).toEqual([0]);
    expect(await indices({ personId: BIDDER })).toEqual([0]);
    const { items } = await entries.list(scene.ports, null, { limit: 1, personId: BIDDER });
    expect(items[0]).toMatchObject({
      type: 'vault.bid-submitted',
      tenderId: TENDER,
      regionCode: '630102',
      reveal: { index: revealed, event: { actor: BIDDER } },
    });
  });

  it('keeps to the regions of the scope, earlier entries of a tender included; commitments are in every one', async () => {
    expect(await indices({}, ['630102'])).toEqual([0, 1, 2, 3, 5]);
    expect(await indices({}, ['630200'])).toEqual([1, 4]);
    expect(await indices({}, ['630000'])).toEqual([0, 1, 2, 3, 4, 5]);
    expect(await indices({ regionCode: '630100' })).toEqual([0, 2, 3, 5]);
  });

  it('pages by index and counts all that is found', async () => {
    const first = await entries.list(scene.ports, null, { limit: 4 });
    expect(first).toMatchObject({ next: '3', count: { found: 6, isExact: true }, searchedTo: 6 });
    expect(await indices({ after: first.next! })).toEqual([4, 5]);
    expect(first.names).toEqual({ [BUYER]: '王采购' });
    expect(first.tenders[TENDER]).toEqual({ zh: '道路', en: 'Road' });
  });

  it('gives a tender’s timeline with a proof of every entry to the checkpoint', async () => {
    const { items, checkpoint, sealed, tender } = await timeline(scene.ports, null, {
      tenderId: TENDER,
      limit: 50,
    });
    const { root, size } = openCheckpoint(checkpoint, [scene.ledger.signer.verifier]);
    expect(items.map(({ index }) => index)).toEqual([0, 2, 3, 5]);
    for (const { index, leafSha256, proof } of items) {
      verifyInclusion({
        index,
        size,
        root,
        leafHash: fromHex(leafSha256),
        proof: proof.map((hash) => fromBase64(hash)),
      });
    }
    expect(sealed).toBe(1);
    expect(tender).toEqual({ tenderId: TENDER, title: { zh: '道路', en: 'Road' }, regionCode: '630102' });
  });

  it('knows no tender outside of the scope, nor one without entries', async () => {
    const asked = (tenderId: string, scope: string[] | null) =>
      timeline(scene.ports, scope, { tenderId, limit: 50 });
    await expect(asked(TENDER, ['630200'])).rejects.toMatchObject({ code: 'tender.unknown' });
    await expect(asked(newId(), null)).rejects.toMatchObject({ code: 'tender.unknown' });
  });

  it('tells the feed what came after an index, and where it looked', async () => {
    expect(await entries.beginFeed(scene.ports)).toEqual({ lookedTo: 5 });
    const some = await entries.feed(scene.ports, null, { after: 2, limit: 2 });
    expect(some).toMatchObject({ lookedTo: 4, isMore: true });
    expect(await entries.feed(scene.ports, ['630200'], { after: 4, limit: 50 })).toEqual({
      items: [],
      lookedTo: 5,
      isMore: false,
    });
  });
});
