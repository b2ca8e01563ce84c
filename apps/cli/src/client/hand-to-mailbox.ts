import { writeFile } from 'node:fs/promises';
import { type Instant, utf8 } from '#kernel';
import { checkReveal, type Reveal, verifierFromKey, verifyProofFile } from '#ledger';
import type { BidRecord } from './bid-folder.js';

/** What the mailbox answers with. */
interface MailboxReceipt {
  readonly receivedAt: Instant;
  readonly manifestSha256: readonly string[];
  readonly reveal: Reveal;
  readonly entry: string;
  readonly proof: string;
  readonly verifierKey: string;
}

/**
 * Hands signed manifests to a supervisor's mailbox and keeps its receipt in `file`. The receipt is believed only where
 * it proves that the manifests are in the mailbox's log, under `verifierKey` where that is known beforehand.
 */
export async function handToMailbox(
  address: string,
  { envelopes }: BidRecord,
  file: string,
  verifierKey?: string,
): Promise<Instant> {
  const response = await fetch(new URL('/manifests', address), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ manifests: envelopes.map(({ jws }) => jws) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`the mailbox answered ${response.status}: ${text.slice(0, 500)}`);
  const receipt = JSON.parse(text) as MailboxReceipt;
  if (verifierKey !== undefined && receipt.verifierKey !== verifierKey) {
    throw new Error('the mailbox signs with another key than the one that you trust');
  }
  checkReveal(receipt.reveal);
  if (receipt.entry !== `{"sealed":"${receipt.reveal.sealed}","v":1}`) {
    throw new Error('the entry of the mailbox is not the commitment that its receipt opens');
  }
  verifyProofFile(utf8(receipt.entry), receipt.proof, [verifierFromKey(receipt.verifierKey)]);
  await writeFile(file, `${JSON.stringify(receipt, null, 2)}\n`, { flag: 'wx' });
  return receipt.receivedAt;
}
