import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { utf8 } from '#kernel';
import { createSigner, encodeEntry, leafHash, lowerCheckpoints, requireLower, signCheckpoint } from '#ledger';
import { nodeSha256 } from '#ledger/node';
import { openEntry } from '../../../../../libs/ledger/test-support/log-builder.js';
import { COUNTY, LowerScene, SILENT_AFTER_MS } from '../../../test-support/lower-scene.js';
import { readLowerCentres } from './read-lower.js';
import type { LowerWatch } from './watch-lower.js';

describe('the ledger of a lower centre', () => {
  let scene: LowerScene;
  let watch: LowerWatch;
  const look = (): Promise<void> => watch.look(scene.nowMs);

  beforeAll(async () => {
    scene = await LowerScene.start();
  });
  beforeEach(async () => {
    await scene.clear();
    watch = scene.watch();
  });
  afterAll(() => scene.close());

  it('is entered above, each checkpoint once, and what was entered is proved by it', async () => {
    for (const count of [3, 0, 300, 1]) {
      if (count > 0) await scene.grow(count);
      await look();
    }
    const told = await scene.told();
    const entries = told.map(({ data }, index) => ({
      index,
      entry: openEntry(index + 1, { type: 'audit.lower-checkpoint', data: data as never }),
    }));
    const held = lowerCheckpoints(entries);
    expect(held.map(({ size, regionCode }) => [size, regionCode])).toEqual([
      [3, COUNTY],
      [303, COUNTY],
      [304, COUNTY],
    ]);
    const leaves = Array.from({ length: 304 }, (_, i) => leafHash(encodeEntry(openEntry(i + 1)), nodeSha256));
    requireLower(held, leaves, scene.centre.verifiers, nodeSha256);
    expect(await readLowerCentres(scene.rows, [scene.centre])).toMatchObject({
      items: [{ regionCode: COUNTY, size: 304, fault: null }],
    });
  });

  it('may be quiet as long as it says that it is there', async () => {
    await scene.grow(2);
    for (let n = 0; n < 10; n++) {
      scene.pass(SILENT_AFTER_MS);
      scene.beat();
      await look();
    }
    expect(await scene.news()).toEqual([]);
  });

  it('is silent when its last sign of life is too old, told once, and sound when it is back', async () => {
    await scene.grow(2);
    await look();
    scene.pass(SILENT_AFTER_MS + 1);
    await look();
    await look();
    expect(await scene.news()).toEqual(['lower-centre-silent']);
    // Another process of the same service looks too, and tells nothing anew.
    await scene.watch().look(scene.nowMs);
    scene.beat();
    await look();
    expect(await scene.news()).toEqual(['lower-centre-silent', 'sound']);
  });

  it('is silent when it cannot be read, from the start of who looks', async () => {
    scene.isReachable = false;
    await look();
    scene.pass(SILENT_AFTER_MS + 1);
    await look();
    expect(await scene.news()).toEqual(['lower-centre-silent']);
    expect((await scene.told())[0]!.data['evidence']).toMatchObject({
      regionCode: COUNTY,
      reason: 'no answer',
      size: null,
    });
  });

  it('is silent when tiles are gone, or its heartbeat is of the future', async () => {
    await scene.grow(2);
    await look();
    await scene.grow(3);
    scene.lower.files.delete('tile/0/000.p/5');
    scene.pass(SILENT_AFTER_MS + 1);
    scene.beat();
    await look();
    expect(await scene.news()).toEqual(['lower-centre-silent']);

    await scene.clear();
    watch = scene.watch();
    scene.pass(3 * SILENT_AFTER_MS);
    await scene.grow(2);
    scene.pass(-SILENT_AFTER_MS - 1_000);
    await look();
    expect(await scene.news()).toEqual(['lower-centre-silent']);
  });

  it('is rewound when it signs fewer entries than were entered, and sound when they are back', async () => {
    await scene.grow(4);
    const rewind = scene.save();
    await scene.grow(2);
    const restore = scene.save();
    await look();
    rewind();
    scene.beat();
    await look();
    await look();
    expect(await scene.news()).toEqual(['lower-centre-rewound']);
    const { evidence } = (await scene.told()).at(-1)!.data as { evidence: Record<string, string> };
    expect([evidence['known'], evidence['seen']].map((note) => note!.split('\n')[1])).toEqual(['6', '4']);
    restore();
    scene.beat();
    await look();
    expect(await scene.news()).toEqual(['lower-centre-rewound', 'sound']);
  });

  it('is forked when it went back and grew past what was entered with other entries', async () => {
    await scene.grow(4);
    const rewind = scene.save();
    await scene.grow(2);
    await look();
    rewind();
    await scene.grow(2);
    await look();
    expect(await scene.news()).toEqual(['lower-centre-forked']);
    rewind();
    await scene.grow(9);
    await look();
    expect(await scene.news()).toEqual(['lower-centre-forked']);
    expect((await scene.told()).filter(({ subject }) => subject.includes('lower-checkpoint'))).toHaveLength(
      1,
    );
  });

  it('is unsigned when another key signed what it shows', async () => {
    await scene.grow(2);
    const { lower } = scene;
    const forger = createSigner(lower.signer.name, new Uint8Array(32).fill(3));
    const checkpoint = { origin: forger.name, size: 2, root: new Uint8Array(32) };
    lower.files.set('checkpoint', utf8(signCheckpoint(checkpoint, forger)));
    await look();
    expect(await scene.news()).toEqual(['lower-centre-unsigned']);
  });
});
