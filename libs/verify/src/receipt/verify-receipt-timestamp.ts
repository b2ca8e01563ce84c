import { instantToMs, isBefore, utf8 } from '#kernel';
import { defaultSha256 } from '#ledger';
import { type ReceiptFile, timestampAuthoritySha256, verifyTimestamp } from '#pki';
import type { TenderDescriptor } from '#sealing';
import { inMember, ReceiptFault, requireHolds } from './receipt-fault.js';
import type { ReceiptTimestamp } from './receipt-report.js';
import type { ReceiptTrust } from './verify-receipt-file.js';

const FILE = 'timestamp.tst';
const AUTHORITY = 'certificates/timestamp-authority.pem';

/** Promises are stamped within seconds; one that is further from its stamp than this is reported as such. */
export const TIMESTAMP_TOLERANCE_SECONDS = 600;

/**
 * The time stamp, where there is one, is over the platform's promise. What it says about the platform's clock is
 * reported and no fault, unless the reader states a tolerance: a promise that is older than it says proves the bid all
 * the better, an authority that was down is not the bidder's, and an operator who dates promises forward must not be
 * able to spoil them for the bidder.
 */
export async function verifyReceiptTimestamp(
  { timestamp, promise, summary }: ReceiptFile,
  { deadlineAt }: TenderDescriptor,
  { timestampAuthorityPem: trusted, timestampToleranceSeconds: stated }: ReceiptTrust,
): Promise<ReceiptTimestamp | null> {
  if (!timestamp) {
    if (trusted === undefined && stated === undefined) return null;
    throw new ReceiptFault(FILE, 'You ask for the stamp of a time-stamp authority, but there is none.');
  }
  const { token, authorityPem } = timestamp;
  const own = await inMember(AUTHORITY, () => timestampAuthoritySha256(authorityPem));
  const isTrusted = trusted === undefined || (await timestampAuthoritySha256(trusted)) === own;
  requireHolds(isTrusted, AUTHORITY, 'It is another authority than the one that you gave.');
  const sha256 = defaultSha256(utf8(promise));
  const { genTime, policy, serial } = await inMember(FILE, () =>
    verifyTimestamp({ token, sha256, authorityPem: trusted ?? authorityPem }),
  );
  const afterReceivedMs = instantToMs(genTime) - instantToMs(summary.receivedAt);
  const toleranceSeconds = stated ?? TIMESTAMP_TOLERANCE_SECONDS;
  const isNear = Math.abs(afterReceivedMs) <= toleranceSeconds * 1_000;
  const order = afterReceivedMs < 0 ? 'before' : 'after';
  requireHolds(
    isNear || stated === undefined,
    FILE,
    `It was made ${Math.abs(afterReceivedMs) / 1_000} s ${order} the time that the platform names; you allow ${toleranceSeconds} s.`,
  );
  const isBeforeDeadline = isBefore(genTime, deadlineAt);
  return { at: genTime, policy, serial, afterReceivedMs, isNear, toleranceSeconds, isBeforeDeadline };
}
