import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentKey } from '#kernel';
import { systemCall } from '#service';
import { OpeningStage } from '../../../test-support/opening-scene.js';
import { scrubEnvelopes } from './scrub-envelopes.js';

const silent = { error: () => undefined, info: () => undefined };

describe('stored envelopes, read again', () => {
  let stage: OpeningStage;
  beforeAll(async () => {
    stage = await OpeningStage.start();
  });
  afterAll(() => stage?.close());

  const scrub = () => scrubEnvelopes(stage.ports(), systemCall('scrub'), { log: silent });

  it('are found altered or missing, and entered as acts of their tender', async () => {
    const { bids } = await stage.tender(3);
    const keys = bids.map(({ technical }) => contentKey('envelopes', technical.manifest.age.sha256));
    expect(await scrub()).toMatchObject({ checked: 6, altered: 0, missing: 0, isComplete: true });
    const [altered, missing] = keys.map((key) => join(stage.folder, key));
    chmodSync(altered!, 0o600);
    const bytes = readFileSync(altered!);
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(altered!, bytes);
    rmSync(missing!);
    expect(await scrub()).toMatchObject({ checked: 6, altered: 1, missing: 1 });
    const rows: { event: { data: { kind: string } } }[] = await stage.database.dataSource.query(
      `SELECT event FROM sealed_act WHERE event->>'type' = 'envelope-faulty'`,
    );
    expect(rows.map(({ event }) => event.data.kind).sort()).toEqual(['altered', 'missing']);
  });
});
