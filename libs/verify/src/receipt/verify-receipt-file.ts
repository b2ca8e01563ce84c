import { toHex } from '#kernel';
import { certificateSha256, type ReceiptFile, readReceiptFile } from '#pki';
import { tenderDigest, type TenderDescriptor } from '#sealing';
import { inMember, requireHolds } from './receipt-fault.js';
import type { ReceiptReport } from './receipt-report.js';
import { verifyEntry } from './verify-entry.js';
import { verifyManifests } from './verify-manifests.js';
import { verifyPromise } from './verify-promise.js';
import { verifyReceiptTimestamp } from './verify-receipt-timestamp.js';

/** What the reader knows from elsewhere. What is not given is taken from the receipt, and the report says so. */
export interface ReceiptTrust {
  readonly authorityPem?: string;
  readonly ledgerKey?: string;
  readonly timestampAuthorityPem?: string;
  /** How far the stamp may be from the time that the platform names; asks for a stamp. */
  readonly timestampToleranceSeconds?: number;
}

/**
 * Checks everything that a receipt claims, offline. Throws a ReceiptFault for the first thing that does not hold,
 * and `certificate.malformed` where a certificate that the reader gave is none.
 */
export async function verifyReceiptFile(bytes: Uint8Array, trust: ReceiptTrust = {}): Promise<ReceiptReport> {
  const receipt = await inMember(null, () => readReceiptFile(bytes));
  const { summary } = receipt;
  const descriptor = await verifyDescriptor(receipt, trust);
  const authorityPem = await trustedAuthority(receipt, trust);
  const { platform, mailbox } = await verifyPromise(receipt, descriptor, authorityPem);
  const bidder = await verifyManifests(receipt, descriptor, authorityPem);
  const { index, checkpoint } = await verifyEntry(receipt, descriptor);
  const timestamp = await verifyReceiptTimestamp(receipt, descriptor, trust);
  const { origin, size } = checkpoint;
  const timestampRequired = descriptor.rules['timestampRequired'] === true;
  return {
    ...summary,
    deadlineAt: descriptor.deadlineAt,
    bidder: { name: bidder.organisation ?? bidder.commonName, creditCode: bidder.serialNumber },
    platform,
    mailbox: mailbox && { receivedAt: mailbox.receivedAt },
    ledger: { origin, index, size },
    timestamp,
    timestampRequired,
    isComplete: timestamp !== null || !timestampRequired,
    anchors: {
      authority: trust.authorityPem === undefined ? 'own' : 'given',
      ledgerKey: trust.ledgerKey === undefined ? 'own' : 'given',
      timestampAuthority: timestamp && (trust.timestampAuthorityPem === undefined ? 'own' : 'given'),
    },
    checks: [
      'the file is in the one form of a receipt, with the hashes that it lists',
      `the tender’s terms have the digest ${summary.tid}`,
      `${platform} signed that it received this at ${summary.receivedAt}${mailbox ? '' : ', before the deadline'}`,
      ...(mailbox ? [`the tender’s mailbox had it at ${mailbox.receivedAt}, before the deadline`] : []),
      `the bidder signed ${receipt.manifests.length} manifest(s) for this tender, and every proof in them holds`,
      'salt and event open the commitment, and the event lists these manifests',
      `the commitment is in the ledger ${origin} under a signed checkpoint of ${size} entries`,
      ...(timestamp ? [`another authority stamped the promise at ${timestamp.at}`] : []),
    ],
  };
}

/** The tender is the one that the event names, and its ledger's key is the one in the file and the reader's. */
async function verifyDescriptor(
  { summary, descriptor: untrusted, ledgerKey }: ReceiptFile,
  trust: ReceiptTrust,
): Promise<TenderDescriptor> {
  const member = 'descriptor.json';
  const descriptor = untrusted as TenderDescriptor;
  const tid = await inMember(member, () => toHex(tenderDigest(descriptor)));
  requireHolds(tid === summary.tid, member, 'It does not have the digest that the tender is known by (tid).');
  requireHolds(descriptor.tenderId === summary.tenderId, member, 'It is of another tender.');
  requireHolds(ledgerKey === descriptor.ledgerKey, 'ledger.vkey', 'It is another key than the tender names.');
  const isTrusted = trust.ledgerKey === undefined || trust.ledgerKey.trim() === ledgerKey;
  requireHolds(isTrusted, 'ledger.vkey', 'It is another key than the one that you gave.');
  return descriptor;
}

async function trustedAuthority({ authorityPem }: ReceiptFile, trust: ReceiptTrust): Promise<string> {
  const member = 'certificates/authority.pem';
  const own = await inMember(member, () => certificateSha256(authorityPem));
  if (trust.authorityPem === undefined) return authorityPem;
  const given = await certificateSha256(trust.authorityPem);
  requireHolds(own === given, member, 'It is another authority than the one that you gave.');
  return trust.authorityPem;
}
