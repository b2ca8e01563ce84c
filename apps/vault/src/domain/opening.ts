import { DomainError, type Instant, type Uuid } from '#kernel';
import type { DataOf, EnvelopeId, envelopesOpened } from '#contracts';
import type { Share } from '#sealing';
import type { FinalBid } from './close-bids.js';
import type { SignedManifest } from './bid-act.js';

export type OpenedItem = DataOf<typeof envelopesOpened>['items'][number];

/** The opening of all envelopes of one kind: who has given shares, and what came out. */
export interface Opening {
  readonly tenderId: Uuid;
  readonly envelopeId: EnvelopeId;
  readonly given: readonly {
    readonly trusteeIndex: number;
    readonly shares: Readonly<Record<string, Share>>;
  }[];
  readonly openedAt: Instant | null;
  readonly items: readonly OpenedItem[];
}

export interface EnvelopeToOpen {
  readonly alias: string;
  readonly manifest: SignedManifest;
}

/** All technical envelopes; of the commercial ones those of bids that passed, and no others. */
export function envelopesToOpen(bids: readonly FinalBid[], envelopeId: EnvelopeId): EnvelopeToOpen[] {
  return bids
    .filter(({ isPassed }) => envelopeId === 'technical' || isPassed === true)
    .map(({ alias, manifests }) => ({
      alias,
      manifest: manifests.find((manifest) => manifest.envelopeId === envelopeId)!,
    }))
    .sort((a, b) => (a.manifest.sha256 < b.manifest.sha256 ? -1 : 1));
}

/** A trustee gives a share for every envelope at once: to hold one back would be to choose who is opened. */
export function requireAllShares(
  envelopes: readonly EnvelopeToOpen[],
  shares: readonly { readonly manifestSha256: string; readonly share: Share }[],
): Record<string, Share> {
  const given = new Map(shares.map(({ manifestSha256, share }) => [manifestSha256, share]));
  const wanted = new Set(envelopes.map(({ manifest }) => manifest.sha256));
  const unexpected = [...given.keys()].find((sha256) => !wanted.has(sha256));
  if (unexpected || given.size !== shares.length) {
    throw new DomainError(
      'share.unexpected',
      'There is a share for an envelope that is not to be opened, or two for one.',
      {
        manifestSha256: unexpected ?? null,
      },
    );
  }
  const missing = [...wanted].filter((sha256) => !given.has(sha256));
  if (missing.length > 0) {
    throw new DomainError('share.missing', `Shares for ${missing.length} envelopes are missing.`, {
      missing,
    });
  }
  return Object.fromEntries(given);
}

/** Adds a trustee's shares; giving them again changes nothing. Throws `opening.already-done` once opened. */
export function giveShares(opening: Opening, trusteeIndex: number, shares: Record<string, Share>): Opening {
  if (opening.openedAt !== null) {
    throw new DomainError(
      'opening.already-done',
      'The quorum has opened these envelopes already; no share is needed.',
    );
  }
  const others = opening.given.filter((given) => given.trusteeIndex !== trusteeIndex);
  return { ...opening, given: [...others, { trusteeIndex, shares }] };
}

/** Commercial envelopes of bids that did not pass: provably never opened. */
export function envelopesLeftSealed(bids: readonly FinalBid[]) {
  return bids
    .filter(({ isPassed }) => isPassed !== true)
    .flatMap(({ alias, manifests }) =>
      manifests
        .filter(({ envelopeId }) => envelopeId === 'commercial')
        .map(({ sha256 }) => ({ alias, envelopeId: 'commercial' as const, manifestSha256: sha256 })),
    );
}
