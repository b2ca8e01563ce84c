import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { awardTender, getTender, startStandstill, type Stage } from '#contracts';
import type { TenderDescriptor } from '#sealing';
import { MANIFEST } from '#verify';
import { listFiles, sha256Hex } from '../../apps/cli/src/bundle/bundle-files.js';
import { verifyBundle } from '../../apps/cli/src/bundle/verify-bundle.js';
import { writeBundle } from '../../apps/cli/src/bundle/write-bundle.js';
import { ApiClient } from '../../apps/cli/src/client/api-client.js';
import { readOpeningRecord } from '#verify';
import { readTime } from '../../apps/cli/src/client/read-time.js';
import type { Trustee } from '../../apps/cli/src/client/trustee.js';
import { waitUntil } from '../../apps/cli/src/client/wait-until.js';
import { whenPossible } from '../../apps/cli/src/client/when-possible.js';
import { clarify, type Contents, writeBids } from '../../apps/cli/src/demo/acts/bidding.js';
import { open } from '../../apps/cli/src/demo/acts/opening.js';
import {
  certifyBidders,
  makeDraft,
  publish,
  rehearse,
  type Seat,
  seatTrustees,
} from '../../apps/cli/src/demo/acts/preparation.js';
import { score } from '../../apps/cli/src/demo/acts/scoring.js';
import { type Cast, gatherCast } from '../../apps/cli/src/demo/cast.js';
import { Transcript } from '../../apps/cli/src/demo/transcript.js';
import { commandsEntered } from '../support/entered-acts.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { putClockForward } from '../support/put-clock-forward.js';
import { runProgram } from '../support/run-program.js';

const SILENT = new Transcript(1, () => undefined, false);
const NOTICE_DAYS = 21;

