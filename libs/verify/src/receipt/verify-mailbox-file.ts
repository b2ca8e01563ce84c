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
