import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Bidder } from '../../apps/cli/src/client/bidder.js';
import { BidLine } from '../support/faults/bid-line.js';
import { inGroups } from '../bench/crowd.js';
import { figureOf, Oracle } from '../support/faults/oracle.js';
import { type Answered, type SentBid, sendBid } from '../support/faults/sent-bid.js';
import { openTender, type OpenTender } from '../support/open-tender.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { putClockForward } from '../support/put-clock-forward.js';

/** Versions of six bids. */
const VERSIONS = 42;
const AT_ONCE = 24;
const PATIENCE_MS = 60_000;

type Change = (bid: SentBid) => SentBid;

const same: Change = (bid) => bid;
const underNewKey: Change = (bid) => ({ ...bid, key: randomUUID() });

describe('signed requests are replayed', () => {
  let platform: TestPlatform;
  let tender: OpenTender;
  let other: OpenTender;
  const sent: SentBid[] = [];
  const oracle = new Oracle();
  let replays = 0;

  beforeAll(async () => {
    platform = await startTestPlatform({ clockFactor: 1 });
    tender = await openTender(platform, PATIENCE_MS, '-open');
    other = await openTender(platform, PATIENCE_MS, '-next');
    const at = new Date().toISOString();
    await inGroups(tender.seats, tender.seats.length, async ({ bidder }) => {
      await new Bidder(bidder.api, bidder.identity, other.tenderId).join();
      const line = await BidLine.begin(bidder, tender.tenderId, at);
      for (let version = 0; version < VERSIONS; version++) {
        const bid = await line.next();
        oracle.sends(bid.manifests);
        const { receipt, code } = await sendBid(bid);
        if (!receipt) throw new Error(`refused with ${code}`);
        oracle.acknowledges(bid.manifests, receipt);
        sent.push(bid);
      }
    });
  }, 180_000);

  afterAll(() => platform?.close());

  /** How often each answer came: the receipt, or a code. */
  async function replay(change: Change): Promise<Record<string, number>> {
    const answers = await inGroups(sent, AT_ONCE, async (bid): Promise<string> => {
      const { receipt, code, status }: Answered = await sendBid(change(bid));
      if (receipt) oracle.acknowledges(bid.manifests, receipt);
      return receipt ? 'receipt' : (code ?? String(status));
    });
    replays += answers.length;
    const counts: Record<string, number> = {};
    for (const answer of answers) counts[answer] = (counts[answer] ?? 0) + 1;
    return counts;
  }

  const all = (answer: string): Record<string, number> => ({ [answer]: sent.length });

  it('now: the same key gives the same receipt, another key is refused', async () => {
    expect(await replay(same)).toEqual(all('receipt'));
    expect(await replay(underNewKey)).toEqual(all('bid.sequence-wrong'));
  }, 120_000);

  it('on another tender: with their key or without, they are for one tender alone', async () => {
    const onOther = (bid: SentBid): SentBid => ({ ...bid, tenderId: other.tenderId });
    expect(await replay(onOther)).toEqual(all('manifest.other-tender'));
    expect(await replay((bid) => underNewKey(onOther(bid)))).toEqual(all('manifest.other-tender'));
  }, 120_000);

  it('by another bidder: a signature is of one organisation alone', async () => {
    const byOther = (bid: SentBid): SentBid => {
      const at = tender.seats.findIndex(({ bidder }) => bidder.api === bid.bidder.api);
      return { ...bid, bidder: tender.seats[(at + 1) % tender.seats.length]!.bidder };
    };
    expect(await replay(byOther)).toEqual(all('bid.other-organisation'));
  }, 120_000);

  it('after kill −9 and a start', async () => {
    const { process: child } = platform.current();
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGKILL');
    await ended;
    await platform.restart();
    expect(await replay(same)).toEqual(all('receipt'));
    expect(await replay(underNewKey)).toEqual(all('bid.sequence-wrong'));
  }, 120_000);

  it('after the deadline: the receipt of then, and nothing new', async () => {
    await putClockForward(platform, 30);
    expect(await replay(same)).toEqual(all('receipt'));
    expect(await replay(underNewKey)).toEqual(all('bid.late'));
  }, 120_000);

  it('and nothing came of any', async () => {
    const verdict = await oracle.judge(platform, [tender.tenderId, other.tenderId]);
    process.stderr.write(`F9 ${replays} replays of ${sent.length} signed requests: ${figureOf(verdict)}\n`);
    expect(replays).toBeGreaterThan(1_000);
    expect(verdict).toEqual({ acknowledged: sent.length, lost: 0, phantom: 0, late: 0, double: 0 });
  }, 120_000);
});
