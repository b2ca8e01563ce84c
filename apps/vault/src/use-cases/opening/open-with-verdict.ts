import { type DomainError, isDomainError } from '#kernel';
import type { OpeningFault } from '#contracts';
import { checkManifest, combineShares, type Share } from '#sealing';
import type { SignedManifest } from '../../domain/bid-act.js';
import { CONSEQUENCES, faultOf, type OpenedItem } from '../../domain/opening/verdict.js';
import type { SealedTender } from '../../domain/sealed-tender.js';
import { openOne } from './open-one-envelope.js';
import { closeDigest } from './open-session.js';
import { manifestOf } from '../intake/read-manifest.js';
import type { VaultPorts } from '../vault-ports.js';

/** A failure that nobody has a name for is tried this often before it is called unknown. */
const ATTEMPTS_MAX = 3;

/** The key of an envelope: shares of a quorum, or what its bidder revealed. */
export type EnvelopeSecret = { readonly shares: readonly Share[] } | { readonly rescueIdentity: string };

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
  const known = { alias, manifestSha256: manifest.sha256, age: manifest.age! };
  for (let attempt = 1; ; attempt++) {
    let identity = '';
    try {
      identity = identityOf(tender, manifestOf(manifest), secret);
      const parts = await openOne(store, manifest, identity);
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
