import { DomainError, fromBase64Url, fromUtf8, isDomainError } from '#kernel';
import type { OpeningFault } from '#contracts';
import {
  asksBidderKey,
  type BidderKeyRelease,
  checkBidderKeyRelease,
  checkManifest,
  combineShares,
  type Share,
} from '#sealing';
import type { SignedManifest } from '../../domain/bid-act.js';
import { CONSEQUENCES, faultOf, NOT_RELEASED, type OpenedItem } from '../../domain/opening/verdict.js';
import type { SealedTender } from '../../domain/sealed-tender.js';
import { openOne } from './open-one-envelope.js';
import { closeDigest } from './open-session.js';
import { manifestOf } from '../intake/read-manifest.js';
import type { VaultPorts } from '../vault-ports.js';

/** A failure that nobody has a name for is tried this often before it is called unknown. */
const ATTEMPTS_MAX = 3;

/**
 * The key of an envelope: shares of a quorum, or the rescue identity that its bidder revealed; and the signed release of
 * the bidder's own key, where the tender asks for one.
 */
export type EnvelopeSecret = { readonly release: string | null } & (
  { readonly shares: readonly Share[] } | { readonly rescueIdentity: string }
);

/** An envelope with its result, or whose fault stops the opening. */
export type Verdict = { readonly item: OpenedItem } | { readonly halts: OpeningFault };

/**
 * Opens one envelope and says what came of it. Throws what is nobody's verdict, such as a store that cannot be
 * reached: then it is to be tried again.
 */
export async function openWithVerdict(
  { store }: Pick<VaultPorts, 'store'>,
  tender: SealedTender,
  { alias, manifest }: { readonly alias: string; readonly manifest: SignedManifest },
  secret: EnvelopeSecret,
): Promise<Verdict> {
  let known: Known = { alias, manifestSha256: manifest.sha256, age: manifest.age! };
  for (let attempt = 1; ; attempt++) {
    let identity = '';
    try {
      identity = identityOf(tender, manifestOf(manifest), secret);
      const bidderIdentity = await bidderIdentityOf(tender, manifestOf(manifest), secret.release);
      if (bidderIdentity !== undefined) known = { ...known, bidderIdentity };
      const parts = await openOne(store, manifest, { identity, bidderIdentity });
      const consequence = CONSEQUENCES.none;
      return {
        item: { ...known, identity, result: 'opened', fault: null, code: null, consequence, parts },
      };
    } catch (error) {
      if (!isDomainError(error)) {
        if (attempt < ATTEMPTS_MAX) continue;
        return { halts: 'unknown' };
      }
      const fault = blame(error, tender, manifestOf(manifest));
      const consequence = CONSEQUENCES[fault];
      if (consequence === 'halts') return { halts: fault };
      const { code } = error;
      return { item: { ...known, identity, result: 'unreadable', fault, code, consequence, parts: [] } };
    }
  }
}

type Known = Pick<OpenedItem, 'alias' | 'manifestSha256' | 'age' | 'bidderIdentity'>;

/** What the bidder released, looked at again: it is the very key that the manifest names. */
async function bidderIdentityOf(
  { descriptor }: SealedTender,
  manifest: ReturnType<typeof manifestOf>,
  jws: string | null,
): Promise<string | undefined> {
  if (!asksBidderKey(descriptor)) return undefined;
  if (jws === null) throw new DomainError(NOT_RELEASED, 'The release that was taken is not kept.');
  const release = JSON.parse(fromUtf8(fromBase64Url(jws.split('.')[1]!))) as BidderKeyRelease;
  await checkBidderKeyRelease(manifest, release);
  return release.identity;
}

function identityOf(
  tender: SealedTender,
  manifest: ReturnType<typeof manifestOf>,
  secret: EnvelopeSecret,
): string {
  if ('rescueIdentity' in secret) return secret.rescueIdentity;
  const closeEntrySha256 = closeDigest(tender);
  return combineShares({ descriptor: tender.descriptor, manifest, closeEntrySha256, shares: secret.shares });
}

function blame(
  error: DomainError,
  { descriptor }: SealedTender,
  manifest: ReturnType<typeof manifestOf>,
): OpeningFault {
  const fault = faultOf(error.code, isDealRight(descriptor, manifest));
  if (fault === null) throw error;
  return fault;
}

/** The deal proves that the identity is the one that was sealed to: then what does not open is the bidder's doing. */
function isDealRight(
  descriptor: SealedTender['descriptor'],
  manifest: ReturnType<typeof manifestOf>,
): boolean {
  try {
    checkManifest(descriptor, manifest);
    return true;
  } catch {
    return false;
  }
}
