import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contentKey } from '#kernel';
import { OpeningStage } from '../../../test-support/opening-scene.js';
import { clearWaiting } from './clear-waiting.js';

describe('bodies that wait to be accepted', () => {
  let stage: OpeningStage;
  beforeAll(async () => {
    stage = await OpeningStage.start();
  });
  afterAll(() => stage?.close());

  const waits = async (sha256: string): Promise<boolean> =>
    (await stage.store.head(contentKey('quarantine', sha256))) !== undefined;

  const wait = (sha256: string, bytes: Uint8Array) =>
    stage.store.put(contentKey('quarantine', sha256), bytes);

  it('go when they were accepted, or nobody waits for them, and stay while an open tender does', async () => {
    const { tenderId, bids } = await stage.tender(3);
    const [accepted, late, awaited] = bids.map(({ technical }) => technical) as [
      (typeof bids)[number]['technical'],
      (typeof bids)[number]['technical'],
      (typeof bids)[number]['technical'],
    ];
    for (const { manifest, ciphertext } of [accepted, late, awaited]) {
      await wait(manifest.age.sha256, ciphertext);
    }
    const query = (sql: string, params: unknown[]) => stage.database.dataSource.query(sql, params);
    const notAccepted = [late, awaited].map(({ manifest }) => manifest.age.sha256);
    await query('DELETE FROM envelope_body WHERE sha256 = ANY ($1)', [notAccepted]);
    await query(`UPDATE bid_act SET proofs = 'refused' WHERE document->'manifests' @> $1::jsonb`, [
      JSON.stringify([{ age: { sha256: late.manifest.age.sha256 } }]),
    ]);
    await query(
      `UPDATE sealed_tender SET document = jsonb_set(document, '{stage}', '"open"') WHERE tender_id = $1`,
      [tenderId],
    );
    expect(await clearWaiting(stage.ports())).toBe(2);
    expect(
      await Promise.all([accepted, late, awaited].map(({ manifest }) => waits(manifest.age.sha256))),
    ).toEqual([false, false, true]);
    await query(
      `UPDATE sealed_tender SET document = jsonb_set(document, '{stage}', '"closed"') WHERE tender_id = $1`,
      [tenderId],
    );
    expect(await clearWaiting(stage.ports())).toBe(1);
    expect(await clearWaiting(stage.ports())).toBe(0);
  });
});
