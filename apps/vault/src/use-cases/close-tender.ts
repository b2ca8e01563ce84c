import { type DataOf, type EventEnvelope, getLedgerIdentity, type tenderPublished } from '#contracts';
import { finalBidsParts, type TenderDescriptor } from '#sealing';
import { isBefore } from '#kernel';
import { finalActs } from '../domain/bid-progress.js';
import { closeRecord, drawAliases, finalManifests, type RandomBytes } from '../domain/close-bids.js';
import { closesAt, type SealedTender } from '../domain/sealed-tender.js';
import { enterMissingStamps } from './stamping/enter-missing-stamps.js';
import type { VaultPorts } from './vault-ports.js';
import type { VaultTransaction } from './vault.port.js';

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
 * The deadline has passed: fixes the list of final manifests and tells it, in parts, with the record that names it. Waits for intakes that are deciding at this moment, so
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
    const { count, manifests } = await addFinalBids(tx, tender, random);
    const close = closeRecord({ tid: tender.tid, closedAt: now, ledgerSize: size }, count, manifests);
    const stage = count < tender.bidsMin ? 'ended' : 'closed';
    await tx.saveTender({ ...tender, stage, close });
    await tx.tell(tenderId, { type: 'bids-closed', data: { ...close } });
    for (const part of finalBidsParts(manifests)) {
      await tx.tell(tenderId, { type: 'bids-listed', data: { ...part } });
    }
  });
}

/** Some bidders at a time: what thousands have signed is never held at once. */
async function addFinalBids(
  tx: VaultTransaction,
  tender: SealedTender,
  random: RandomBytes,
): Promise<{ readonly count: number; readonly manifests: string[] }> {
  const aliases = new Set<string>();
  const manifests: string[] = [];
  for await (const accepted of tx.lastAccepted(tender.tenderId)) {
    const acts = finalActs(accepted);
    await enterMissingStamps(tx, tender, acts);
    const bids = drawAliases(acts, random, aliases);
    await tx.addFinalBids(bids);
    manifests.push(...finalManifests(bids));
  }
  return { count: aliases.size, manifests: manifests.sort() };
}
