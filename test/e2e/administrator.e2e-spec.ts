import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cancelTender, getTender } from '#contracts';
import { ApiClient } from '../../apps/cli/src/client/api-client.js';
import { readOpeningRecord } from '#verify';
import { readTime } from '../../apps/cli/src/client/read-time.js';
import { waitUntil } from '../../apps/cli/src/client/wait-until.js';
import { type Cast, gatherCast } from '../../apps/cli/src/demo/cast.js';
import { Administrator, type KeptBid } from '../support/administrator.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { putClockForward } from '../support/put-clock-forward.js';
import { giveBlindly, NOTICE_DAYS, tenderWithBids, type TenderWithBids } from '../support/sealed-tender.js';

const BIDS = 4;
const QUORUM = 3;
const WITHIN_MS = 60_000;
/** What everybody hears of it, in live updates. */
const PUBLIC = ['vault.opening-halted', 'tendering.tender-suspended'];

interface Attack {
  readonly what: string;
  /** What trustees are shown is changed too, so that their own clients refuse; else only bytes were. */
  readonly isRefusedByTrustees: boolean;
  readonly by: (admin: Administrator, tender: TenderWithBids) => Promise<void>;
}

const technicalOf = ({ manifests }: KeptBid) =>
  manifests.find(({ envelopeId }) => envelopeId === 'technical')!;

/** Puts an envelope of the administrator's own in the place of the first bid's technical one. */
async function replaceFirst(admin: Administrator, { tenderId, descriptor }: TenderWithBids) {
  const [bid] = await admin.bids(tenderId);
  const before = technicalOf(bid!);
  const forged = await admin.forge(descriptor, bid!.certificateSha256, 'technical');
  admin.addObject(before.age.sha256, forged);
  await admin.replaceRows(tenderId, bid!, before, forged.manifest);
  return { before: before.sha256, after: forged.manifest.sha256 };
}

/** Between the deadline and the opening, by somebody with full rights on database, store and ledger. */
const ATTACKS: readonly Attack[] = [
  {
    what: 'the object of one envelope is replaced',
    isRefusedByTrustees: false,
    by: async (admin, { tenderId, descriptor }) => {
      const [bid] = await admin.bids(tenderId);
      const { ciphertext } = await admin.forge(descriptor, bid!.certificateSha256, 'technical');
      admin.writeObject(technicalOf(bid!).age.sha256, ciphertext);
    },
  },
  {
    what: 'the objects of two bidders are swapped',
    isRefusedByTrustees: false,
    by: async (admin, { tenderId }) => {
      const [first, second] = (await admin.bids(tenderId)).map((bid) => technicalOf(bid).age.sha256);
      const [one, other] = [admin.readObject(first!), admin.readObject(second!)];
      admin.writeObject(first!, other);
      admin.writeObject(second!, one);
    },
  },
  {
    what: 'object and rows are replaced',
    isRefusedByTrustees: true,
    by: async (admin, tender) => void (await replaceFirst(admin, tender)),
  },
  {
    what: 'object, rows and the vault’s close record are replaced',
    isRefusedByTrustees: true,
    by: async (admin, tender) => {
      await replaceFirst(admin, tender);
      await admin.replaceInCloseRow(tender.tenderId);
    },
  },
  {
    what: 'an accepted bid is deleted everywhere',
    isRefusedByTrustees: true,
    by: async (admin, { tenderId }) => admin.deleteBid(tenderId, (await admin.bids(tenderId))[0]!),
  },
  {
    what: 'a bid is added after the deadline',
    isRefusedByTrustees: true,
    by: async (admin, { tenderId, descriptor }) => {
      const certificateSha256 = 'c'.repeat(64);
      const forged = [];
      for (const envelopeId of ['technical', 'commercial']) {
        const one = await admin.forge(descriptor, certificateSha256, envelopeId);
        admin.addObject(null, one);
        forged.push(one.manifest);
      }
      const organisationId = '0198a000-0000-7000-8000-00000000dead';
      await admin.addBid(tenderId, { alias: 'ZZ99', organisationId, certificateSha256, manifests: forged });
    },
  },
  // Last, because every tender stands in the one ledger.
  {
    what: 'object, rows, close record and the ledger’s files and index are replaced',
    isRefusedByTrustees: true,
    by: async (admin, tender) => {
      const { before, after } = await replaceFirst(admin, tender);
      const list = await admin.replaceInCloseRow(tender.tenderId);
      expect(await admin.replaceInLedger(before, after)).toBeGreaterThan(0);
      expect(await admin.replaceInLedger(list.before, list.after)).toBeGreaterThan(0);
    },
  },
];

