import type { Instant, Uuid } from '#kernel';
import { envelopesToDestroy } from '../../domain/opening/envelopes-to-destroy.js';
import type { LeftSealed } from '../../domain/opening/envelopes-to-open.js';
import type { OpeningTransaction } from '../opening/openings.port.js';

/** Plans that stored envelopes go which were left sealed, and those of versions that were replaced or withdrawn. */
export async function planDestruction(
  tx: OpeningTransaction,
  tenderId: Uuid,
  leftSealed: readonly LeftSealed[],
  notBefore: Instant,
): Promise<void> {
  const { vault } = tx;
  const stored = await vault.storedEnvelopes(tenderId);
  const planned = envelopesToDestroy(stored, await vault.finalBids(tenderId), leftSealed);
  await tx.planDestruction(tenderId, planned, notBefore);
}
