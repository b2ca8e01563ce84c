import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getOpeningRecord, getTender } from '#contracts';
import { verifyBundle } from '../../apps/cli/src/bundle/verify-bundle.js';
import { writeBundle } from '../../apps/cli/src/bundle/write-bundle.js';
import { ApiClient } from '../../apps/cli/src/client/api-client.js';
import type { Play } from '../../apps/cli/src/demo/play-tender.js';
import { play } from '../support/play.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

const KILLS_MIN = 20;
const PATIENCE_MS = 120_000;
/** A third of a day a second: the notice takes a minute, long enough to be killed in many times. */
const CLOCK_FACTOR = 28_800;

/** Numbers that look like chance and are the same for the same seed, so that a failing run can be repeated. */
function* chance(seed: number): Generator<number> {
  let state = seed >>> 0;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

describe('kill −9 at random moments', () => {
  const seed = 20_261_124;
  let platform: TestPlatform;
  let played: Play;
  let kills = 0;
  const folder = mkdtempSync(join(tmpdir(), 'sunseal-kills-'));

  beforeAll(async () => {
    platform = await startTestPlatform({ clockFactor: CLOCK_FACTOR });
    const over = new AbortController();
    const random = chance(seed);
    const killer = (async () => {
      while (!over.signal.aborted) {
        await sleep(100 + 700 * (random.next().value as number));
        if (over.signal.aborted) return;
        const { process: child } = platform.current();
        const ended = new Promise((done) => child.once('exit', done));
        child.kill('SIGKILL');
        await ended;
        kills += 1;
        await platform.restart();
      }
    })();
    try {
      played = await play(platform, { noticeRealMs: 62_000, patienceMs: PATIENCE_MS });
    } finally {
      over.abort();
      await killer;
    }
  }, 600_000);

  afterAll(async () => {
    await platform?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it(`happens at least ${KILLS_MIN} times (seed ${seed})`, () => {
    expect(kills).toBeGreaterThanOrEqual(KILLS_MIN);
  });

  it('loses nothing that was acknowledged: the tender is awarded and its bundle verifies', async () => {
    const api = new ApiClient({ address: platform.current().address });
    expect((await api.call(getTender, { tenderId: played.tenderId })).stage).toBe('awarded');
    await writeBundle(api, played.tenderId, join(folder, 'bundle'));
    expect((await verifyBundle(join(folder, 'bundle'))).checks).toHaveLength(8);
  });

  it('proves every receipt that was given, each once', async () => {
    const api = new ApiClient({ address: platform.current().address });
    const { reveals } = await api.call(getOpeningRecord, { tenderId: played.tenderId });
    const acts = reveals.filter(({ event }) => /^bid-(?:submitted|withdrawn)$/.test(String(event['type'])));
    expect(acts.map(({ sealed }) => sealed).sort()).toEqual(
      played.receipts.map(({ reveal }) => reveal.sealed).sort(),
    );
  });

  it('does nothing twice', async () => {
    const twice = await platform.query(
      `SELECT producer, seq FROM (
         SELECT entry::jsonb->>'producer' AS producer, entry::jsonb->>'seq' AS seq FROM audit.ledger_entry WHERE type IS NOT NULL
       ) AS acts GROUP BY producer, seq HAVING count(*) > 1
       UNION ALL SELECT 'sealed', entry::jsonb->>'sealed' FROM audit.ledger_entry WHERE type IS NULL
       GROUP BY entry::jsonb->>'sealed' HAVING count(*) > 1`,
    );
    expect(twice).toEqual([]);
    const [counts] = await platform.query<Record<string, string>>(
      `SELECT (SELECT count(*) FROM registration.organisation) AS organisations,
              (SELECT count(*) FROM vault.participation) AS participations,
              (SELECT count(*) FROM vault.bid_act) AS acts,
              (SELECT count(*) FROM vault.final_bid) AS bids,
              (SELECT count(*) FROM tendering.question) AS questions`,
    );
    expect(counts).toEqual({ organisations: '7', participations: '6', acts: '8', bids: '5', questions: '1' });
  });
});
