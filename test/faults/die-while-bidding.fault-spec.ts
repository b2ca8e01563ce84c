import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BidLine } from '../support/faults/bid-line.js';
import { WATCHED_HEADER } from '../support/faults/crash-plan.js';
import { type CutAct, CrashRunner } from '../support/faults/crash-runner.js';
import { figureOf, Oracle } from '../support/faults/oracle.js';
import { type SentBid, sendBid } from '../support/faults/sent-bid.js';
import { openTender, type OpenTender } from '../support/open-tender.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

const PATIENCE_MS = 60_000;
const SUBMIT = '^POST /api/v1/tenders/[^/]+/bids$';
const WATCHED = { [WATCHED_HEADER]: '1' };

describe('the platform dies at every point of taking a bid', () => {
  let platform: TestPlatform;
  let runner: CrashRunner;
  let tender: OpenTender;
  let lines: BidLine[];
  let turn = 0;
  const oracle = new Oracle();

  beforeAll(async () => {
    platform = await startTestPlatform({ clockFactor: 1 });
    runner = new CrashRunner(platform);
    tender = await openTender(platform, PATIENCE_MS);
    const at = new Date().toISOString();
    lines = await Promise.all(tender.seats.map(({ bidder }) => BidLine.begin(bidder, tender.tenderId, at)));
  }, 180_000);

  afterAll(async () => {
    await platform?.close();
    runner?.close();
  });

  const nextBid = async (): Promise<SentBid> => {
    const bid = await lines[turn++ % lines.length]!.next();
    oracle.sends(bid.manifests);
    return bid;
  };

  async function send(bid: SentBid, headers = {}): Promise<void> {
    const { status, receipt, code } = await sendBid(bid, headers);
    if (!receipt) throw new Error(`refused with ${status} ${code}`);
    oracle.acknowledges(bid.manifests, receipt);
  }

  async function cutBid(): Promise<CutAct> {
    const bid = await nextBid();
    return { first: () => send(bid, WATCHED), again: () => send(bid) };
  }

  it('loses none, invents none, doubles none', async () => {
    const path = { watch: SUBMIT, prepare: cutBid };
    const points = await runner.list(path);
    const all = [...points.warm, ...points.cold];
    process.stderr.write(`submit-bid has ${all.length} points:\n  ${all.join('\n  ')}\n`);
    const { missed, recovery } = await runner.dieAtEach(path, points);
    expect(missed).toEqual([]);
    const verdict = await oracle.judge(platform, [tender.tenderId]);
    process.stderr.write(
      `F1 submit-bid: ${runner.fired().length} deaths, ${figureOf(verdict)}, ${recovery}\n`,
    );
    expect(verdict).toMatchObject({ lost: 0, phantom: 0, late: 0, double: 0 });
    expect(verdict.acknowledged).toBeGreaterThan(all.length);
    expect(new Set(runner.fired())).toEqual(new Set(all));
  }, 1_800_000);
});
