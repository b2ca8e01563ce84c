import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addMs } from '#kernel';
import type { BidAct } from './bid-act.js';
import { begun, bodiesMissing, type BidProgress, committedTo, finalActs, statusOf } from './bid-progress.js';
import { requireOpenForBodies, type SealedTender } from './sealed-tender.js';

const DEADLINE = '2026-12-14T08:00:00.000Z';
const id = (n: number): string => `0198a000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const hash = (n: number): string => n.toString(16).padStart(64, '0');

function progressOf(organisation: number, seq: number, changes: Partial<BidProgress> = {}): BidProgress {
  const act = {
    organisationId: id(organisation),
    seq,
    kind: 'seal',
    receivedAt: addMs(DEADLINE, -1_000),
    manifests: ['technical', 'commercial'].map((envelopeId, at) => ({
      envelopeId,
      sha256: hash(organisation * 1_000 + seq * 10 + at),
      jws: 'a.b.c',
      age: { sha256: hash(organisation * 1_000 + seq * 10 + 5 + at), size: 10 + at },
    })),
  } as unknown as BidAct;
  return { ...begun(act), ...changes };
}
const accepted = (organisation: number, seq: number): BidProgress =>
  progressOf(organisation, seq, { proofs: 'verified', acceptedAt: DEADLINE });
const withdrawn = (organisation: number, seq: number): BidProgress =>
  begun({ ...progressOf(organisation, seq).act, kind: 'withdraw', manifests: [] });

const counted = (progress: readonly BidProgress[]) =>
  finalActs(progress).map(({ organisationId, seq }) => [organisationId, seq]);

describe('what counts when the time is over', () => {
  it('is the last accepted version of each bidder, and no withdrawn one', () => {
    const all = [accepted(1, 1), accepted(2, 1), accepted(2, 2), accepted(3, 1), withdrawn(3, 2)];
    expect(counted(all)).toEqual([
      [id(1), 1],
      [id(2), 2],
    ]);
  });

  it('leaves a version in place whose successor never became complete', () => {
    expect(counted([accepted(1, 1), progressOf(1, 2)])).toEqual([[id(1), 1]]);
    expect(counted([accepted(1, 1), progressOf(1, 2, { proofs: 'refused' })])).toEqual([[id(1), 1]]);
  });

  it('is nothing where the body never came', () => {
    expect(counted([progressOf(1, 1), progressOf(2, 1, { proofs: 'verified' })])).toEqual([]);
  });

  it('takes a withdrawal back with a version that was accepted after it', () => {
    expect(counted([accepted(1, 1), withdrawn(1, 2), progressOf(1, 3)])).toEqual([]);
    expect(counted([accepted(1, 1), withdrawn(1, 2), accepted(1, 3)])).toEqual([[id(1), 3]]);
  });

  it('does not depend on the order in which acts are read', () => {
    const all = [
      accepted(1, 1),
      accepted(1, 2),
      accepted(2, 1),
      withdrawn(2, 2),
      accepted(3, 1),
      progressOf(3, 2),
    ];
    const expected = counted(all).sort();
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (shuffled) => {
        expect(counted(shuffled).sort()).toEqual(expected);
      }),
    );
  });
});

describe('an act on its way', () => {
  it('waits for the bodies that its manifests name, by hash and size', () => {
    const progress = progressOf(1, 1);
    const [first, second] = progress.act.manifests;
    expect(committedTo(progress, first!.age!)).toBe(first);
    expect(committedTo(progress, { ...first!.age!, size: 9 })).toBeUndefined();
    expect(bodiesMissing(progress, new Set([first!.age!.sha256]))).toEqual([second]);
    expect(bodiesMissing(progress, new Set([first!.age!.sha256, second!.age!.sha256]))).toEqual([]);
  });

  it('shows as what it is', () => {
    expect(statusOf(undefined)).toBe('none');
    expect(statusOf(progressOf(1, 1))).toBe('committed');
    expect(statusOf(progressOf(1, 1, { proofs: 'refused', refusedCode: 'manifest.proof-invalid' }))).toBe(
      'refused',
    );
    expect(statusOf(accepted(1, 1))).toBe('accepted');
    expect(statusOf(withdrawn(1, 2))).toBe('withdrawn');
  });
});

describe('bodies', () => {
  const tenderWith = (rules: SealedTender['descriptor']['rules']) =>
    ({
      deadlineAt: DEADLINE,
      stage: 'open',
      suspendedAt: null,
      descriptor: { rules },
    }) as unknown as SealedTender;

  it('come until the deadline, or the procedure’s grace after it', () => {
    expect(() => requireOpenForBodies(tenderWith({}), addMs(DEADLINE, -1))).not.toThrow();
    expect(() => requireOpenForBodies(tenderWith({}), DEADLINE)).toThrow(
      expect.objectContaining({ code: 'bid.body-late' }),
    );
    const graceful = tenderWith({ bodyGraceMinutes: 30 });
    expect(() => requireOpenForBodies(graceful, addMs(DEADLINE, 30 * 60_000 - 1))).not.toThrow();
    expect(() => requireOpenForBodies(graceful, addMs(DEADLINE, 30 * 60_000))).toThrow(
      expect.objectContaining({ code: 'bid.body-late' }),
    );
  });
});
