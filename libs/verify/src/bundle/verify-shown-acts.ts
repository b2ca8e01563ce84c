import type { DataOf, revealCompleted } from '#contracts';
import type { BundleCheck } from './bundle-check.js';
import { BundleFault } from './bundle-fault.js';
import { requireEnded } from './bundle-ending.js';
import { onlyEntry, type VerifiedLedgerFolder } from './verify-ledger-folder.js';

/**
 * Of a tender without an award all acts were shown, as many as the vault says that it sealed; nobody was shown before
 * the time that it told. Undefined for an awarded tender, whose acts are shown on its way.
 */
export function verifyShownActs({
  entries,
  reveals,
  tenderId,
}: VerifiedLedgerFolder): BundleCheck | undefined {
  const { ending } = requireEnded(entries);
  if (ending === 'awarded') return undefined;
  const completed = onlyEntry(entries, 'vault.reveal-completed');
  const { revealAt } = onlyEntry(entries, 'vault.reveal-planned').data as { readonly revealAt: string };
  const { acts } = completed.data as DataOf<typeof revealCompleted>;
  const shown = reveals.filter(({ event }) => event['tender'] === tenderId).length;
  if (shown !== acts) {
    throw new BundleFault('ledger/checkpoint', `${shown} acts were shown, and the vault says ${acts}`);
  }
  if (completed.at < revealAt) {
    throw new BundleFault('ledger/checkpoint', `acts were shown before ${revealAt}, as was promised`);
  }
  const line = `the tender ${ending}: all ${acts} acts of those who took part were shown, not before ${revealAt}`;
  return { step: 'acts', outcome: ending, facts: { acts, revealAt }, line };
}
