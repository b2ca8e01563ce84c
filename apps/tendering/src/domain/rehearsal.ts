import { DomainError, fromBase64, toHex } from '#kernel';
import {
  combineShares,
  type Manifest,
  manifestDigest,
  openEnvelope,
  type Share,
  type TenderDescriptor,
  verifyShare,
} from '#sealing';
import { committeeDescriptor, type LedgerIdentity } from './committee-descriptor.js';
import type { Tender } from './tender.js';

/** The one part of a rehearsal's envelope. */
export const REHEARSAL_PART = 'rehearsal.txt';

/**
 * A dummy bid sealed to the real committee, for trustees to open before publication. Its descriptor says that it is a
 * rehearsal; so its digest is never that of a tender, and no real deal can be slipped in: the proofs would not hold.
 */
export interface Rehearsal {
  readonly descriptor: TenderDescriptor;
  readonly manifest: Manifest;
  /** The age file in base64; it holds nothing but a greeting. */
  readonly envelope: string;
  /** Verified shares, by the number of the trustee. */
  readonly shares: Readonly<Record<string, Share>>;
  readonly isOpened: boolean;
}

/** What shares of a rehearsal are bound to, where there is no close record. */
export const REHEARSAL_CLOSE = '0'.repeat(64);

/** What the dummy is sealed to: the committee alone, whose keys are tried. Throws `committee.incomplete` where a key statement is missing. */
export function rehearsalDescriptor(tender: Tender, ledger: LedgerIdentity): TenderDescriptor {
  const descriptor = committeeDescriptor(tender, ledger);
  return { ...descriptor, rules: { ...descriptor.rules, rehearsal: true, bidderKey: false } };
}

/** A rehearsal with another committee than the tender has by now proves nothing. */
export const isCurrent = ({ descriptor }: Rehearsal, tender: Tender): boolean =>
  descriptor.k === tender.draft.quorum &&
  descriptor.trustees.length === tender.committee.length &&
  tender.committee.every(
    ({ statement }, at) => descriptor.trustees[at]?.statementSha256 === statement?.statementSha256,
  );

/** Adds a trustee's share. Throws `trustee.not-appointed`, and as `verifyShare` naming the trustee. */
export function giveRehearsalShare(
  rehearsal: Rehearsal,
  tender: Tender,
  personId: string,
  share: Share,
): Rehearsal {
  const i = tender.committee.findIndex((seat) => seat.personId === personId) + 1;
  if (i === 0) throw new DomainError('trustee.not-appointed', 'You are not a trustee of this tender.');
  const { descriptor, manifest, shares } = rehearsal;
  const own = { ...share, i };
  verifyShare({ descriptor, manifest, closeEntrySha256: REHEARSAL_CLOSE, share: own });
  return { ...rehearsal, shares: { ...shares, [i]: own } };
}

/** Opens the dummy once the quorum is there: the keys that were shown are keys that open. */
export async function tryToOpen(rehearsal: Rehearsal): Promise<Rehearsal> {
  const { descriptor, manifest, envelope } = rehearsal;
  const shares = Object.values(rehearsal.shares);
  if (rehearsal.isOpened || shares.length < descriptor.k) return rehearsal;
  const identity = combineShares({ descriptor, manifest, closeEntrySha256: REHEARSAL_CLOSE, shares });
  await openEnvelope({ ciphertext: fromBase64(envelope), identity, expected: manifest.age });
  return { ...rehearsal, isOpened: true };
}

/** What the ledger says of a rehearsal's envelope. */
export const rehearsalDigest = ({ manifest }: Rehearsal): string => toHex(manifestDigest(manifest));
