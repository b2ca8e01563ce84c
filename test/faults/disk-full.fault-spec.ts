import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitUntil } from '../../apps/cli/src/client/wait-until.js';
import type { SealedBid } from '../../apps/cli/src/client/bidder.js';
import type { Seat } from '../../apps/cli/src/demo/acts/preparation.js';
import { BidLine } from '../support/faults/bid-line.js';
import { figureOf, Oracle } from '../support/faults/oracle.js';
import { PostgresServer } from '../support/faults/postgres-server.js';
import { type SentBid, sendBid } from '../support/faults/sent-bid.js';
import { canMountDisk, SmallDisk } from '../support/faults/small-disk.js';
import { keptBodies } from '../support/faults/steady-bidding.js';
import { openTender, type OpenTender } from '../support/open-tender.js';
import { clusterOf, startTestPlatform, type TestPlatform } from '../support/platform.js';
import { RawTus } from '../support/raw-tus.js';

const OBJECTS_MB = 24;
const CLUSTER_MB = 400;
const PATIENCE_MS = 60_000;
/** Bids that are tried, and refused, while there is no space. */
const TRIES_MAX = 400;
const REFUSED_MIN = 20;

/** Skipped by name where this user may mount nothing. */
const onSmallDisk = canMountDisk() ? it : it.skip;

describe('a disk is full', () => {
  let platform: TestPlatform;
  let tender: OpenTender;
  const oracle = new Oracle();
  const [objects, cluster] = [new SmallDisk(OBJECTS_MB), new SmallDisk(CLUSTER_MB)];
  const at = new Date().toISOString();

  beforeAll(async () => {
    if (!canMountDisk()) return;
    platform = await startTestPlatform({ clockFactor: 1 });
    tender = await openTender(platform, PATIENCE_MS);
    await platform.current().stop();
    objects.moveIn(join(platform.dataDir, 'objects'));
    cluster.moveIn(clusterOf(platform.dataDir));
    await platform.restart();
  }, 180_000);

  afterAll(async () => {
    await platform?.current().stop();
    for (const disk of [objects, cluster]) disk.remove();
    await platform?.close();
  });

  async function commit({ bidder }: Seat): Promise<SealedBid> {
    const part = { name: 'offer.txt', mediaType: 'text/plain', bytes: Buffer.from('an offer') };
    const bid = await bidder.seal(await bidder.descriptor(), { technical: [part], commercial: [part] }, at);
    oracle.sends(bid.manifests);
    oracle.acknowledges(bid.manifests, await bidder.commit(bid));
    return bid;
  }

  onSmallDisk(
    'where objects lie: bodies are refused with a code, bids are taken, and all goes on with space',
    async () => {
      const [first, second] = tender.seats as [Seat, Seat];
      const bid = await commit(first);
      const { ciphertext, manifest } = bid.envelopes[0]!;
      const body = { bytes: Buffer.from(ciphertext), sha256: manifest.age.sha256 };
      const folder = `/api/v1/tenders/${tender.tenderId}/envelopes`;
      const cookie = first.bidder.api.sessionHeaders()['cookie']!;
      const tus = new RawTus(() => platform.current().address, folder, cookie);
      const path = await tus.begin(body);
      objects.fill();
      const full = await tus.patch(path, 0, body.bytes);
      const whileFull = await commit(second);
      expect(existsSync(join(platform.dataDir, 'objects', 'envelopes'))).toBe(false);
      objects.clear();
      expect(full).toMatchObject({ status: 503, code: 'storage.unavailable' });
      await first.bidder.sendBodies(bid);
      await second.bidder.sendBodies(whileFull);
      const sent = [bid, whileFull].flatMap(({ envelopes }) =>
        envelopes.map((one) => one.manifest.age.sha256),
      );
      expect(new Set(keptBodies(platform))).toEqual(new Set(sent));
    },
    120_000,
  );

  onSmallDisk(
    'where Postgres lies: bids are refused with a code and no receipt, and are taken when there is space',
    async () => {
      const seats = tender.seats.slice(2);
      const lines = await Promise.all(seats.map(({ bidder }) => BidLine.begin(bidder, tender.tenderId, at)));
      const pending = new Map<number, SentBid>();
      const said = new Map<string, number>();
      const send = async (bid: SentBid): Promise<boolean> => {
        oracle.sends(bid.manifests);
        const { receipt, status, code } = await sendBid(bid);
        if (receipt) oracle.acknowledges(bid.manifests, receipt);
        const answer = receipt ? 'receipt' : `${status} ${code}`;
        said.set(answer, (said.get(answer) ?? 0) + 1);
        return receipt !== undefined;
      };
      const postgres = new PostgresServer(platform);
      cluster.fill();
      let refused = 0;
      for (let tried = 0; tried < TRIES_MAX && refused < REFUSED_MIN; tried++) {
        const line = tried % lines.length;
        const bid = pending.get(line) ?? (await lines[line]!.next());
        pending.set(line, bid);
        if (await send(bid)) pending.delete(line);
        else refused += 1;
      }
      const whileFull = [...said].map(([answer, n]) => `${n} × ${answer}`).join(', ');
      const answers = [...said.keys()].filter((answer) => answer !== 'receipt');
      cluster.clear();
      await postgres.start();
      for (const bid of pending.values()) {
        await waitUntil('the bid to be taken', 60_000, async () => (await send(bid)) || undefined);
      }
      const verdict = await oracle.judge(platform, [tender.tenderId]);
      process.stderr.write(`F8 Postgres without space: ${whileFull}; ${figureOf(verdict)}\n`);
      expect(answers).toEqual(['503 database.unavailable']);
      expect(verdict).toMatchObject({ lost: 0, phantom: 0, late: 0, double: 0 });
    },
    300_000,
  );
});
