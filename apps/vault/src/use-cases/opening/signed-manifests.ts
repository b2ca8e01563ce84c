import { inParts, MESSAGE_PART, type PartLimits } from '#kernel';
import type { SignedManifest } from '../../domain/bid-act.js';
import type { EnvelopeToOpen } from '../../domain/opening/envelopes-to-open.js';
import type { Vault } from '../vault.port.js';

/** Quotes, comma and the members that a manifest may stand among. */
const AROUND_BYTES = 200;

/** Envelopes whose manifests, as they were signed, fit one answer; known without reading any. */
export const manifestPages = (
  envelopes: readonly EnvelopeToOpen[],
  limits: PartLimits = MESSAGE_PART,
): EnvelopeToOpen[][] => inParts(envelopes, limits, ({ manifest }) => manifest.jwsBytes + AROUND_BYTES);

/** What was signed for these envelopes, in their order; none for one whose row is gone. */
export async function signedOf(
  vault: Vault,
  tenderId: string,
  envelopes: readonly Pick<EnvelopeToOpen, 'manifest'>[],
): Promise<SignedManifest[]> {
  const wanted = envelopes.map(({ manifest }) => manifest.sha256);
  const found = await vault.signedManifests(tenderId, wanted);
  const bySha256 = new Map(found.map((manifest) => [manifest.sha256, manifest]));
  return wanted.flatMap((sha256) => bySha256.get(sha256) ?? []);
}
