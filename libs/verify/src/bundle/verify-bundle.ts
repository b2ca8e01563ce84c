import { fromUtf8 } from '#kernel';
import type { BundleCheck, BundleStep } from './bundle-check.js';
import type { BundleFolder } from './bundle-folder.js';
import type { BundleTender } from './bundle-tender.js';
import { verifyClose } from './verify-close.js';
import { verifyEvaluation } from './verify-evaluation.js';
import { verifyFiles } from './verify-files.js';
import { verifyLedgerFolder } from './verify-ledger-folder.js';
import { verifyOpenings } from './verify-openings.js';
import { verifyPublications } from './verify-publications.js';
import { verifyReceipts } from './verify-receipts.js';
import { verifyShownActs } from './verify-shown-acts.js';
import { verifySignatures } from './verify-signatures.js';

export interface BundleVerification {
  /** The authority that the reader knows: held against the one that the bundle names. */
  readonly authorityPem?: string | undefined;
  readonly onStep?: (step: BundleStep) => void;
  readonly onCheck?: (check: BundleCheck) => void;
}

/**
 * Recomputes everything that a bundle claims, offline. Throws a BundleFault for the first thing that is wrong;
 * because every file is in the list of hashes, a changed byte anywhere is found before anything else.
 */
export async function verifyBundle(
  folder: BundleFolder,
  verification: BundleVerification = {},
): Promise<BundleCheck[]> {
  verification.onStep?.('files');
  const files = await verifyFiles(folder);
  verification.onCheck?.(files);
  return [files, ...(await verifyGathered(folder, verification))];
}

/** As {@link verifyBundle}, of a bundle that the same program gathered and that has no list of hashes. */
export async function verifyGathered(
  folder: BundleFolder,
  { authorityPem, onStep, onCheck }: BundleVerification = {},
): Promise<BundleCheck[]> {
  const checks: BundleCheck[] = [];
  const step = async <T>(
    name: BundleStep,
    check: () => T | Promise<T>,
    of: (found: T) => BundleCheck | undefined,
  ): Promise<T> => {
    onStep?.(name);
    const found = await check();
    const holds = of(found);
    if (holds) {
      checks.push(holds);
      onCheck?.(holds);
    }
    return found;
  };
  const asIs = (check: BundleCheck | undefined): BundleCheck | undefined => check;
  const tender = JSON.parse(fromUtf8(await folder.read('tender.json'))) as BundleTender;
  const ledger = await step(
    'ledger',
    () => verifyLedgerFolder(folder, tender),
    ({ check }) => check,
  );
  await step('publications', () => verifyPublications(folder, tender, ledger), asIs);
  const receipts = await step(
    'receipts',
    () => verifyReceipts(folder, ledger),
    ({ check }) => check,
  );
  await step('acts', () => verifyShownActs(ledger), asIs);
  await step('close', () => verifyClose(tender, ledger), asIs);
  await step('openings', () => verifyOpenings(folder, tender, ledger, receipts), asIs);
  await step('signatures', () => verifySignatures(folder, ledger, authorityPem), asIs);
  await step('evaluation', () => verifyEvaluation(folder, tender, ledger), asIs);
  return checks;
}
