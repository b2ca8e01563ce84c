import { fromUtf8, isDomainError } from '#kernel';
import { type MailboxTestimony, verifyMailboxReceipt } from '#ledger';
import type { Anchor } from './receipt-report.js';
import { ReceiptFault } from './receipt-fault.js';

/** What a mailbox's receipt proves. */
export interface MailboxReport extends MailboxTestimony {
  readonly verifierKey: string;
  readonly anchors: { readonly mailboxKey: Anchor };
}

/** A mailbox's receipt is JSON, a platform's a ZIP. */
export const isMailboxReceipt = (bytes: Uint8Array): boolean => bytes[0] === '{'.charCodeAt(0);

/**
 * Checks what a mailbox gave for manifests, offline. Without `mailboxKey` it is checked against the key that it brings
 * itself, and the report says so. Throws a ReceiptFault.
 */
export function verifyMailboxFile(bytes: Uint8Array, mailboxKey?: string): MailboxReport {
  let receipt: { readonly verifierKey?: unknown } | null;
  try {
    receipt = JSON.parse(fromUtf8(bytes)) as { readonly verifierKey?: unknown } | null;
  } catch {
    throw new ReceiptFault(null, 'It is neither a receipt of a platform nor one of a mailbox.');
  }
  const own = receipt?.verifierKey;
  const given = mailboxKey?.trim();
  if (given !== undefined && own !== given) {
    throw new ReceiptFault(null, 'The mailbox signs with another key than the one that you gave.');
  }
  try {
    const verifierKey = given ?? String(own);
    const testimony = verifyMailboxReceipt(receipt, verifierKey);
    return { ...testimony, verifierKey, anchors: { mailboxKey: given === undefined ? 'own' : 'given' } };
  } catch (error) {
    if (!isDomainError(error)) throw error;
    throw new ReceiptFault(null, error.message, error.code);
  }
}

export function mailboxReportText(report: MailboxReport): string {
  const { receivedAt, tid, seq, manifestSha256, bidderCertSha256, index, size, verifierKey, anchors } =
    report;
  return [
    `who   the bidder whose certificate has the SHA-256 ${bidderCertSha256}`,
    `what  version ${seq} for the tender with the digest (tid) ${tid}`,
    ...manifestSha256.map((sha256) => `      manifest ${sha256}`),
    `when  ${receivedAt}, by the mailbox’s own clock`,
    `      entered as entry ${index} (counted from 0) of ${size} in its log ${verifierKey}`,
    '',
    '✓ salt and event open the commitment, and it is in the log under a signed checkpoint',
    '',
    ...(anchors.mailboxKey === 'given'
      ? ['verified, against the key that you gave']
      : [
          'It was checked only against the key that it brings itself (--mailbox-key KEY). A tender in which the mailbox',
          'has effect names its key in the descriptor, as rules.mailboxKey.',
        ]),
  ].join('\n');
}
