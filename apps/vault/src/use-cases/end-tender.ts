import { isBefore, isDomainError, numbered, type Uuid } from '#kernel';
import type { EventEnvelope } from '#contracts';
import type { Call } from '#service';
import { destroyFrom, revealAt } from '../domain/retention.js';
import type { SealedTender } from '../domain/sealed-tender.js';
import { notOpened } from './keeping/not-opened.js';
import { planDestruction } from './keeping/plan-destruction.js';
import type { OpeningTransaction } from './opening/openings.port.js';
import type { VaultPorts } from './vault-ports.js';

/**
 * Failed or cancelled: nothing more is taken or opened, and what is sealed stays so until it is destroyed. Who took part
 * is shown at a time that is told now, since in a re-tender the names would tell rivals whom they are up against; if
 * they were named before, at once. A draft may be cancelled too; the vault never knew of it.
 */
export async function endTender({ openings }: VaultPorts, event: EventEnvelope): Promise<void> {
  const tenderId = event.tenderId!;
  await openings.take(event, async (tx) => {
    const tender = await known(tx, tenderId);
    if (!tender || tender.ending) return;
    const now = await tx.vault.clock();
    const shownAt = revealAt(tender, now);
    const ended: SealedTender = {
      ...tender,
      stage: 'ended',
      suspendedAt: null,
      ending: { revealAt: shownAt, revealedAt: null },
    };
    await planDestruction(tx, tenderId, await notOpened(tx, tenderId), destroyFrom(tender, shownAt));
    await tx.tell(tenderId, { type: 'reveal-planned', data: { revealAt: shownAt } });
    if (isBefore(now, shownAt)) await tx.vault.saveTender(ended);
    else await showEnded(tx, ended);
  });
}

/** Shows what is due: every sealed act of tenders that ended without an award, and what of them was never opened. */
export async function revealEnded({ openings }: VaultPorts, call: Call): Promise<void> {
  for (const tenderId of await openings.listToReveal()) {
    await openings.transact(call, async (tx) => {
      const tender = await tx.vault.loadTender(tenderId, 'close');
      const now = await tx.vault.clock();
      const { ending } = tender;
      if (ending && ending.revealedAt === null && !isBefore(now, ending.revealAt))
        await showEnded(tx, tender);
      return null;
    });
  }
}

async function showEnded(tx: OpeningTransaction, tender: SealedTender): Promise<void> {
  const { tenderId, ending } = tender;
  const left = await notOpened(tx, tenderId);
  if (left.length > 0) {
    for (const { items, ...part } of numbered(left)) {
      await tx.tell(tenderId, { type: 'envelopes-left-sealed', data: { envelopes: items, ...part } });
    }
  }
  await tx.vault.reveal(tenderId);
  const acts = await tx.vault.countRevealed(tenderId);
  await tx.tell(tenderId, { type: 'reveal-completed', data: { acts } });
  const revealedAt = await tx.vault.clock();
  await tx.vault.saveTender({ ...tender, ending: { ...ending!, revealedAt } });
}

function known(tx: OpeningTransaction, tenderId: Uuid): Promise<SealedTender | undefined> {
  return tx.vault.loadTender(tenderId, 'close').catch((error: unknown) => {
    if (isDomainError(error) && error.code === 'tender.unknown') return undefined;
    throw error;
  });
}
