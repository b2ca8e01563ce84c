import type { Uuid } from '#kernel';
import type { EnvelopeId } from '#contracts';
import type { NamedManifest } from '../bid-act.js';
import type { FinalBid } from '../close-bids.js';
import type { LeftSealed } from './envelopes-to-open.js';

/** A stored envelope of a version of a bid, whatever became of it. */
export interface BidderEnvelope {
  readonly organisationId: Uuid;
  readonly manifest: NamedManifest;
}

/** A stored envelope that was not opened and never will be. */
export interface EnvelopeToDestroy {
  /** Null where its bidder has no bid in the opening. */
  readonly alias: string | null;
  readonly envelopeId: EnvelopeId;
  readonly manifestSha256: string;
  /** Of the age file. */
  readonly sha256: string;
}

/**
 * After the end: envelopes that were left sealed, and those of versions that were replaced or withdrawn. A file
 * that an opened envelope shares with an older version stays.
 */
export function envelopesToDestroy(
  stored: readonly BidderEnvelope[],
  bids: readonly FinalBid[],
  leftSealed: readonly LeftSealed[],
): EnvelopeToDestroy[] {
  const left = new Set(leftSealed.map(({ manifestSha256 }) => manifestSha256));
  const final = bids.flatMap(({ manifests }) => manifests);
  const opened = final.filter(({ sha256 }) => !left.has(sha256));
  const openedManifests = new Set(opened.map(({ sha256 }) => sha256));
  const openedFiles = new Set(opened.map(({ age }) => age?.sha256));
  const aliases = new Map(bids.map(({ organisationId, alias }) => [organisationId, alias]));
  return stored.flatMap(({ organisationId, manifest: { envelopeId, sha256, age } }) => {
    if (age === null || openedManifests.has(sha256) || openedFiles.has(age.sha256)) return [];
    const alias = aliases.get(organisationId) ?? null;
    return [{ alias, envelopeId: envelopeId as EnvelopeId, manifestSha256: sha256, sha256: age.sha256 }];
  });
}
