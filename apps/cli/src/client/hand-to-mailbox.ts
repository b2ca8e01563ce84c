import { writeFile } from 'node:fs/promises';
import { fromBase64Url, fromUtf8, type Instant, toHex } from '#kernel';
import { type MailboxReceipt, verifyMailboxReceipt } from '#ledger';
import { type Manifest, manifestDigest } from '#sealing';
import type { BidRecord } from './bid-folder.js';

/** Where the receipt of a mailbox lies in the folder of a bid. */
export const MAILBOX_RECEIPT = 'mailbox-receipt.json';

/**
 * Hands signed manifests to a supervisor's mailbox and keeps its receipt in `file`. The receipt is believed only where
 * it proves that these very manifests are in the mailbox's log, under `verifierKey` where that is known beforehand.
 */
export async function handToMailbox(
  address: string,
  { envelopes }: BidRecord,
  file: string,
  verifierKey?: string,
): Promise<Instant> {
  const manifests = envelopes.map(({ jws }) => jws);
  const text = await post(new URL('/manifests', address), JSON.stringify({ manifests }));
  const receipt = JSON.parse(text) as MailboxReceipt;
  if (verifierKey !== undefined && receipt.verifierKey !== verifierKey) {
    throw new Error('the mailbox signs with another key than the one that you trust');
  }
  const { receivedAt, manifestSha256 } = verifyMailboxReceipt(receipt, receipt.verifierKey);
  if (manifestSha256.join() !== manifests.map(digestOf).join()) {
    throw new Error('the receipt of the mailbox is for other manifests');
  }
  await writeFile(file, `${JSON.stringify(receipt, null, 2)}\n`, { flag: 'wx' });
  return receivedAt;
}

async function post(url: URL, body: string): Promise<string> {
  const headers = { 'content-type': 'application/json' };
  let response: Response;
  try {
    response = await fetch(url, { method: 'POST', headers, body });
  } catch (cause) {
    throw new Error(`the mailbox ${url.origin} cannot be reached`, { cause });
  }
  const text = await response.text();
  if (!response.ok) throw new Error(`the mailbox answered ${response.status}: ${text.slice(0, 500)}`);
  return text;
}

const digestOf = (jws: string): string =>
  toHex(manifestDigest(JSON.parse(fromUtf8(fromBase64Url(jws.split('.')[1]!))) as Manifest));
