import { fromHex, isInstant, toBase64Url, utf8 } from '#kernel';
import { SUITE } from './descriptor.js';
import { type Proof } from './dleq.js';
import { hasExactly, isSha256Hex } from './exact-shape.js';
import {
  decodePoint,
  decodeScalar,
  encodePoint,
  encodeScalar,
  G,
  hashToScalar,
  mod,
  pointBytes,
  type RandomBytes,
  randomScalar,
  scalarBytes,
  times,
  timesPublic,
} from './group.js';
import { refusal } from './refuse.js';

/** One trustee's key for one tender: P = x·G. Each 32 bytes; the scalar is little-endian. */
export interface TrusteeKey {
  readonly publicKey: Uint8Array;
  readonly secretKey: Uint8Array;
}

/** What the trustee signs with the own certificate. */
export interface TrusteeStatement {
  readonly v: 1;
  readonly suite: 'SS1';
  readonly tenderId: string;
  readonly trusteeCertSha256: string;
  readonly publicKey: string;
  readonly proofOfPossession: Proof;
  readonly createdAt: string;
}

const LABEL = 'sunseal/1 pop';

export function createTrusteeKey(random: RandomBytes): TrusteeKey {
  const x = randomScalar(random);
  return { publicKey: pointBytes(times(G, x)), secretKey: scalarBytes(x) };
}

export const secretScalar = ({ secretKey }: TrusteeKey): bigint => decodeScalar(toBase64Url(secretKey));

/** Binds a key to a tender and a certificate, with a Schnorr proof that its maker has the secret. */
export function trusteeStatement(parts: {
  readonly tenderId: string;
  readonly trusteeCertSha256: string;
  readonly key: TrusteeKey;
  readonly createdAt: string;
  readonly random: RandomBytes;
}): TrusteeStatement {
  const { tenderId, trusteeCertSha256, key, createdAt, random } = parts;
  const publicKey = decodePoint(toBase64Url(key.publicKey));
  const r = randomScalar(random);
  const c = challenge(tenderId, trusteeCertSha256, pointBytes(publicKey), pointBytes(times(G, r)));
  const z = mod(r + c * secretScalar(key));
  return {
    v: 1,
    suite: SUITE,
    tenderId,
    trusteeCertSha256,
    publicKey: encodePoint(publicKey),
    proofOfPossession: { c: encodeScalar(c), z: encodeScalar(z) },
    createdAt,
  };
}

const MEMBERS: readonly (keyof TrusteeStatement)[] = [
  'v',
  'suite',
  'tenderId',
  'trusteeCertSha256',
  'publicKey',
  'proofOfPossession',
  'createdAt',
];

/**
 * Exact members, and a proof that holds for tender, certificate and key. Throws `suite.unknown`,
 * `point.not-canonical`, `scalar.not-canonical`, `statement.proof-invalid`.
 */
export function verifyTrusteeStatement(statement: TrusteeStatement): void {
  const unproven = () =>
    refusal('statement.proof-invalid', 'The statement does not prove that its maker has the key.');
  if (typeof statement !== 'object' || statement === null) throw unproven();
  const { v, suite, tenderId, trusteeCertSha256, publicKey, proofOfPossession, createdAt } = statement;
  if (suite !== SUITE || v !== 1)
    throw refusal('suite.unknown', `The suite ${String(suite)} is not known here.`);
  const P = decodePoint(publicKey);
  const c = decodeScalar(proofOfPossession?.c);
  const z = decodeScalar(proofOfPossession?.z);
  const isForm =
    hasExactly(statement, MEMBERS) &&
    hasExactly(proofOfPossession, ['c', 'z']) &&
    isSha256Hex(trusteeCertSha256) &&
    typeof tenderId === 'string' &&
    typeof createdAt === 'string' &&
    isInstant(createdAt);
  if (!isForm) throw unproven();
  const commitment = timesPublic(G, z).subtract(timesPublic(P, c));
  if (challenge(tenderId, trusteeCertSha256, pointBytes(P), pointBytes(commitment)) !== c) throw unproven();
}

function challenge(
  tenderId: string,
  certSha256: string,
  publicKey: Uint8Array,
  commitment: Uint8Array,
): bigint {
  return hashToScalar(LABEL, utf8(tenderId), fromHex(certSha256), publicKey, commitment);
}
