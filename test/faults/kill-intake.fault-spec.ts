import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contentKey } from '#kernel';
import { getOwnBid } from '#contracts';
import { FileObjectStore } from '#storage';
import { Bidder, type Receipt } from '../../apps/cli/src/client/bidder.js';
import { whenPossible } from '../../apps/cli/src/client/when-possible.js';
import {
  certifyBidders,
  makeDraft,
  publish,
  seatTrustees,
} from '../../apps/cli/src/demo/acts/preparation.js';
import { gatherCast } from '../../apps/cli/src/demo/cast.js';
import { Transcript } from '../../apps/cli/src/demo/transcript.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

const KILLS = 50;
const PATIENCE_MS = 120_000;
/** Versions of one bidder follow each other at least so slowly: fifty kills must find some left to take. */
const PACE_MS = 1_500;
const VERSIONS_MAX = 50;
const SILENT = new Transcript(1, () => undefined, false);

/** Numbers that look like chance and are the same for the same seed. */
function* chance(seed: number): Generator<number> {
  let state = seed >>> 0;
  for (;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

interface Taken {
  readonly bidder: Bidder;
  readonly receipts: Receipt[];
}

describe(`${KILLS} times kill −9 while bids and their bodies come in`, () => {
  const seed = 20_261_124;
  let platform: TestPlatform;
  let tenderId: string;
  let taken: Taken[];
  const killedAt: number[] = [];
  const receivedAt: number[] = [];

  beforeAll(async () => {
    platform = await startTestPlatform({ clockFactor: 1 });
    const { address, administrator } = platform.current();
    const now = new Date().toISOString();
    const cast = await gatherCast({ address, administrator, now, patienceMs: PATIENCE_MS }, '-kill');
    const { tenderId: id, draft } = await makeDraft(cast, SILENT);
    tenderId = id;
    await seatTrustees(cast, tenderId, SILENT);
    const seats = await certifyBidders(cast, tenderId, SILENT);
    await publish(cast, tenderId, draft, 0, SILENT);
    const descriptor = await whenPossible('the vault to know the tender', 'tender.unknown', () =>
      seats[0]!.bidder.descriptor(),
    );
    taken = seats.map(({ bidder }) => ({ bidder, receipts: [] }));
    const over = new AbortController();

    const bids = taken.map(async ({ bidder, receipts }) => {
      await bidder.join();
      while (!over.signal.aborted && receipts.length < VERSIONS_MAX) {
        const pause = sleep(PACE_MS);
        const part = {
          name: 'offer.txt',
          mediaType: 'text/plain',
          bytes: Buffer.from(`offer ${receipts.length}`),
        };
        const content = { technical: [part], commercial: [part] };
        receipts.push(await bidder.submit(await bidder.seal(descriptor, content, now)));
        receivedAt.push(performance.now());
        await pause;
      }
    });
    const random = chance(seed);
    for (let kill = 0; kill < KILLS; kill++) {
      await sleep(50 + 900 * (random.next().value as number));
      const { process: child } = platform.current();
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGKILL');
      killedAt.push(performance.now());
      await ended;
      await platform.restart();
    }
    over.abort();
    await Promise.all(bids);
  }, 600_000);

  afterAll(() => platform?.close());

  it(`loses none, doubles none, invents none: every receipt is an accepted act (seed ${seed})`, async () => {
    for (const { bidder, receipts } of taken) {
      const { acts } = await bidder.api.call(getOwnBid, { tenderId });
      expect(acts.map(({ reveal }) => reveal.sealed)).toEqual(receipts.map(({ reveal }) => reveal.sealed));
      expect(acts.filter(({ acceptedAt }) => acceptedAt === null)).toEqual([]);
    }
    expect(receivedAt.length).toBeGreaterThan(KILLS);
  });

  it('keeps each body once and whole', async () => {
    const [counts] = await platform.query<Record<string, string>>(
      `SELECT (SELECT count(*) FROM vault.bid_act) AS acts, (SELECT count(*) FROM vault.envelope_body) AS bodies`,
    );
    expect(counts).toEqual({ acts: String(receivedAt.length), bodies: String(2 * receivedAt.length) });
    const kept = readdirSync(join(platform.dataDir, 'objects', 'envelopes'), {
      recursive: true,
      withFileTypes: true,
    }).filter((entry) => entry.isFile());
    expect(kept).toHaveLength(2 * receivedAt.length);
    for (const { parentPath, name } of kept) {
      const digest = createHash('sha256')
        .update(readFileSync(join(parentPath, name)))
        .digest('hex');
      expect(digest.endsWith(name) || name.endsWith(digest)).toBe(true);
    }
    const store = new FileObjectStore({ root: join(platform.dataDir, 'objects'), mutablePrefixes: [] });
    const [one] = kept as [(typeof kept)[number]];
    const until = await store.retainedUntil(contentKey('envelopes', one.name));
    expect(Date.parse(until!) - Date.now()).toBeGreaterThan(180 * 86_400_000);
  });

  it('takes the next bid soon after', () => {
    const waits = killedAt
      .map((at) => (receivedAt.find((received) => received > at) ?? Number.NaN) - at)
      .filter((wait) => !Number.isNaN(wait))
      .toSorted((a, b) => a - b);
    const at = (share: number): string => (waits[Math.floor(waits.length * share)]! / 1_000).toFixed(2);
    process.stderr.write(`from kill −9 to the next receipt: median ${at(0.5)} s, p99 ${at(0.99)} s\n`);
    expect(waits.length).toBeGreaterThan(KILLS / 2);
  });
});