/** Three bidders: the first at a terminal, the second by the client, the third never releases a key. */
describe('a tender whose bidders keep keys of their own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sunseal-bidder-key-'));
  const file = (name: string): string => join(folder, name);
  let platform: TestPlatform;
  let cast: Cast;
  let tenderId: string;
  let trustees: readonly Trustee[];
  let seats: readonly [Seat, Seat, Seat];
  let contents: Contents;

  beforeAll(async () => {
    platform = await startTestPlatform({ clockFactor: 1 });
    const { address, administrator } = platform.current();
    const { now } = await readTime(new ApiClient({ address }));
    cast = await gatherCast({ address, administrator, now, patienceMs: 20_000 }, '-keys');
  }, 120_000);
  afterAll(async () => {
    await platform?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function terminal(...args: readonly string[]): Promise<string> {
    const { account } = cast.bidders[0]!;
    const connection = ['--server', platform.current().address, '--login', account.login];
    const secrets = ['--password-file', file('password'), '--passphrase-file', file('passphrase')];
    const { code, out, err } = await runProgram('cli', [
      ...args,
      ...connection,
      ...secrets,
      '--identity',
      file('identity'),
    ]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    return out;
  }

  const openingOf = async (envelopeId: string) =>
    (await readOpeningRecord(cast.buyer.api, tenderId)).openings.find((one) => one.envelopeId === envelopeId);
  const awaitKeys = (envelopeId: string) =>
    waitUntil(`the ${envelopeId} keys to be awaited`, 60_000, async () =>
      (await openingOf(envelopeId))?.stage === 'bidder-keys' ? true : undefined,
    );
  const arrive = (stage: Stage) =>
    waitUntil(`the tender to be ${stage}`, 60_000, async () => {
      const tender = await cast.buyer.api.call(getTender, { tenderId });
      if (tender.stage === 'failed') throw new Error(`the tender failed: ${tender.reason}`);
      return tender.stage === stage ? tender : undefined;
    });

  it('says so in the descriptor, and rehearses with the committee alone', async () => {
    const made = await makeDraft(cast, SILENT, 'works-two-envelope-bidder-key');
    tenderId = made.tenderId;
    trustees = await seatTrustees(cast, tenderId, SILENT);
    await rehearse(cast, tenderId, trustees, SILENT);
    seats = (await certifyBidders(cast, tenderId, SILENT)).slice(0, 3) as unknown as typeof seats;
    contents = await writeBids(seats);
    // With two bids left the house's method fails, as art. 27 of the rules for evaluation committees lets it; this buyer
    // has two that compete ranked, with a flag.
    const admit = { fewerThan: { bids: 3, outcome: 'flagged' } };
    const draft = { ...made.draft, method: { ...made.draft.method, admit } };
    await publish(cast, tenderId, draft, 0, SILENT);
    await clarify(cast, tenderId, SILENT);
    const { rules } = await seats[0].bidder.descriptor();
    expect(rules).toMatchObject({ bidderKey: true, bidderKeyHours: 24, openingHours: 24 } satisfies Partial<
      TenderDescriptor['rules']
    >);
  });

  it('seals to the committee and to keys that stay with the bidders', async () => {
    writeFileSync(file('passphrase'), 'nine gates and a sun\n');
    writeFileSync(file('password'), cast.bidders[0]!.account.password);
    const named: string[] = [];
    for (const [envelopeId, parts] of Object.entries(contents.get(seats[0])!)) {
      mkdirSync(file(envelopeId));
      for (const { name, bytes } of parts) {
        writeFileSync(file(`${envelopeId}/${name}`), bytes);
        named.push(`--${envelopeId}`, file(`${envelopeId}/${name}`));
      }
    }
    await terminal('identity', 'new');
    const said = await terminal('bid', 'seal', '--tender', tenderId, ...named, '--out', file('bid'));
    expect(said).toContain('sunseal bid release');
    expect(readFileSync(file('bid/technical.bidder-key.age'), 'latin1')).toMatch(
      /^age-encryption\.org\/v1\n-> scrypt /,
    );
    await terminal('bid', 'submit', file('bid'));
    for (const seat of seats.slice(1)) {
      const { bidder } = seat;
      await bidder.join();
      const { now } = await readTime(bidder.api);
      await bidder.submit(await bidder.seal(await bidder.descriptor(), contents.get(seat)!, now));
    }
  });

  it('opens nothing before the keys are in or the window is over, whatever trustees do', async () => {
    await putClockForward(platform, NOTICE_DAYS);
    await awaitKeys('technical');
    await expect(trustees[0]!.open('technical')).rejects.toMatchObject({ code: 'opening.not-yet' });
    expect(await terminal('bid', 'status', '--tender', tenderId)).toMatch(
      /key of the technical envelope\tto be released until .*sunseal bid release/,
    );
    const released = await terminal('bid', 'release', file('bid'), '--tender', tenderId);
    expect(released).toContain('the ledger holds the commitment');
    expect(await terminal('bid', 'release', file('bid'))).toContain('no key of yours is awaited now');
    const [, second] = seats;
    await second.bidder.release('technical', (await readTime(second.bidder.api)).now);
    await expect(trustees[0]!.open('technical')).rejects.toMatchObject({ code: 'opening.not-yet' });
    expect(JSON.stringify(await readOpeningRecord(cast.buyer.api, tenderId))).not.toContain('AGE-SECRET-KEY');
  });

  it('takes the bid of who does not release a key as withdrawn, and leaves it sealed', async () => {
    await putClockForward(platform, 2);
    await whenPossible('the session', 'opening.not-yet', () => trustees[0]!.open('technical'));
    await open(cast, tenderId, trustees.slice(1, 3), 'technical', SILENT);
    const { items, bidderKeys } = (await openingOf('technical'))!;
    expect(bidderKeys).toMatchObject({ released: 2 });
    expect(items.map(({ code, consequence }) => `${consequence} ${code}`).sort()).toEqual([
      'admitted null',
      'admitted null',
      'excluded bidder-key.not-released',
    ]);
    const late = seats[2].bidder.release('technical', (await readTime(cast.buyer.api)).now);
    await expect(late).rejects.toMatchObject({ code: 'bidder-key.not-open' });
  });

  it('asks for the keys of prices apart, and goes on as soon as all are in', async () => {
    await score(cast, tenderId, contents, SILENT);
    await awaitKeys('commercial');
    await terminal('bid', 'release', file('bid'));
    await seats[1].bidder.release('commercial', (await readTime(cast.buyer.api)).now);
    await open(cast, tenderId, trustees.slice(2, 5), 'commercial', SILENT);
    await arrive('ranked');
    await cast.buyer.api.call(startStandstill, { tenderId });
    await putClockForward(platform, 4);
    await cast.buyer.api.call(awardTender, { tenderId });
    await arrive('awarded');
  });

  it('is verified offline, with every key that was released and none that was not', async () => {
    const bundle = file('bundle');
    await writeBundle(new ApiClient({ address: platform.current().address }), tenderId, bundle);
    expect((await verifyBundle(bundle)).checks).toContainEqual(expect.stringContaining('4 envelopes open'));
    const files = await listFiles(bundle);
    expect(files.filter((path) => path.endsWith('.bidder-identity'))).toHaveLength(4);

    const list = readFileSync(join(bundle, MANIFEST), 'utf8');
    const releases = files.filter((path) => path.endsWith('.technical.release'));
    const [one, other] = releases.map((path) => readFileSync(join(bundle, path))) as [Buffer, Buffer];
    const copy = file('swapped');
    cpSync(bundle, copy, { recursive: true });
    writeFileSync(join(copy, releases[0]!), other);
    writeFileSync(join(copy, MANIFEST), list.replace(sha256Hex(one), sha256Hex(other)));
    await expect(verifyBundle(copy)).rejects.toThrow(
      `${releases[0]}: is not the release that was entered before the trustees gave shares`,
    );
    const identity = releases[0]!.replace('.release', '.bidder-identity');
    const key = readFileSync(join(bundle, identity));
    cpSync(bundle, file('changed'), { recursive: true });
    const wrong = readFileSync(join(bundle, releases[1]!.replace('.release', '.bidder-identity')));
    writeFileSync(join(file('changed'), identity), wrong);
    writeFileSync(join(file('changed'), MANIFEST), list.replace(sha256Hex(key), sha256Hex(wrong)));
    await expect(verifyBundle(file('changed'))).rejects.toThrow(
      `${identity}: is not the key that the bidder released`,
    );
  });

  it('left the acts that each command says it leaves', async () => {
    expect((await commandsEntered(platform)).unentered).toEqual([]);
  });
});
