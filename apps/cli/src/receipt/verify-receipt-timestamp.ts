import { createHash, X509Certificate } from 'node:crypto';
import { addMs, DomainError, isBefore } from '#kernel';
import { type ReceiptFile, type VerifiedTimestamp, verifyTimestamp } from '#pki';
import { inMember, ReceiptFault, requireHolds } from './receipt-fault.js';
import type { ReceiptTrust } from './verify-receipt-file.js';

const FILE = 'timestamp.tst';
const AUTHORITY = 'certificates/timestamp-authority.pem';
/** Two clocks of two organisations; more than this between them is no inaccuracy. */
const CLOCKS_APART_MS_MAX = 5 * 60_000;

/**
 * The time stamp, where there is one, is over the platform's promise, and was not made before the time that the
 * promise names. It may have been made later; how much later the report shows.
 */
export async function verifyReceiptTimestamp(
  { timestamp, promise, summary }: ReceiptFile,
  { timestampAuthorityPem: trusted }: ReceiptTrust,
): Promise<VerifiedTimestamp | null> {
  if (!timestamp) {
    if (trusted === undefined) return null;
    throw new ReceiptFault(
      FILE,
      'You gave the certificate of a time-stamp authority, but there is no time stamp.',
    );
  }
  const { token, authorityPem } = timestamp;
  const own = await inMember(AUTHORITY, () => fingerprintOf(authorityPem));
  const isTrusted = trusted === undefined || fingerprintOf(trusted) === own;
  requireHolds(isTrusted, AUTHORITY, 'It is another authority than the one that you gave.');
  const sha256 = new Uint8Array(createHash('sha256').update(promise).digest());
  const verified = await inMember(FILE, () =>
    verifyTimestamp({ token, sha256, authorityPem: trusted ?? authorityPem }),
  );
  const isInOrder = !isBefore(addMs(verified.genTime, CLOCKS_APART_MS_MAX), summary.receivedAt);
  requireHolds(isInOrder, FILE, 'It was made before the time at which the platform says it received this.');
  return verified;
}

/** Any X.509 certificate: time-stamp authorities have keys of other kinds than the platform. */
function fingerprintOf(pem: string): string {
  try {
    return new X509Certificate(pem).fingerprint256;
  } catch {
    throw new DomainError('certificate.malformed', 'This is not one X.509 certificate in PEM form.');
  }
}