describe('an administrator of all three stores', () => {
  const found: string[] = [];
  let platform: TestPlatform;
  let admin: Administrator;
  let cast: Cast;
  const tenders: TenderWithBids[] = [];

  beforeAll(async () => {
    platform = await startTestPlatform({ clockFactor: 1 });
    admin = new Administrator(platform);
    const { address, administrator } = platform.current();
    const { now } = await readTime(new ApiClient({ address }));
    cast = await gatherCast({ address, administrator, now, patienceMs: 10_000 }, '-adm1');
    // One for each attack, and one that is left alone.
    while (tenders.length <= ATTACKS.length) tenders.push(await tenderWithBids(cast, BIDS));
    await putClockForward(platform, NOTICE_DAYS);
    const api = new ApiClient({ address });
    for (const { tenderId } of tenders) {
      await waitUntil('openings to wait', WITHIN_MS, async () => {
        const { openings } = await readOpeningRecord(api, tenderId);
        return openings.length > 0 ? true : undefined;
      });
    }
    // The close records are entered, as they were, before anything is changed.
    await tenders.at(-1)!.trustees[4]!.client.open('technical');
  }, 240_000);

  afterAll(async () => {
    process.stdout.write(`administrator of all three stores: ${found.length} of ${ATTACKS.length} found\n`);
    await platform?.close();
  });

  it('who does nothing leaves a tender that opens', async () => {
    const { tenderId, trustees } = tenders.at(-1)!;
    for (const { client } of trustees.slice(0, QUORUM - 1)) await client.open('technical');
    const opening = await waitUntil('the opening', WITHIN_MS, async () => {
      const { openings } = await readOpeningRecord(cast.buyer.api, tenderId);
      return openings.find(({ stage }) => stage === 'opened');
    });
    expect(opening.items).toHaveLength(BIDS);
  });

  it.each(ATTACKS.map((attack, at) => [attack.what, attack, at] as const))(
    'is found before anything is opened: %s',
    async (_what, attack, at) => {
      const tender = tenders[at]!;
      const { tenderId } = tender;
      const openedBefore = admin.openedFiles();
      await attack.by(admin, tender);

      const [honest, ...blind] = tender.trustees;
      const given = honest!.client.open('technical');
      if (attack.isRefusedByTrustees)
        await expect(given).rejects.toThrow(/refused|does not hash to|is not signed/);
      else await given;
      // A quorum that looks at nothing, or works for the administrator, gives its shares all the same.
      const needed = QUORUM - (attack.isRefusedByTrustees ? 0 : 1);
      for (const trustee of blind.slice(0, needed)) await giveBlindly(trustee, tender, 'technical');

      const { openings } = await waitUntil('the opening to end', WITHIN_MS, async () => {
        const record = await readOpeningRecord(cast.buyer.api, tenderId);
        return ['halted', 'opened'].includes(record.openings[0]!.stage) ? record : undefined;
      });
      expect(openings[0]).toMatchObject({ stage: 'halted', halted: { fault: 'platform' }, items: [] });
      const view = await waitUntil('the tender to be suspended', WITHIN_MS, async () => {
        const shown = await new ApiClient({ address: platform.current().address }).call(getTender, {
          tenderId,
        });
        return shown.stage === 'suspended' ? shown : undefined;
      });
      expect(view.suspension).toMatchObject({
        stage: 'closed',
        causes: [{ cause: 'opening-halted', envelopeId: 'technical' }],
      });
      expect(admin.openedFiles()).toBe(openedBefore);
      const told = await waitUntil('the public to hear of both', WITHIN_MS, async () => {
        const rows = await platform.query<{ type: string }>(
          'SELECT type FROM gateway.public_event WHERE tender_id = $1 ORDER BY id',
          [tenderId],
        );
        const types = rows.map(({ type }) => type);
        return PUBLIC.every((type) => types.includes(type)) ? types : undefined;
      });
      expect(told).not.toContain('vault.envelopes-opened');
      found.push(attack.what);
    },
  );

  it('leaves the buyer a way out: what is halted can be cancelled, in public', async () => {
    const { tenderId } = tenders[0]!;
    const view = await cast.buyer.api.call(cancelTender, { tenderId, reason: 'the envelopes were changed' });
    expect([view.stage, view.suspension]).toEqual(['cancelled', null]);
  });

  it(`was found in ${ATTACKS.length} of ${ATTACKS.length} ways`, () => {
    expect(found).toEqual(ATTACKS.map(({ what }) => what));
  });
});
