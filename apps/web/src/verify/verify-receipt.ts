import { fromUtf8 } from '#kernel';
import { parseProofFile } from '#ledger';
import { certificateSha256, readReceiptFile } from '#pki';
import {
  isMailboxReceipt,
  type PlatformReader,
  type ReceiptReport,
  verifyLedger,
  verifyMailboxFile,
  verifyReceiptFile,
} from '#verify';
import type { Anchors, Facts, VerifyWord } from './verify-order.js';

type Say = (word: VerifyWord) => void;

/** With no checkpoint that was kept nothing can be back-dated. */
const ANY_TIME_MS = Number.MAX_SAFE_INTEGER;

/** A receipt by itself, and whether the ledger of this platform still continues what it proves. */
export async function verifyReceipt(
  reader: PlatformReader,
  { file, anchors }: { readonly file: Uint8Array; readonly anchors: Anchors },
  say: Say,
): Promise<void> {
  say({ type: 'step', step: 'receipt' });
  if (isMailboxReceipt(file)) {
    const { receivedAt, seq, tid } = verifyMailboxFile(file);
    say({ type: 'holds', step: 'receipt', outcome: 'mailbox', facts: { receivedAt, seq, tid } });
    for (const step of ['timestamp', 'authority', 'continues']) {
      say({ type: 'unchecked', step, outcome: 'mailbox', facts: {} });
    }
    return;
  }
  const report = await verifyReceiptFile(file, anchors);
  say({ type: 'holds', step: 'receipt', outcome: report.kind, facts: factsOf(report) });
  sayTimestamp(report, say);
  await sayAuthority(reader, file, anchors, say);
  say({ type: 'step', step: 'continues' });
  await sayContinues(reader, file, report, say);
}

function factsOf({ bidder, platform, seq, receivedAt, deadlineAt, ledger, tenderId }: ReceiptReport): Facts {
  return { bidder: bidder.name, platform, seq, receivedAt, deadlineAt, index: ledger.index, tenderId };
}

function sayTimestamp({ timestamp, timestampRequired }: ReceiptReport, say: Say): void {
  const step = 'timestamp';
  if (timestamp) {
    const outcome = timestamp.isBeforeDeadline ? 'in-time' : 'after';
    say({ type: 'holds', step, outcome, facts: { stampedAt: timestamp.at } });
    return;
  }
  say({ type: 'unchecked', step, outcome: timestampRequired ? 'missing' : 'none', facts: {} });
}

async function sayAuthority(
  reader: PlatformReader,
  file: Uint8Array,
  { authorityPem }: Anchors,
  say: Say,
): Promise<void> {
  const step = 'authority';
  say({ type: 'step', step });
  if (authorityPem !== undefined) {
    say({ type: 'holds', step, outcome: 'given', facts: {} });
    return;
  }
  const { certificatePem } = await reader.query('getAuthority', {});
  const own = await certificateSha256((await readReceiptFile(file)).authorityPem);
  const isSame = own === (await certificateSha256(certificatePem));
  say({ type: 'unchecked', step, outcome: isSame ? 'same' : 'other', facts: { sha256: own } });
}

async function sayContinues(
  reader: PlatformReader,
  file: Uint8Array,
  report: ReceiptReport,
  say: Say,
): Promise<void> {
  const step = 'continues';
  const { origin } = await reader.query('getLedgerIdentity', {});
  if (origin !== report.ledger.origin) {
    say({ type: 'unchecked', step, outcome: 'foreign', facts: { origin: report.ledger.origin } });
    return;
  }
  const { entry, proof, ledgerKey } = await readReceiptFile(file);
  const { index, checkpoint } = parseProofFile(proof);
  const { report: now } = await verifyLedger({
    place: '/ledger/',
    readFile: (path) => reader.readLedgerFile(path),
    ledgerKey: { key: ledgerKey, isGiven: true },
    note: fromUtf8(await reader.readLedgerFile('checkpoint')),
    receipts: [{ file: 'entry.tlog-proof', index, entry, checkpoint }],
    enteredWithinMs: ANY_TIME_MS,
  });
  say({ type: 'holds', step, outcome: 'continued', facts: { size: now.size, index } });
}
