import { numbered } from '#kernel';
import type { DataOf, EventEnvelope, scoresLocked } from '#contracts';
import { notOpened } from './keeping/not-opened.js';
import { planDestruction } from './keeping/plan-destruction.js';
import { beginOpening } from './opening/open-session.js';
import type { VaultPorts } from './vault-ports.js';

/**
 * Scores are locked: bids that passed may be opened on, aliases get their names, and what was sealed in the ledger
 * is shown, once the last part of the scores has come; the bus gives parts in their order. Before this moment nobody outside the vault can tell whose bid an alias is.
 */
export async function nameBidders(
  { openings }: VaultPorts,
  { part, parts, results }: DataOf<typeof scoresLocked>,
  event: EventEnvelope,
): Promise<void> {
  const tenderId = event.tenderId!;
  await openings.take(event, async (tx) => {
    const { vault } = tx;
    const tender = await vault.loadTender(tenderId, 'close');
    await vault.savePassed(tenderId, results);
    if (part < parts) return;
    await vault.saveTender({ ...tender, scoresLocked: true });
    const bidders = (await vault.finalBids(tenderId)).map(({ alias, organisationId, certificateSha256 }) => ({
      alias,
      organisationId,
      certificateSha256,
    }));
    for (const { items, ...place } of numbered(bidders)) {
      await tx.tell(tenderId, { type: 'bidders-named', data: { bidders: items, ...place } });
    }
    await vault.reveal(tenderId);
    await beginOpening(tx, tender, 'commercial', await vault.clock());
  });
}

/**
 * After the award: says of every envelope that stayed sealed that it did, plans that it and replaced versions be
 * destroyed, and shows what was sealed since.
 */
export async function leaveSealed({ openings }: VaultPorts, event: EventEnvelope): Promise<void> {
  const tenderId = event.tenderId!;
  await openings.take(event, async (tx) => {
    const { vault } = tx;
    const tender = await vault.loadTender(tenderId, 'close');
    const envelopes = await notOpened(tx, tenderId);
    if (envelopes.length > 0) {
      for (const { items, ...part } of numbered(envelopes)) {
        await tx.tell(tenderId, { type: 'envelopes-left-sealed', data: { envelopes: items, ...part } });
      }
    }
    await planDestruction(tx, tenderId, envelopes, await vault.clock());
    await vault.reveal(tenderId);
    await vault.saveTender({ ...tender, stage: 'ended' });
  });
}
