import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OpeningStage } from '../../../test-support/opening-scene.js';
import { BidderKeys1764200000002 } from './bidder-keys-1764200000002.js';

describe('an opening of before there were keys of bidders’ own', () => {
  let stage: OpeningStage;
  beforeAll(async () => {
    stage = await OpeningStage.start();
  });
  afterAll(() => stage?.close());

  it('awaits none, and goes on where it was', async () => {
    const scene = await stage.tender(1);
    await stage.passHours(0);
    const runner = stage.database.dataSource.createQueryRunner();
    await runner.query(`UPDATE opening SET document = document - 'keys'`);
    const migration = new BidderKeys1764200000002();
    await migration.down(runner);
    await migration.up(runner);
    await runner.release();
    expect((await stage.openingOf(scene))?.keys).toBeNull();
    await stage.quorum(scene);
    expect((await stage.combine(scene)).stage).toBe('opened');
  });
});
