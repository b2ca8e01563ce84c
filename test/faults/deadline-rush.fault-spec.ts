import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isBefore } from '#kernel';
import { createIdentity, type SigningIdentity } from '../../apps/cli/src/client/identity.js';
import { type Cast, gatherCast } from '../../apps/cli/src/demo/cast.js';
import { figureOf, Oracle } from '../support/faults/oracle.js';
import { type Answered, type SentBid, sendBid } from '../support/faults/sent-bid.js';
import { type DueTogether, tendersDueTogether } from '../support/faults/tenders-due-together.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { wrongClock } from '../support/wrong-clock.js';

const TENDERS = 6;
const VERSIONS = 47;
/** Everything is due so long before or after the deadline, most of it near. */
const SPREAD_MS = 8_000;
/** Between the jump of the clock and the first that is due. */
const LEAD_MS = 1_000;
const PATIENCE_MS = 60_000;

/** Without a wrong clock these are skipped by name; with CI=true nothing may be skipped. */
const clocks = await wrongClock(0);
const withClocks = 'missing' in clocks ? it.skip : it;

interface Due {
  readonly bid: SentBid;
  readonly dueAtMs: number;
}

describe('thousands of bids around a deadline', () => {
  let platform: TestPlatform;
  let cast: Cast;
  let identities: SigningIdentity[];
  let rushes: DueTogether[];
  const oracle = new Oracle();

  beforeAll(async () => {
    platform = await startTestPlatform({ clockFactor: 1 });
    const { address, administrator } = platform.current();
    const now = new Date().toISOString();
    cast = await gatherCast({ address, administrator, now, patienceMs: PATIENCE_MS }, '-rush');
    const approved = cast.bidders.filter(({ company }) => company.fate !== 'is-refused');
    cast = { ...cast, bidders: approved };
    identities = await Promise.all(approved.map(({ api, company }) => createIdentity(api, company.name)));
    rushes = [];
    for (let n = 0; n < 3; n++) rushes.push(await tendersDueTogether(cast, identities, TENDERS, n));
  }, 1_800_000);

  afterAll(() => platform?.close());

  /** Puts the platform's clock so that the deadline comes in so many milliseconds; tells when by this clock. */
  async function approach(deadlineAt: string, inMs: number): Promise<number> {
    await platform.query(
      `BEGIN;
       SELECT pg_advisory_xact_lock(1399157619, 1);
       UPDATE platform.clock SET virtual_epoch = virtual_epoch
         + ('${deadlineAt}'::timestamptz - platform.now()) - interval '${inMs} milliseconds';
       COMMIT`,
    );
    for (const { api, account } of [cast.buyer, ...cast.bidders]) {
      await api.signIn(account.login, account.password);
    }
    const [row] = await platform.query<{ left: number }>(
      `SELECT extract(epoch FROM '${deadlineAt}'::timestamptz - platform.now())::float8 * 1000 AS left`,
    );
    return performance.now() + row!.left;
  }

  /** Offsets from the deadline, the same for each line: dense in the middle. */
  const offsetMs = (version: number, line: number): number => {
    const u = (2 * (version + (line % 10) / 10)) / VERSIONS - 1;
    return Math.sign(u) * u * u * SPREAD_MS;
  };

  async function sendLine(due: readonly Due[]): Promise<Answered[]> {
    const answers: Answered[] = [];
    for (const { bid, dueAtMs } of due) {
      await sleep(Math.max(0, dueAtMs - performance.now()));
      oracle.sends(bid.manifests);
      let answer = await sendBid(bid);
      while (answer.status === 503) {
        await sleep(100);
        answer = await sendBid(bid);
      }
      if (answer.receipt) oracle.acknowledges(bid.manifests, answer.receipt);
      answers.push(answer);
    }
    return answers;
  }

  withClocks.each([
    ['right', 0],
    ['five minutes slow', -300],
    ['five minutes fast', 300],
  ])(
    'none is late and none refused early, on a node whose clock is %s',
    async (name, seconds) => {
      const clock = await wrongClock(seconds);
      if ('missing' in clock) throw new Error(clock.missing);
      const { process: child } = platform.current();
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGKILL');
      await ended;
      await platform.restart(clock.environment);
      const { deadlineAt, lines } = rushes[[0, -300, 300].indexOf(seconds)]!;
      const bids: SentBid[][] = [];
      for (const line of lines) {
        const versions: SentBid[] = [];
        for (let n = 0; n < VERSIONS; n++) versions.push(await line.next());
        bids.push(versions);
      }
      const deadlineMs = await approach(deadlineAt, SPREAD_MS + LEAD_MS);
      const answers = (
        await Promise.all(
          bids.map((versions, line) =>
            sendLine(versions.map((bid, n) => ({ bid, dueAtMs: deadlineMs + offsetMs(n, line) }))),
          ),
        )
      ).flat();
      const received = answers.flatMap(({ receipt }) => (receipt ? [receipt.receivedAt] : []));
      const refused = answers.flatMap(({ now }) => (now ? [now] : []));
      const near = [...received, ...refused].filter(
        (at) => Math.abs(Date.parse(at) - Date.parse(deadlineAt)) <= 50,
      );
      const refusedEarly = refused.filter((at) => isBefore(at, deadlineAt));
      const late = received.filter((at) => !isBefore(at, deadlineAt));
      process.stderr.write(
        `F6 clock ${name}: ${answers.length} bids, ${received.length} received (last ${received.toSorted().at(-1)}), ` +
          `${refused.length} refused (first ${refused.toSorted()[0]}), deadline ${deadlineAt}, ` +
          `${near.length} decided within ±50 ms; ${late.length} late, ${refusedEarly.length} refused early\n`,
      );
      expect([late, refusedEarly]).toEqual([[], []]);
      expect(received.length + refused.length).toBe(answers.length);
      expect(new Set(answers.flatMap(({ code }) => code ?? []))).toEqual(new Set(['bid.late']));
    },
    900_000,
  );

  it('every receipt is provable, and nothing else was taken', async () => {
    const verdict = await oracle.judge(
      platform,
      rushes.flatMap(({ tenderIds }) => tenderIds),
    );
    process.stderr.write(`F6: ${figureOf(verdict)}\n`);
    expect(verdict).toMatchObject({ lost: 0, phantom: 0, late: 0, double: 0 });
  }, 300_000);
});
