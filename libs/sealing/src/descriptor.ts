import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, isInstant, isUuid, jcsBytes, utf8 } from '#kernel';
import { decodePoint } from './group.js';
import { refusal } from './refuse.js';

export const SUITE = 'SS1';

export interface DescribedTrustee {
  /** 1 … n: where the trustee's share lies on the polynomial. */
  readonly i: number;
  /** SHA-256 of the certificate, lower-case hex. */
  readonly certSha256: string;
  /** 32 bytes in base64url. */
  readonly publicKey: string;
  readonly statementSha256: string;
}

/** Everything that a bid is bound to. Another committee or deadline is another descriptor, and bids must be sealed anew. */
export interface TenderDescriptor {
  readonly suite: 'SS1';
  readonly tenderId: string;
  readonly envelopes: readonly string[];
  readonly n: number;
  readonly k: number;
  readonly trustees: readonly DescribedTrustee[];
  readonly deadlineAt: string;
  readonly rules: Readonly<Record<string, string | number | boolean>>;
  readonly ledgerOrigin: string;
  readonly ledgerKey: string;
}

/** tid = SHA-256("sunseal/1 tender\n" ‖ JCS(descriptor)). Throws as {@link checkDescriptor}. */
export function tenderDigest(descriptor: TenderDescriptor): Uint8Array {
  checkDescriptor(descriptor);
  return sha256(concatBytes(utf8('sunseal/1 tender\n'), jcsBytes(descriptor)));
}

/** Throws `suite.unknown`, `descriptor.invalid`, `point.not-canonical`. */
export function checkDescriptor(descriptor: TenderDescriptor): void {
  const { suite, tenderId, envelopes, n, k, trustees, deadlineAt } = descriptor;
  if (suite !== SUITE) throw refusal('suite.unknown', `The suite ${String(suite)} is not known here.`);
  const invalid = (message: string) => refusal('descriptor.invalid', message);
  if (!isUuid(tenderId) || !isInstant(deadlineAt)) throw invalid('Tender id or deadline is not in its form.');
  if (envelopes.length === 0 || new Set(envelopes).size !== envelopes.length)
    throw invalid('Envelopes are not distinct.');
  if (!Number.isInteger(n) || !Number.isInteger(k) || k < 2 || k > n - 1 || n > 255) {
    throw invalid('The quorum k is at least 2 and at most n − 1.');
  }
  if (trustees.length !== n || trustees.some(({ i }, at) => i !== at + 1))
    throw invalid('Trustees are numbered 1 to n.');
  if (new Set(trustees.map(({ publicKey }) => publicKey)).size !== n)
    throw invalid('Two trustees have the same key.');
  if (new Set(trustees.map(({ certSha256 }) => certSha256)).size !== n)
    throw invalid('A trustee has two seats.');
  for (const { publicKey } of trustees) decodePoint(publicKey);
}
