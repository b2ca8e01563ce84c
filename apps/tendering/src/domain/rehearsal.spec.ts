import { beforeAll, describe, expect, it } from '@jest/globals';
import { toBase64, toBase64Url, utf8 } from '#kernel';
import { createTrusteeKey, openShare, sealEnvelope, type Share, type TrusteeKey } from '#sealing';
import {
  giveRehearsalShare,
  isCurrent,
  type Rehearsal,
  REHEARSAL_CLOSE,
  REHEARSAL_PART,
  rehearsalDescriptor,
  tryToOpen,
} from './rehearsal.js';
import type { Tender } from './tender.js';
import { worksTwoEnvelope } from './templates/works-two-envelope.js';

const LEDGER = { origin: 'ledger.test', verifierKey: 'ledger.test+00000000+AA==' };
const person = (n: number): string => `0198a000-0000-7000-8000-${String(n).padStart(12, '0')}`;
function randomOf(seed: number) {
  let state = seed;
  return (length: number) =>
    Uint8Array.from({ length }, () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) >>> 24);
}

const keys: readonly TrusteeKey[] = [1, 2, 3, 4, 5].map((n) => createTrusteeKey(randomOf(n)));
const tender = {
  tenderId: person(99),
  procedure: worksTwoEnvelope.procedure,
  draft: { quorum: 3, deadlineAt: '2026-12-14T08:00:00.000Z' },
  committee: keys.map(({ publicKey }, at) => ({
    personId: person(at + 1),
    statement: {
      publicKey: toBase64Url(publicKey),
      certificateSha256: String(at + 1).repeat(64),
      statementSha256: String(at + 1).repeat(64),
    },
  })),
} as unknown as Tender;

describe('the descriptor of a rehearsal', () => {
  it('asks for no key of a bidder’s own: the committee’s keys are tried', () => {
    const keyed = { ...tender, procedure: { ...tender.procedure, bidderKey: true } };
    expect(rehearsalDescriptor(keyed, LEDGER).rules).toMatchObject({ rehearsal: true, bidderKey: false });
  });
});

describe('a rehearsal', () => {
  let rehearsal: Rehearsal;

  beforeAll(async () => {
    const descriptor = rehearsalDescriptor(tender, LEDGER);
    const { manifest, ciphertext } = await sealEnvelope({
      descriptor,
      bidderCertSha256: '0'.repeat(64),
      seq: 1,
      previousManifestSha256: null,
      envelopeId: 'technical',
      parts: [{ name: REHEARSAL_PART, mediaType: 'text/plain', bytes: utf8('x') }],
      clientTime: '2026-11-24T08:00:00.000Z',
      random: randomOf(77),
    });
    rehearsal = { descriptor, manifest, envelope: toBase64(ciphertext), shares: {}, isOpened: false };
  });

  const shareOf = (i: number): Share =>
    openShare({
      descriptor: rehearsal.descriptor,
      manifest: rehearsal.manifest,
      closeEntrySha256: REHEARSAL_CLOSE,
      trusteeIndex: i,
      key: keys[i - 1]!,
      random: randomOf(i + 50),
    });

  it('opens with the quorum’s last share and not before', async () => {
    let current = rehearsal;
    for (const [at, i] of [5, 2, 4].entries()) {
      current = await tryToOpen(giveRehearsalShare(current, tender, person(i), shareOf(i)));
      expect(current.isOpened).toBe(at === 2);
    }
  });

  it('takes the share of nobody but a trustee, and only the own one', () => {
    expect(() => giveRehearsalShare(rehearsal, tender, person(77), shareOf(1))).toThrow(
      expect.objectContaining({ code: 'trustee.not-appointed' }),
    );
    expect(() => giveRehearsalShare(rehearsal, tender, person(2), shareOf(1))).toThrow(
      expect.objectContaining({ code: 'share.proof-invalid' }),
    );
  });

  it('given twice, a share counts once', async () => {
    const once = giveRehearsalShare(rehearsal, tender, person(1), shareOf(1));
    const twice = giveRehearsalShare(once, tender, person(1), shareOf(1));
    const thrice = giveRehearsalShare(twice, tender, person(2), shareOf(2));
    expect((await tryToOpen(thrice)).isOpened).toBe(false);
  });

  it('says in its descriptor that it is one: no real deal holds under its digest', () => {
    expect(rehearsal.descriptor.rules['rehearsal']).toBe(true);
    expect(() =>
      openShare({
        descriptor: { ...rehearsal.descriptor, rules: {} },
        manifest: rehearsal.manifest,
        closeEntrySha256: REHEARSAL_CLOSE,
        trusteeIndex: 1,
        key: keys[0]!,
        random: randomOf(1),
      }),
    ).toThrow(expect.objectContaining({ code: 'manifest.other-tender' }));
  });

  it('holds for the committee that it was sealed to', () => {
    expect(isCurrent(rehearsal, tender)).toBe(true);
    const [first, ...rest] = tender.committee;
    const statement = { ...first!.statement!, statementSha256: 'f'.repeat(64) };
    expect(isCurrent(rehearsal, { ...tender, committee: [{ ...first!, statement }, ...rest] })).toBe(false);
    expect(isCurrent(rehearsal, { ...tender, committee: rest })).toBe(false);
    expect(isCurrent(rehearsal, { ...tender, draft: { ...tender.draft, quorum: 2 } })).toBe(false);
  });
});
