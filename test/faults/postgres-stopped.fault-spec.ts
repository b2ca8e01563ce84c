import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { figureOf, Oracle } from '../support/faults/oracle.js';
import { PostgresServer } from '../support/faults/postgres-server.js';
import { RecoveryTimes } from '../support/faults/recovery-times.js';
import { keptBodies, SteadyBidding } from '../support/faults/steady-bidding.js';
import { openTender, type OpenTender } from '../support/open-tender.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

const STOPS = 10;
const PATIENCE_MS = 120_000;
const onLinux = process.platform === 'linux' ? it : it.skip;

describe('Postgres is stopped at once, without a checkpoint, while bids and their bodies come in', () => {
  let platform: TestPlatform;
  let tender: OpenTender;
  const oracle = new Oracle();

  beforeAll(async () => {
    platform = await startTestPlatform({ clockFactor: 1 });
    tender = await openTender(platform, PATIENCE_MS);
  }, 180_000);

  afterAll(() => platform?.close());

  onLinux(
    `${STOPS} times, and nothing that was acknowledged is lost`,
    async () => {
      const postgres = new PostgresServer(platform);
      const bidding = new SteadyBidding(tender.seats, oracle, new Date().toISOString());
      const recovery = new RecoveryTimes();
      for (let stop = 0; stop < STOPS; stop++) {
        await sleep(300 + 137 * stop);
        await postgres.stopImmediately();
        const stoppedAt = performance.now();
        await sleep(100 * (stop % 4));
        await postgres.start();
        await bidding.next();
        recovery.add(performance.now() - stoppedAt);
      }
      await bidding.stop();
      const verdict = await oracle.judge(platform, [tender.tenderId]);
      process.stderr.write(`F4 Postgres stopped ${STOPS} times: ${figureOf(verdict)}, ${recovery}\n`);
      expect(verdict).toMatchObject({ lost: 0, phantom: 0, late: 0, double: 0 });
      expect(verdict.acknowledged).toBeGreaterThan(STOPS);
    },
    600_000,
  );

  onLinux('every body is kept once, whole, and named by the row of a bid that was accepted', async () => {
    const rows = await platform.query<{ sha256: string }>('SELECT sha256 FROM vault.envelope_body');
    expect(keptBodies(platform).sort()).toEqual(rows.map(({ sha256 }) => sha256).sort());
    expect(rows).toHaveLength(2 * oracle.acknowledged);
    const open = await platform.query('SELECT seq FROM vault.bid_act WHERE accepted_at IS NULL');
    expect(open).toEqual([]);
  });

  onLinux('and nobody was told of a fault of the program', () => {
    expect(platform.log().match(/"code":"internal\.error"/g)).toBeNull();
  });
});
