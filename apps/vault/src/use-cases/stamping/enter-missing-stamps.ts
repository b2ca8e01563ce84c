import type { BidAct } from '../../domain/bid-act.js';
import type { SealedTender } from '../../domain/sealed-tender.js';
import type { VaultTransaction } from '../vault.port.js';

/** Whether the procedure holds a receipt complete only with a time stamp. */
export const needsTimestamp = ({ descriptor }: Pick<SealedTender, 'descriptor'>): boolean =>
  descriptor.rules['timestampRequired'] === true;

/**
 * At closing, where the procedure asks for stamps: enters of each bid that counts and has none that it has none, how
 * often the authority was asked and what it met last. The bid counts all the same: the authority is not the bidder's.
 */
export async function enterMissingStamps(
  tx: VaultTransaction,
  tender: SealedTender,
  acts: readonly BidAct[],
): Promise<void> {
  if (!needsTimestamp(tender)) return;
  const { tenderId, tid } = tender;
  const states = await tx.stampStates(
    tenderId,
    acts.map(({ organisationId }) => organisationId),
  );
  for (const { organisationId, seq, manifests } of acts) {
    const state = states.get(`${organisationId} ${seq}`);
    if (state?.isStamped) continue;
    const { attempts = 0, lastCode = null } = state ?? {};
    const manifestSha256 = manifests.map(({ sha256 }) => sha256);
    const data = { tid, organisationId, seq, manifestSha256, attempts, lastCode };
    await tx.seal({ type: 'timestamp-missing', tenderId, actorId: null, data });
  }
}
