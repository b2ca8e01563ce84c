import type { DataOf, EventEnvelope, scoresLocked } from '#contracts';
import { envelopesLeftSealed } from '../domain/opening.js';
import type { VaultPorts } from './vault-ports.js';

/**
 * Scores are locked: bids that passed may be opened on, aliases get their names, and what was sealed in the ledger
 * is shown. Before this moment nobody outside the vault can tell whose bid an alias is.
 */
export async function nameBidders(
  { vault }: VaultPorts,
  { results }: DataOf<typeof scoresLocked>,
  event: EventEnvelope,
): Promise<void> {
  const tenderId = event.tenderId!;
  await vault.take(event, async (tx) => {
    const tender = await tx.loadTender(tenderId, 'close');
    for (const { alias, isPassed } of results) await tx.savePassed(tenderId, alias, isPassed);
    await tx.saveTender({ ...tender, scoresLocked: true });
    const bidders = (await tx.finalBids(tenderId)).map(({ alias, organisationId, certificateSha256 }) => ({
      alias,
      organisationId,
      certificateSha256,
    }));
    await tx.tell(tenderId, { type: 'bidders-named', data: { bidders } });
    await tx.reveal(tenderId);
  });
}

/** After the award: says of every envelope that stayed sealed that it did, and shows what was sealed since. */
export async function leaveSealed({ vault }: VaultPorts, event: EventEnvelope): Promise<void> {
  const tenderId = event.tenderId!;
  await vault.take(event, async (tx) => {
    const envelopes = envelopesLeftSealed(await tx.finalBids(tenderId));
    if (envelopes.length > 0) await tx.tell(tenderId, { type: 'envelopes-left-sealed', data: { envelopes } });
    await tx.reveal(tenderId);
    await tx.saveTender({ ...(await tx.loadTender(tenderId, 'close')), stage: 'ended' });
  });
}
