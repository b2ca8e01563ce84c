export { allPages, type Page } from './answers/all-pages.js';
export {
  joinOpeningRecord,
  readOpeningProofs,
  readOpeningRecord,
  readOpeningWork,
} from './answers/read-openings.js';
export { readEvaluation, readTechnicalResult } from './answers/read-results.js';
export { BUNDLE_STEPS, type BundleCheck, type BundleStep } from './bundle/bundle-check.js';
export type { BundleEnding } from './bundle/bundle-ending.js';
export { BundleFault } from './bundle/bundle-fault.js';
export { type BundleFolder, type BundleSink, MANIFEST, manifestText } from './bundle/bundle-folder.js';
export { gatherBundle } from './bundle/gather-bundle.js';
export { MemoryBundle } from './bundle/memory-bundle.js';
export { ShownLater, tenderEnding } from './bundle/tender-ending.js';
export { type BundleVerification, verifyBundle, verifyGathered } from './bundle/verify-bundle.js';
export {
  ENTRY_STEPS,
  type EntryQuestion,
  type EntryStep,
  type ProvenEntry,
  verifyEntryAt,
} from './ledger/verify-entry-at.js';
export { type BackDated, findBackDated, type Sighting } from './ledger/back-dated.js';
export { verifyRunning } from './bundle/verify-running.js';
export { asFault, LedgerFault } from './ledger/ledger-fault.js';
export { type Growth, readGrowth } from './ledger/read-growth.js';
export { readLedger } from './ledger/read-ledger.js';
export {
  type GivenReceipt,
  type KeptCheckpoint,
  type LedgerQuestion,
  type LedgerReport,
  verifyLedger,
} from './ledger/verify-ledger.js';
export { readEntriesSoFar, witnessPolicyOf } from './ledger/witnessed-ledger.js';
export {
  checkOpening,
  type MayOpen,
  type NotYetEntered,
  type OpeningAsked,
} from './opening/check-opening.js';
export { type EnteredClose, readEnteredClose } from './opening/entered-close.js';
export { rehearsalShare, seatOf } from './opening/rehearsal-share.js';
export type { PlatformReader, QueryAnswer, QueryInput, QueryName } from './platform-reader.js';
export { ReceiptFault } from './receipt/receipt-fault.js';
export type { Anchor, ReceiptReport, ReceiptTimestamp } from './receipt/receipt-report.js';
export { isMailboxReceipt, type MailboxReport, verifyMailboxFile } from './receipt/verify-mailbox-file.js';
export { Unread } from './unread.js';
export { type ReceiptTrust, verifyReceiptFile } from './receipt/verify-receipt-file.js';
