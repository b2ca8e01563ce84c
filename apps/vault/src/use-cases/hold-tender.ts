import type { DataOf, EventEnvelope, tenderResumed, tenderSuspended } from '#contracts';
import { decideOpening } from './opening/open-session.js';
import type { VaultPorts } from './vault-ports.js';

/** A supervisor has suspended the tender: no bid, body, share, key or rescue identity is taken, and nothing is opened. */
export async function holdTender(
  { vault }: VaultPorts,
  { cause, since }: DataOf<typeof tenderSuspended>,
  event: EventEnvelope,
): Promise<void> {
  if (cause !== 'supervisor') return;
  await vault.take(event, async (tx) => {
    const tender = await tx.loadTender(event.tenderId!, 'close');
    await tx.saveTender({ ...tender, suspendedAt: since });
  });
}

/** The supervisor lets it go on: sessions and windows have as much time left as they had. */
export async function goOnWithTender(
  { openings }: VaultPorts,
  { cause, since, resumedAt }: DataOf<typeof tenderResumed>,
  event: EventEnvelope,
): Promise<void> {
  if (cause !== 'supervisor') return;
  const tenderId = event.tenderId!;
  await openings.take(event, async (tx) => {
    const tender = await tx.vault.loadTender(tenderId, 'close');
    await tx.vault.saveTender({ ...tender, suspendedAt: null });
    for (const envelopeId of ['technical', 'commercial'] as const) {
      const opening = await tx.load({ tenderId, envelopeId });
      if (opening) await decideOpening(tx, opening, { type: 'go-on', since, resumedAt });
    }
  });
}
