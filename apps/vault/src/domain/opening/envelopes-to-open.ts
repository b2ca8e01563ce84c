import { DomainError, type Uuid } from '#kernel';
import type { EnvelopeId } from '#contracts';
import type { Share } from '#sealing';
import type { FinalBid, FinalManifest } from '../close-bids.js';
import type { Opening } from './opening.js';

export interface EnvelopeToOpen {
  readonly alias: string;
  readonly organisationId: Uuid;
  readonly manifest: FinalManifest;
}

/**
 * All technical envelopes; of the commercial ones those of bids that passed, and no others. Once the window for keys of
 * bidders' own is over, only those whose key was released. In order of hashes.
 */
export function envelopesToOpen(
  bids: readonly FinalBid[],
  envelopeId: EnvelopeId,
  opening: Pick<Opening, 'keys'> | undefined,
): EnvelopeToOpen[] {
  const keys = opening?.keys;
  const released = keys?.closedAt ? new Set(keys.released) : null;
  return bids
    .filter(
      ({ alias, isPassed }) =>
        (envelopeId === 'technical' || isPassed === true) && released?.has(alias) !== false,
    )
    .map(({ alias, organisationId, manifests }) => ({
      alias,
      organisationId,
      manifest: manifests.find((manifest) => manifest.envelopeId === envelopeId)!,
    }))
    .sort((a, b) => (a.manifest.sha256 < b.manifest.sha256 ? -1 : 1));
}

export interface GivenShare {
  readonly manifestSha256: string;
  readonly share: Share;
}

/** Each share is for an envelope that is to be opened, and there are no two for one. Throws `share.unexpected`. */
export function requireExpected(
  envelopes: readonly EnvelopeToOpen[],
  shares: readonly GivenShare[],
): { readonly manifest: FinalManifest; readonly share: Share }[] {
  const wanted = new Map(envelopes.map(({ manifest }) => [manifest.sha256, manifest]));
  const seen = new Set<string>();
  return shares.map(({ manifestSha256, share }) => {
    const manifest = wanted.get(manifestSha256);
    if (!manifest || seen.has(manifestSha256)) {
      throw new DomainError(
        'share.unexpected',
        'There is a share for an envelope that is not to be opened, or two for one.',
        { manifestSha256 },
      );
    }
    seen.add(manifestSha256);
    return { manifest, share };
  });
}

/** An envelope of a final bid that was never opened. */
export interface LeftSealed {
  readonly alias: string;
  readonly envelopeId: EnvelopeId;
  readonly manifestSha256: string;
}

/**
 * Every envelope that is not among those that were opened: commercial ones of bids that did not pass, those whose
 * bidders did not release keys of their own, and, without an award, whatever the tender did not come to.
 */
export const envelopesNotOpened = (bids: readonly FinalBid[], opened: ReadonlySet<string>): LeftSealed[] =>
  bids.flatMap(({ alias, manifests }) =>
    manifests
      .filter(({ sha256 }) => !opened.has(sha256))
      .map(({ envelopeId, sha256 }) => ({
        alias,
        envelopeId: envelopeId as EnvelopeId,
        manifestSha256: sha256,
      })),
  );
