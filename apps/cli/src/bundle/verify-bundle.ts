import { fromUtf8 } from '#kernel';
import { verifyClose } from './verify-close.js';
import { verifyEvaluation } from './verify-evaluation.js';
import { verifyFiles } from './verify-files.js';
import { verifyLedgerFolder } from './verify-ledger-folder.js';
import { verifyPublications } from './verify-publications.js';
import { verifyOpenings } from './verify-openings.js';
import { verifyShownActs } from './verify-shown-acts.js';
import { verifySignatures } from './verify-signatures.js';
import { verifyReceipts } from './verify-receipts.js';
import { readBundleFile } from './bundle-files.js';
import type { BundleTender } from './bundle-tender.js';

export interface BundleReport {
  /** One line for each thing that was checked and holds. */
  readonly checks: readonly string[];
}

/**
 * Recomputes everything that a bundle claims, offline. Throws a BundleFault for the first thing that is wrong;
 * because every file is in the list of hashes, a changed byte anywhere is found before anything else. What the reader
 * trusts beforehand is held against what the bundle names.
 */
export async function verifyBundle(
  folder: string,
  trusted: { readonly authorityPem?: string } = {},
): Promise<BundleReport> {
  const checks: string[] = [];
  checks.push(await verifyFiles(folder));
  const tender = JSON.parse(fromUtf8(await readBundleFile(folder, 'tender.json'))) as BundleTender;
  const ledger = await verifyLedgerFolder(folder, tender);
  checks.push(ledger.line);
  checks.push(await verifyPublications(folder, tender, ledger));
  const receipts = await verifyReceipts(folder, ledger);
  checks.push(receipts.line);
  const shown = verifyShownActs(ledger);
  if (shown) checks.push(shown);
  checks.push(verifyClose(tender, ledger));
  checks.push(await verifyOpenings(folder, tender, ledger, receipts));
  checks.push(await verifySignatures(folder, ledger, trusted.authorityPem));
  checks.push(await verifyEvaluation(folder, tender, ledger));
  return { checks };
}
