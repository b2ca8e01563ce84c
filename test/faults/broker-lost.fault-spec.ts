import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitUntil } from '../../apps/cli/src/client/wait-until.js';
import { ensureDebianPackage } from '../support/debian-packages.js';
import { BidLine } from '../support/faults/bid-line.js';
import { Broker } from '../support/faults/broker.js';
import { figureOf, Oracle } from '../support/faults/oracle.js';
import { RecoveryTimes } from '../support/faults/recovery-times.js';
import { type SentBid, sendBid } from '../support/faults/sent-bid.js';
import { openTender, type OpenTender } from '../support/open-tender.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

const PATIENCE_MS = 120_000;
const VERSIONS_MAX = 50;
const PACE_MS = 400;
const DOWN_MS = 2_000;

const engines = [
  await ensureDebianPackage('nats-server', ['nats-server']),
  await ensureDebianPackage('radosgw', ['radosgw', 'ceph-mon', 'ceph-osd', 'ceph-common']),
];
const missing = engines.flatMap((engine) => ('missing' in engine ? [engine.missing] : []));
const overNats = missing.length === 0 && process.platform === 'linux' ? it : it.skip;

describe(`the broker is lost while bids come in${missing.length > 0 ? `: ${missing.join('; ')}` : ''}`, () => {
  let platform: TestPlatform;
  let tender: OpenTender;
  let broker: Broker;
  const oracle = new Oracle();
  const refusals = new Map<string, number>();
  let received = 0;

  beforeAll(async () => {
    if (missing.length > 0) return;
    platform = await startTestPlatform({ clockFactor: 1, overNats: true });
    tender = await openTender(platform, PATIENCE_MS);
    broker = new Broker(platform);
  }, 300_000);

  afterAll(async () => {
    await platform?.close();
    await broker?.end();
  });

  /** Until it is acknowledged, always under the same key. */
  async function insist(bid: SentBid): Promise<void> {
    oracle.sends(bid.manifests);
    for (;;) {
      const { receipt, status, code } = await sendBid(bid);
      if (receipt) {
        oracle.acknowledges(bid.manifests, receipt);
        received += 1;
        return;
      }
      refusals.set(`${status} ${code}`, (refusals.get(`${status} ${code}`) ?? 0) + 1);
      await sleep(50);
    }
  }

  const nextAfter = (before: number) => async () => (received > before ? true : undefined);

  async function nextReceipt(): Promise<void> {
    await waitUntil('the next receipt', PATIENCE_MS, nextAfter(received));
  }

  overNats(
    'killed, started again, and started again with nothing of what it kept',
    async () => {
      const at = new Date().toISOString();
      const lines = await Promise.all(
        tender.seats.map(({ bidder }) => BidLine.begin(bidder, tender.tenderId, at)),
      );
      const over = new AbortController();
      const bidding = lines.map(async (line) => {
        for (let version = 0; version < VERSIONS_MAX && !over.signal.aborted; version++) {
          const pause = sleep(PACE_MS);
          await insist(await line.next());
          await pause;
        }
      });
      const recovery = new RecoveryTimes();
      for (const isEmptied of [false, true, false, true]) {
        await sleep(1_000);
        await broker.kill();
        const killedAt = performance.now();
        if (isEmptied) broker.empty();
        await sleep(DOWN_MS);
        await broker.start();
        await nextReceipt();
        recovery.add(performance.now() - killedAt - DOWN_MS);
      }
      over.abort();
      await Promise.all(bidding);
      const verdict = await oracle.judge(platform, [tender.tenderId]);
      const said = [...refusals].map(([refusal, n]) => `${n} × ${refusal}`).join(', ') || 'none';
      process.stderr.write(
        `F2 broker lost 4 times, twice emptied: ${figureOf(verdict)}; refused meanwhile: ${said}; ${recovery}\n`,
      );
      expect(verdict).toMatchObject({ lost: 0, phantom: 0, late: 0, double: 0 });
      expect(verdict.acknowledged).toBeGreaterThan(lines.length);
      const clear = /^(?:503 bus\.(?:unavailable|no-responder)|503 database\.unavailable|504 bus\.timeout)$/;
      expect([...refusals.keys()].filter((refusal) => !clear.test(refusal))).toEqual([]);
    },
    900_000,
  );
});
