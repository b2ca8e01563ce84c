import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, isInstant, isUuid, jcsBytes, utf8 } from '#kernel';
import { hasExactly, isSha256Hex } from './exact-shape.js';
import { refusal } from './refuse.js';
import { trusteePoint } from './trustee-point.js';

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

const MEMBERS: readonly (keyof TenderDescriptor)[] = [
  'suite',
  'tenderId',
  'envelopes',
  'n',
  'k',
  'trustees',
  'deadlineAt',
  'rules',
  'ledgerOrigin',
  'ledgerKey',
];
const TRUSTEE_MEMBERS: readonly (keyof DescribedTrustee)[] = [
  'i',
  'certSha256',
  'publicKey',
  'statementSha256',
];
const ENVELOPE_ID = /^[a-z][a-z0-9-]{0,63}$/;

/** Whether content is sealed to a key of the bidder's own before it is sealed to the committee. */
export const asksBidderKey = ({ rules }: Pick<TenderDescriptor, 'rules'>): boolean =>
  rules['bidderKey'] === true;

/** tid = SHA-256("sunseal/1 tender\n" ‖ JCS(descriptor)). Throws as {@link checkDescriptor}. */
export function tenderDigest(descriptor: TenderDescriptor): Uint8Array {
  checkDescriptor(descriptor);
  return sha256(concatBytes(utf8('sunseal/1 tender\n'), jcsBytes(descriptor)));
}

/**
 * Exact members, distinct envelopes, 2 ≤ k ≤ n − 1, trustees 1 … n with keys and certificates of their own. Whatever
 * the value is, it passes or is refused. Throws `suite.unknown`, `descriptor.invalid`, `point.not-canonical`.
 */
export function checkDescriptor(descriptor: TenderDescriptor): void {
  if (typeof descriptor !== 'object' || descriptor === null) throw invalid('It is no object.');
  const { suite, n, k, trustees } = descriptor;
  if (suite !== SUITE) throw refusal('suite.unknown', `The suite ${String(suite)} is not known here.`);
  checkForm(descriptor);
  if (!Number.isInteger(n) || !Number.isInteger(k) || k < 2 || k > n - 1 || n > 255) {
    throw invalid('The quorum k is at least 2 and at most n − 1.');
  }
  if (trustees.length !== n || trustees.some(({ i }, at) => i !== at + 1))
    throw invalid('Trustees are numbered 1 to n.');
  for (const { publicKey } of trustees) trusteePoint(publicKey);
  if (new Set(trustees.map(({ publicKey }) => publicKey)).size !== n)
    throw invalid('Two trustees have the same key.');
  if (new Set(trustees.map(({ certSha256 }) => certSha256)).size !== n)
    throw invalid('A trustee has two seats.');
}

const invalid = (message: string) => refusal('descriptor.invalid', message);

function checkForm(descriptor: TenderDescriptor): void {
  if (!hasExactly(descriptor, MEMBERS)) throw invalid('It has other members than it must.');
  const { tenderId, deadlineAt, envelopes, trustees, rules, ledgerOrigin, ledgerKey } = descriptor;
  if (![tenderId, deadlineAt, ledgerOrigin, ledgerKey].every(isText))
    throw invalid('Tender id, deadline, ledger’s origin and key are texts.');
  if (!isUuid(tenderId) || !isInstant(deadlineAt)) throw invalid('Tender id or deadline is not in its form.');
  const isEnvelope = (id: unknown): boolean => typeof id === 'string' && ENVELOPE_ID.test(id);
  if (!Array.isArray(envelopes) || envelopes.length === 0 || !envelopes.every(isEnvelope))
    throw invalid('Envelopes are a list of short names.');
  if (new Set(envelopes).size !== envelopes.length) throw invalid('Envelopes are not distinct.');
  const isTrustee = (trustee: DescribedTrustee): boolean =>
    hasExactly(trustee, TRUSTEE_MEMBERS) &&
    isSha256Hex(trustee.certSha256) &&
    isSha256Hex(trustee.statementSha256);
  if (!Array.isArray(trustees) || !trustees.every(isTrustee))
    throw invalid('A trustee has a number, a key, and certificate and statement in hex of SHA-256.');
  if (!areRules(rules)) throw invalid('Rules are texts, whole numbers or yes and no.');
  // What one program reads as yes and another as no would leave bids that nobody can open.
  if (!['boolean', 'undefined'].includes(typeof rules['bidderKey']))
    throw invalid('The rule bidderKey is yes or no.');
}

/** Half of a surrogate pair is no text: RFC 8785 gives it no canonical form. */
const isWhole = (value: unknown): boolean => typeof value === 'string' && !/\p{Cs}/u.test(value);
const isText = (value: unknown): boolean => isWhole(value) && value !== '';

const areRules = (rules: TenderDescriptor['rules']): boolean =>
  typeof rules === 'object' &&
  rules !== null &&
  !Array.isArray(rules) &&
  Object.keys(rules).every(isWhole) &&
  Object.values(rules).every(
    (rule) => isWhole(rule) || typeof rule === 'boolean' || Number.isSafeInteger(rule),
  );
