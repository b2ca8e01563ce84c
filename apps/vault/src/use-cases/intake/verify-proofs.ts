import { isDomainError } from '#kernel';
import { checkManifest } from '#sealing';
import type { Call } from '#service';
import type { BidProgress } from '../../domain/bid-progress.js';
import type { SealedTender } from '../../domain/sealed-tender.js';
import { manifestOf } from './read-manifest.js';
import type { VaultPorts } from '../vault-ports.js';

/**
 * Verifies the deals of an act that was committed: every quorum will be able to open it. An act whose proofs do not
 * hold is refused for good, with an entry; it throws the code of what is wrong, then and whenever it is asked again.
 */
export async function verifyProofs(
  { vault }: VaultPorts,
  { descriptor, tid, tenderId }: SealedTender,
  progress: BidProgress,
  call: Call,
): Promise<void> {
  if (progress.proofs === 'verified') return;
  const { act } = progress;
  const data = { tid, organisationId: act.organisationId, seq: act.seq };
  try {
    for (const signed of act.manifests) checkManifest(descriptor, manifestOf(signed));
  } catch (error) {
    if (isDomainError(error) && progress.proofs === 'unverified') {
      await vault.transact({ ...call, idempotencyKey: null }, async (tx) => {
        const isFirst = await tx.saveProofs(act, 'refused', error.code);
        if (isFirst) {
          const refused = { ...data, code: error.code };
          await tx.seal({ type: 'bid-refused', tenderId, actorId: call.actorId, data: refused });
        }
        return null;
      });
    }
    throw error;
  }
  await vault.transact({ ...call, idempotencyKey: null }, async (tx) => {
    await tx.saveProofs(act, 'verified', null);
    return null;
  });
}
