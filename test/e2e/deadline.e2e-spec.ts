import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addMs, isBefore, toHex } from '#kernel';
import { getTender } from '#contracts';
import { manifestDigest, type Manifest } from '#sealing';
import { Bidder } from '../../apps/cli/src/client/bidder.js';
import { sign } from '../../apps/cli/src/client/identity.js';
import {
  certifyBidders,
  makeDraft,
  publish,
  type Seat,
  seatTrustees,
} from '../../apps/cli/src/demo/acts/preparation.js';
import { type Cast, gatherCast, type Player } from '../../apps/cli/src/demo/cast.js';
import { Transcript } from '../../apps/cli/src/demo/transcript.js';
import { whenPossible } from '../../apps/cli/src/client/when-possible.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { wrongClock } from '../support/wrong-clock.js';

const SILENT = new Transcript(1, () => undefined, false);
const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));
const PART = { name: 'offer.txt', mediaType: 'text/plain', bytes: Buffer.from('an offer') };

interface Tender {
  readonly tenderId: string;
  readonly deadlineAt: string;
  readonly seats: readonly Seat[];
}

/** Without a wrong clock these are skipped by name; with CI=true nothing may be skipped. */
const clocks = await wrongClock(0);
const withClocks = 'missing' in clocks ? it.skip : it;

describe('the deadline', () => {
  let platform: TestPlatform;
  let cast: Cast;
  let tenders: Tender[];

  beforeAll(async () => {
    platform = await startTestPlatform({ clockFactor: 1 });
    const { address, administrator } = platform.current();
    const now = new Date().toISOString();
    cast = await gatherCast({ address, administrator, now, patienceMs: 20_000 }, '-line');
    tenders = [];
    for (let n = 0; n < 4; n++) tenders.push(await published());
  }, 180_000);
  afterAll(() => platform?.close());

  async function published(): Promise<Tender> {
    const { tenderId, draft } = await makeDraft(cast, SILENT);
    await seatTrustees(cast, tenderId, SILENT);
    const seats = (await certifyBidders(cast, tenderId, SILENT)).map(({ bidder, company }) => ({
      company,
      bidder: new Bidder(bidder.api, bidder.identity, tenderId),
    }));
    const deadlineAt = await publish(cast, tenderId, draft, 0, SILENT);
    for (const { bidder } of seats) {
      await whenPossible('the vault to know the tender', 'tender.unknown', () => bidder.join());
    }
    return { tenderId, deadlineAt, seats };
  }

  /** The database's clock is the platform's: here it stands, or goes on a millisecond whenever it is read. */
  async function setClock(at: string, goesOn = false): Promise<void> {
    await platform.query('CREATE SEQUENCE IF NOT EXISTS platform.reading');
    const since = goesOn ? ` + nextval('platform.reading') * interval '1 millisecond'` : '';
    await platform.query(
      `CREATE OR REPLACE FUNCTION platform.now() RETURNS timestamptz
         LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = platform AS $$
           SELECT date_trunc('milliseconds', '${at}'::timestamptz${since})
         $$`,
    );
    const all: readonly Player[] = [cast.buyer, ...cast.bidders];
    for (const { api, account } of all) await api.signIn(account.login, account.password);
  }

  async function restartWith(environment: Readonly<Record<string, string>>): Promise<void> {
    const { process: child } = platform.current();
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGKILL');
    await ended;
    await platform.restart(environment);
  }

  const sealBy = async ({ bidder }: Seat, at: string) =>
    bidder.seal(await bidder.descriptor(), { technical: [PART], commercial: [PART] }, at);

  withClocks.each([
    ['right', 0],
    ['five minutes slow', -300],
    ['five minutes fast', 300],
  ])(
    'lets in a bid one millisecond before and none at it, on a node whose clock is %s',
    async (_name, seconds) => {
      const clock = await wrongClock(seconds);
      if ('missing' in clock) throw new Error(clock.missing);
      await restartWith(clock.environment);
      const { deadlineAt, seats } = tenders[[0, -300, 300].indexOf(seconds)]!;
      const [early, late] = seats as [Seat, Seat];
      await setClock(addMs(deadlineAt, -1));
      const inTime = await sealBy(early, deadlineAt);
      const afterwards = await sealBy(late, deadlineAt);
      const receipt = await early.bidder.commit(inTime);
      expect(receipt.receivedAt).toBe(addMs(deadlineAt, -1));
      await setClock(deadlineAt);
      await expect(late.bidder.commit(afterwards)).rejects.toMatchObject({ code: 'bid.late' });
    },
    120_000,
  );

  it('is crossed by many at once without one that is late or one refused early', async () => {
    await restartWith({});
    const { tenderId, deadlineAt, seats } = tenders[3]!;
    const chains = await Promise.all(seats.map((seat) => chainOf(seat, deadlineAt)));
    await setClock(addMs(deadlineAt, -500), true);
    const outcomes = (await Promise.all(chains.map((chain) => sendChain(tenderId, chain)))).flat();
    const received = outcomes.flatMap(({ receivedAt }) => (receivedAt ? [receivedAt] : []));
    const refusedAt = outcomes.flatMap(({ now }) => (now ? [now] : []));
    expect(received.length).toBeGreaterThan(20);
    expect(refusedAt).toHaveLength(seats.length);
    expect(received.filter((at) => !isBefore(at, deadlineAt))).toEqual([]);
    expect(refusedAt.filter((at) => isBefore(at, deadlineAt))).toEqual([]);
    expect((await cast.buyer.api.call(getTender, { tenderId })).deadlineAt).toBe(deadlineAt);
  }, 120_000);

  interface Chain {
    readonly bidder: Bidder;
    readonly versions: readonly (readonly string[])[];
  }

  /** Fifty versions of one bid, each naming the one before. Their deals are one: nothing is uploaded here. */
  async function chainOf(seat: Seat, clientTime: string): Promise<Chain> {
    const { bidder } = seat;
    const first = await sealBy(seat, clientTime);
    const versions: string[][] = [];
    let last: Manifest[] = first.envelopes.map(({ manifest }) => manifest);
    for (let seq = 1; seq <= 50; seq++) {
      if (seq > 1) {
        last = last.map((manifest) => ({
          ...manifest,
          seq,
          prev: toHex(manifestDigest(manifest)),
          age: { ...manifest.age, sha256: toHex(random(32)) },
        }));
      }
      versions.push(
        await Promise.all(last.map((manifest) => sign(bidder.identity, manifest, 'sunseal-manifest'))),
      );
    }
    return { bidder, versions };
  }

  interface Sent {
    readonly receivedAt?: string;
    readonly now?: string;
  }

  /** One version after the other, until one is refused. */
  async function sendChain(tenderId: string, { bidder, versions }: Chain): Promise<Sent[]> {
    const sent: Sent[] = [];
    for (const manifests of versions) {
      const response = await fetch(`${platform.current().address}/api/v1/tenders/${tenderId}/bids`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': randomUUID(),
          ...bidder.api.sessionHeaders(),
        },
        body: JSON.stringify({ manifests }),
      });
      const body = (await response.json()) as {
        receivedAt?: string;
        code?: string;
        details?: { now: string };
      };
      if (body.receivedAt !== undefined) sent.push({ receivedAt: body.receivedAt });
      else {
        expect(body.code).toBe('bid.late');
        sent.push({ now: body.details!.now });
        return sent;
      }
    }
    return sent;
  }
});
