import { type DataOf, type EventEnvelope, getLedgerIdentity, type tenderPublished } from '#contracts';
import type { TenderDescriptor } from '#sealing';
import { isBefore, isDomainError } from '#kernel';
import { finalActs } from '../domain/bid-progress.js';
import { closeRecord, drawAliases } from '../domain/close-bids.js';
import { closesAt } from '../domain/sealed-tender.js';
import { enterMissingStamps } from './stamping/enter-missing-stamps.js';
import type { VaultPorts } from './vault-ports.js';

/** A published tender: from now on bids to its descriptor are taken. */
export async function openForBids(
  { vault }: VaultPorts,
  data: DataOf<typeof tenderPublished>,
  event: EventEnvelope,
): Promise<void> {
  const { tid, deadlineAt, bidsMin, trustees } = data;
  const tenderId = event.tenderId!;
  const descriptor = data.descriptor as unknown as TenderDescriptor;
  await vault.take(event, (tx) =>
    tx.saveTender({
      tenderId,
      tid,
      descriptor,
      deadlineAt,
      bidsMin,
      trustees,
      stage: 'open',
      close: null,
      scoresLocked: false,
    }),
  );
}

/**
 * The deadline has passed: fixes the list of final manifests. Waits for intakes that are deciding at this moment, so
 * that what was in time is in the list. Too few bids: the tender ends with nothing opened.
 */
export async function closeBids(
  { vault, requests, random }: VaultPorts,
  event: EventEnvelope,
): Promise<void> {
  const tenderId = event.tenderId!;
  const { size } = await requests.ask(getLedgerIdentity, {});
  await vault.take(event, async (tx) => {
    const tender = await tx.loadTender(tenderId, 'close');
    const now = await tx.clock();
    if (isBefore(now, closesAt(tender))) throw new Error('by the database’s clock there is still time');
    if (tender.close !== null) return;
    const acts = finalActs(await tx.allProgress(tenderId));
    await enterMissingStamps(tx, tender, acts);
    const bids = drawAliases(acts, random);
    const close = closeRecord(tender.tid, bids, now, size);
    await tx.addFinalBids(bids);
    const stage = bids.length < tender.bidsMin ? 'ended' : 'closed';
    await tx.saveTender({ ...tender, stage, close });
    await tx.tell(tenderId, { type: 'bids-closed', data: { ...close } });
  });
}

/** Failed or cancelled: nothing more is taken or opened. A draft may be cancelled too; the vault never knew of it. */
export async function endTender({ vault }: VaultPorts, event: EventEnvelope): Promise<void> {
  await vault.take(event, async (tx) => {
    const tender = await tx.loadTender(event.tenderId!, 'close').catch((error: unknown) => {
      if (isDomainError(error) && error.code === 'tender.unknown') return undefined;
      throw error;
    });
    if (tender) await tx.saveTender({ ...tender, stage: 'ended' });
  });
}
