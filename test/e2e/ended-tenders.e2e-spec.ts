import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cancelTender, getTender, type Stage } from '#contracts';
import { verifyBundle } from '../../apps/cli/src/bundle/verify-bundle.js';
import { writeBundle } from '../../apps/cli/src/bundle/write-bundle.js';
import { ApiClient } from '../../apps/cli/src/client/api-client.js';
import { readOpeningRecord } from '#verify';
import { readTime } from '../../apps/cli/src/client/read-time.js';
import { waitUntil } from '../../apps/cli/src/client/wait-until.js';
import { type Cast, gatherCast } from '../../apps/cli/src/demo/cast.js';
import { commandsEntered } from '../support/entered-acts.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { putClockForward } from '../support/put-clock-forward.js';
import { NOTICE_DAYS, tenderWithBids, type TenderWithBids } from '../support/sealed-tender.js';

const WITHIN_MS = 60_000;
/** As the vault has it where the procedure says nothing. */
const REVEAL_AFTER_DAYS = 180;

describe('a tender without an award', () => {
  const root = mkdtempSync(join(tmpdir(), 'sunseal-ended-'));
  let platform: TestPlatform;
  let cast: Cast;
  let api: ApiClient;
  let early: TenderWithBids;
  let failed: TenderWithBids;
  let opened: TenderWithBids;

  const arrives = (tender: TenderWithBids, stage: Stage): Promise<true> =>
    waitUntil(`the tender to be ${stage}`, WITHIN_MS, async () => {
      const view = await api.call(getTender, { tenderId: tender.tenderId });
      return view.stage === stage ? true : undefined;
    });
  const cancel = (tender: TenderWithBids) =>
    cast.buyer.api.call(cancelTender, { tenderId: tender.tenderId, reason: 'funds are gone' });
  const folderOf = (name: string): string => join(root, name);

  beforeAll(async () => {
    platform = await startTestPlatform({ clockFactor: 1 });
    const { address, administrator } = platform.current();
    api = new ApiClient({ address });
    const { now } = await readTime(api);
    cast = await gatherCast({ address, administrator, now, patienceMs: 10_000 }, '-end1');
    early = await tenderWithBids(cast, 3);
    failed = await tenderWithBids(cast, 2);
    opened = await tenderWithBids(cast, 3);
    await cancel(early);
    await putClockForward(platform, NOTICE_DAYS);
    await arrives(failed, 'failed');
    await arrives(opened, 'closed');
    for (const { client } of opened.trustees.slice(0, 3)) {
      await waitUntil('the opening to wait', WITHIN_MS, async () =>
        (await readOpeningRecord(api, opened.tenderId)).openings[0] ? true : undefined,
      );
      await client.open('technical');
    }
    await arrives(opened, 'technical-opened');
    await cancel(opened);
  }, 240_000);

  afterAll(async () => {
    await platform?.close();
    rmSync(root, { recursive: true, force: true });
  });

  it('does not tell who took part before the time that it told, and has no bundle until then', async () => {
    for (const { tenderId } of [early, failed, opened]) {
      const { reveals, bidders } = await readOpeningRecord(api, tenderId);
      expect([reveals, bidders]).toEqual([[], []]);
    }
    await expect(writeBundle(api, failed.tenderId, folderOf('soon'))).rejects.toThrow(/is shown on 2/);
  });

  it('tells it then, and its bundle verifies: as much as can be verified is', async () => {
    await putClockForward(platform, REVEAL_AFTER_DAYS);
    await writeBundle(api, failed.tenderId, folderOf('failed'));
    expect((await verifyBundle(folderOf('failed'))).checks).toEqual([
      expect.stringMatching(/files have the hashes/),
      expect.stringMatching(/leads to its signed root/),
      expect.stringMatching(/are what the ledger says/),
      expect.stringMatching(/^2 receipts prove/),
      expect.stringMatching(/^the tender failed: all 10 acts .* were shown/),
      expect.stringMatching(/^the list of 2 final bids follows/),
      expect.stringMatching(/^no envelope was opened/),
      expect.stringMatching(/^0 manifests and 0 score sheets/),
      expect.stringMatching(/^no bid was ranked/),
    ]);
    expect((await readOpeningRecord(api, failed.tenderId)).leftSealed).toHaveLength(4);
  });

  it('that was cancelled before its deadline verifies without a list of bids', async () => {
    await writeBundle(api, early.tenderId, folderOf('early'));
    const { checks } = await verifyBundle(folderOf('early'));
    expect(checks).toContainEqual(
      expect.stringMatching(/cancelled before a list of bids was fixed; 15 acts/),
    );
  });

  it('that was cancelled after an opening verifies what was opened', async () => {
    await writeBundle(api, opened.tenderId, folderOf('opened'));
    const { checks } = await verifyBundle(folderOf('opened'));
    expect(checks).toContainEqual(expect.stringMatching(/^3 envelopes open, with keys made anew/));
    expect(checks).toContainEqual(expect.stringMatching(/^3 manifests and 0 score sheets/));
    const { leftSealed } = await readOpeningRecord(api, opened.tenderId);
    expect(new Set(leftSealed.map(({ envelopeId }) => envelopeId))).toEqual(new Set(['commercial']));
  });

  it.each([
    ['another reason', 'failed', 'tender.json', /reason": "[^"]*"/, 'reason": "too late"'],
    ['an award', 'failed', 'tender.json', /"award": null/, '"award": {"alias":"AA11","price":"1"}'],
    [
      'an envelope less that stayed sealed',
      'failed',
      'opening/record.json',
      /"leftSealed": \[[^\]]*\]/,
      '"leftSealed": []',
    ],
  ])('%s in its bundle is found', async (_what, name, file, before, after) => {
    const path = join(folderOf(name), file);
    const original = readFileSync(path, 'utf8');
    const sums = readFileSync(join(folderOf(name), 'MANIFEST.sha256'), 'utf8');
    const changed = original.replace(before, after);
    expect(changed).not.toBe(original);
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    writeFileSync(path, changed);
    writeFileSync(join(folderOf(name), 'MANIFEST.sha256'), sums.replace(sha256(original), sha256(changed)));
    await expect(verifyBundle(folderOf(name))).rejects.toMatchObject({ file });
    writeFileSync(path, original);
    writeFileSync(join(folderOf(name), 'MANIFEST.sha256'), sums);
  });

  it('nothing of a price is in any bundle of it', () => {
    for (const name of ['failed', 'early', 'opened']) {
      const files = readdirSync(folderOf(name), { recursive: true, withFileTypes: true });
      expect(files.filter((one) => /commercial\.(?:age|identity)$/.test(one.name))).toEqual([]);
    }
  });

  it('left the acts that each command says it leaves', async () => {
    expect((await commandsEntered(platform)).unentered).toEqual([]);
  });
});
