import { DomainError, type Instant, type Uuid } from '#kernel';
import type { Reveal } from '#contracts';
import type { Manifest, WithdrawManifest } from '#sealing';

/** One version of a bid, or its withdrawal: what the bidder signed, as it was received. */
export interface BidAct {
  readonly actId: Uuid;
  readonly tenderId: Uuid;
  readonly organisationId: Uuid;
  readonly organisationName: string;
  readonly certificateSha256: string;
  readonly seq: number;
  readonly kind: 'seal' | 'withdraw';
  readonly receivedAt: Instant;
  readonly manifests: readonly SignedManifest[];
  readonly promise: string;
  readonly reveal: Reveal;
  /** Only where a mailbox had it before the platform: by the mailbox's clock, and its entry there. */
  readonly mailbox?: { readonly receivedAt: Instant; readonly sealed: string };
}

/** A manifest without what was signed: small, so that those of all bids may be held at once. */
export interface NamedManifest {
  /** Null for a withdrawal, which concerns all envelopes. */
  readonly envelopeId: string | null;
  readonly sha256: string;
  readonly age: { readonly sha256: string; readonly size: number } | null;
}

export interface SignedManifest extends NamedManifest {
  readonly jws: string;
}

/** A bidder changes the mind a few times, not endlessly: each version costs everyone verification. */
export const VERSIONS_MAX = 50;

/** What the next act of a bidder has to follow. */
export type LastAct = Pick<BidAct, 'seq' | 'kind' | 'manifests'>;

/** Follows the last act of the same bidder: next sequence number, and each envelope names its predecessor. */
export function requireSuccession(
  last: LastAct | undefined,
  manifests: readonly (Manifest | WithdrawManifest)[],
): number {
  const next = (last?.seq ?? 0) + 1;
  if (next > VERSIONS_MAX)
    throw new DomainError('bid.too-many-versions', `At most ${VERSIONS_MAX} versions of a bid.`);
  for (const manifest of manifests) {
    if (manifest.seq !== next) {
      throw new DomainError(
        'bid.sequence-wrong',
        `The next version is ${next}; this manifest says ${manifest.seq}.`,
        { next },
      );
    }
    const expected = predecessor(last, manifest);
    if (manifest.prev !== expected) {
      throw new DomainError(
        'bid.previous-wrong',
        'The manifest does not name the version that it replaces.',
        { expected },
      );
    }
  }
  return next;
}

function predecessor(last: LastAct | undefined, manifest: Manifest | WithdrawManifest): string | null {
  if (!last) return null;
  const own = manifest.kind === 'seal' ? manifest.envelopeId : null;
  const same = last.manifests.find(({ envelopeId }) => envelopeId === own);
  return (same ?? last.manifests[0])?.sha256 ?? null;
}

/** One manifest for each envelope of the tender, no more and no fewer. */
export function requireAllEnvelopes(envelopes: readonly string[], manifests: readonly Manifest[]): void {
  const given = manifests.map(({ envelopeId }) => envelopeId).sort();
  if (given.join() !== [...envelopes].sort().join()) {
    throw new DomainError('bid.envelopes-wrong', `Send one manifest for each of: ${envelopes.join(', ')}.`, {
      given,
    });
  }
}
