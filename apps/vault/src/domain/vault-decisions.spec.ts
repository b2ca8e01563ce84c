import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addMs } from '#kernel';
import { finalBidsSha256, type Manifest } from '#sealing';
import { type BidAct, requireAllEnvelopes, requireSuccession, VERSIONS_MAX } from './bid-act.js';
import { closeRecord, drawAliases, finalManifests } from './close-bids.js';
import { envelopesNotOpened, envelopesToOpen, requireExpected } from './opening/envelopes-to-open.js';
import { requireOpen, requireOpenable, requireTrustee, type SealedTender } from './sealed-tender.js';

const DEADLINE = '2026-12-14T08:00:00.000Z';
const id = (n: number): string => `0198a000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const hash = (n: number): string => n.toString(16).padStart(64, '0');

function tenderWith(changes: Partial<SealedTender> = {}): SealedTender {
  return {
    tenderId: id(1),
    tid: hash(1),
    descriptor: { k: 3 } as SealedTender['descriptor'],
    deadlineAt: DEADLINE,
    bidsMin: 3,
    trustees: [{ i: 1, personId: id(11), certificateSha256: hash(11) }],
    stage: 'open',
    close: null,
    scoresLocked: false,
    suspendedAt: null,
    ending: null,
    ...changes,
  };
}

function actOf(organisation: number, seq: number, kind: BidAct['kind'] = 'seal'): BidAct {
  const sealed = ['technical', 'commercial'].map((envelopeId, at) => ({
    envelopeId,
    sha256: hash(organisation * 1_000 + seq * 10 + at),
    jws: 'a.b.c',
    age: { sha256: hash(organisation), size: 1 },
  }));
  return {
    actId: id(seq),
    tenderId: id(1),
    organisationId: id(organisation),
    organisationName: `Company ${organisation}`,
    certificateSha256: hash(organisation),
    seq,
    kind,
    receivedAt: DEADLINE,
    manifests:
      kind === 'seal'
        ? sealed
        : [{ envelopeId: null, sha256: hash(organisation * 1_000 + seq * 10), jws: 'a.b.c', age: null }],
    promise: 'a.b.c',
    reveal: { sealed: hash(seq), salt: hash(seq), event: {} },
  };
}

const sealManifest = (seq: number, prev: string | null, envelopeId = 'technical') =>
  ({ kind: 'seal', seq, prev, envelopeId }) as Manifest;

function* lcg(seed: number): Generator<number> {
  for (let state = seed; ;) yield (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 24;
}
const randomOf = (seed: number) => {
  const bytes = lcg(seed);
  return (length: number) => Uint8Array.from({ length }, () => bytes.next().value as number);
};

describe('intake', () => {
  it('takes a bid one millisecond before the deadline and refuses it at the deadline', () => {
    expect(() => requireOpen(tenderWith(), addMs(DEADLINE, -1))).not.toThrow();
    expect(() => requireOpen(tenderWith(), DEADLINE)).toThrow(expect.objectContaining({ code: 'bid.late' }));
  });

  it('takes nothing once the list is fixed, whatever the clock says', () => {
    expect(() => requireOpen(tenderWith({ stage: 'closed' }), addMs(DEADLINE, -1))).toThrow(
      expect.objectContaining({ code: 'tender.not-open' }),
    );
  });

  it('wants the next version, naming the one before', () => {
    const last = actOf(1, 1);
    const [{ sha256 }] = last.manifests as [BidAct['manifests'][number]];
    expect(requireSuccession(undefined, [sealManifest(1, null)])).toBe(1);
    expect(requireSuccession(last, [sealManifest(2, sha256)])).toBe(2);
    expect(() => requireSuccession(last, [sealManifest(3, sha256)])).toThrow(
      expect.objectContaining({ code: 'bid.sequence-wrong' }),
    );
    expect(() => requireSuccession(last, [sealManifest(2, null)])).toThrow(
      expect.objectContaining({ code: 'bid.previous-wrong' }),
    );
  });

  it('a bid after a withdrawal names the withdrawal', () => {
    const withdrawn = actOf(1, 2, 'withdraw');
    expect(requireSuccession(withdrawn, [sealManifest(3, withdrawn.manifests[0]!.sha256)])).toBe(3);
  });

  it('has an end of versions', () => {
    const last = actOf(1, VERSIONS_MAX);
    expect(() => requireSuccession(last, [])).toThrow(
      expect.objectContaining({ code: 'bid.too-many-versions' }),
    );
  });

  it('wants one manifest for each envelope', () => {
    const both = [sealManifest(1, null), sealManifest(1, null, 'commercial')];
    expect(() => requireAllEnvelopes(['technical', 'commercial'], both)).not.toThrow();
    for (const some of [[], both.slice(1), [...both, both[0]!]]) {
      expect(() => requireAllEnvelopes(['technical', 'commercial'], some)).toThrow(
        expect.objectContaining({ code: 'bid.envelopes-wrong' }),
      );
    }
  });
});

describe('closing', () => {
  it('gives every bid another alias, whatever the lot', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(), (count, seed) => {
        const bids = drawAliases(
          Array.from({ length: count }, (_, n) => actOf(n + 1, 1)),
          randomOf(seed),
        );
        expect(new Set(bids.map(({ alias }) => alias)).size).toBe(count);
        expect(bids.every(({ alias }) => /^[A-HJ-NP-Z]{2}\d{2}$/.test(alias))).toBe(true);
      }),
    );
  });

  it('lists manifests in the order of their hashes, whoever came first', () => {
    const bids = drawAliases([actOf(3, 1), actOf(1, 1), actOf(2, 1)], randomOf(1));
    const manifests = finalManifests(bids);
    expect(manifests).toEqual([...manifests].sort());
    expect(manifests).toHaveLength(6);
    const record = { tid: hash(1), closedAt: DEADLINE, ledgerSize: 7 };
    expect(closeRecord(record, bids.length, manifests)).toEqual({
      ...record,
      count: 3,
      manifestCount: 6,
      manifestsSha256: finalBidsSha256(manifests),
    });
  });

  it('draws no alias that others of the tender have, however many groups there are', () => {
    const taken = new Set<string>();
    const draws = [1, 2, 3].map((n) => drawAliases([actOf(n, 1)], randomOf(4), taken));
    expect(new Set(draws.flat().map(({ alias }) => alias))).toEqual(taken);
    expect(taken.size).toBe(3);
  });
});

describe('opening', () => {
  const bids = drawAliases([actOf(1, 1), actOf(2, 1)], randomOf(5)).map((bid, at) => ({
    ...bid,
    isPassed: at === 0,
  }));
  const record = { tid: hash(1), closedAt: DEADLINE, ledgerSize: 7 };
  const close = closeRecord(record, bids.length, finalManifests(bids));

  it('keeps the order: nothing before the close record, commercial ones after the lock', () => {
    expect(() => requireOpenable(tenderWith(), 'technical')).toThrow(
      expect.objectContaining({ code: 'opening.not-yet' }),
    );
    const closed = tenderWith({ stage: 'closed', close });
    expect(requireOpenable(closed, 'technical')).toBe(close);
    expect(() => requireOpenable(closed, 'commercial')).toThrow(
      expect.objectContaining({ code: 'opening.not-yet' }),
    );
    expect(requireOpenable({ ...closed, scoresLocked: true }, 'commercial')).toBe(close);
    expect(() => requireOpenable({ ...closed, stage: 'ended' }, 'technical')).toThrow(
      expect.objectContaining({ code: 'opening.not-yet' }),
    );
  });

  it('is for trustees of this tender', () => {
    expect(requireTrustee(tenderWith(), id(11))).toBe(1);
    expect(() => requireTrustee(tenderWith(), id(12))).toThrow(
      expect.objectContaining({ code: 'opening.not-entitled' }),
    );
  });

  /** What is left once both kinds are opened, the technical ones as this opening has them. */
  const leftSealed = (technical: Parameters<typeof envelopesToOpen>[2]) => {
    const opened = [
      ...envelopesToOpen(bids, 'technical', technical),
      ...envelopesToOpen(bids, 'commercial', undefined),
    ];
    return envelopesNotOpened(bids, new Set(opened.map(({ manifest }) => manifest.sha256)));
  };

  it('leaves the commercial envelope of a bid that did not pass sealed', () => {
    expect(envelopesToOpen(bids, 'technical', undefined)).toHaveLength(2);
    expect(envelopesToOpen(bids, 'commercial', undefined).map(({ alias }) => alias)).toEqual([
      bids[0]!.alias,
    ]);
    expect(leftSealed(undefined).map(({ alias }) => alias)).toEqual([bids[1]!.alias]);
  });

  it('opens no envelope whose key its bidder did not release, and leaves it sealed', () => {
    const [first, second] = bids.map(({ alias }) => alias) as [string, string];
    const keys = { until: DEADLINE, released: [first], closedAt: null, missing: 0, sessionMs: 1 };
    expect(envelopesToOpen(bids, 'technical', { keys })).toHaveLength(2);
    const closed = { ...keys, closedAt: DEADLINE, missing: 1 };
    expect(envelopesToOpen(bids, 'technical', { keys: closed }).map(({ alias }) => alias)).toEqual([first]);
    expect(leftSealed({ keys: closed }).map(({ alias, envelopeId }) => [alias, envelopeId])).toEqual([
      [second, 'technical'],
      [second, 'commercial'],
    ]);
  });

  it('takes no share for what is not to be opened, and no two for one', () => {
    const envelopes = envelopesToOpen(bids, 'technical', undefined);
    const share = { i: 1, share: 's', proof: { c: 'c', z: 'z' } };
    const all = envelopes.map(({ manifest }) => ({ manifestSha256: manifest.sha256, share }));
    expect(requireExpected(envelopes, all)).toHaveLength(2);
    expect(requireExpected(envelopes, all.slice(1))).toHaveLength(1);
    for (const wrong of [
      [...all, all[0]!],
      [...all.slice(1), { manifestSha256: hash(9), share }],
    ]) {
      expect(() => requireExpected(envelopes, wrong)).toThrow(
        expect.objectContaining({ code: 'share.unexpected' }),
      );
    }
  });
});
