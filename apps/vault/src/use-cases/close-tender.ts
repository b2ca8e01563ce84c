import { type DataOf, type EventEnvelope, getLedgerIdentity, type tenderPublished } from '#contracts';
import type { TenderDescriptor } from '#sealing';
import { isBefore } from '#kernel';
import { finalActs } from '../domain/bid-progress.js';
import { closeRecord, drawAliases } from '../domain/close-bids.js';
import { bodiesUntil } from '../domain/sealed-tender.js';
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
      suspendedAt: null,
      ending: null,
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
    if (isBefore(now, bodiesUntil(tender))) throw new Error('by the database’s clock there is still time');
    if (tender.close !== null) return;
    const bids = drawAliases(finalActs(await tx.allProgress(tenderId)), random);
    const close = closeRecord(tender.tid, bids, now, size);
    await tx.addFinalBids(bids);
    const stage = bids.length < tender.bidsMin ? 'ended' : 'closed';
    await tx.saveTender({ ...tender, stage, close });
    await tx.tell(tenderId, { type: 'bids-closed', data: { ...close } });
  });
}
