import { Certificate, id_sha256 } from 'pkijs';
import { bytesEqual, invariant, type Instant, toHex } from '#kernel';
import { pemToDer } from '../pem.js';
import { orRefuse, refuse } from '../refuse.js';
import { parseAsn1 } from './pkijs-engine.js';
import { readToken, type ReadToken } from './read-token.js';
import { chainFault } from './timestamp-chain.js';
import { signatureFault } from './verify-token-signature.js';

export interface TimestampVerification {
  /** DER of a TimeStampToken (RFC 3161). */
  readonly token: Uint8Array;
  /** What must have been stamped, 32 bytes. */
  readonly sha256: Uint8Array;
  /** The root of trust in PEM, known beforehand and never taken from the token. */
  readonly authorityPem: string;
  /** When the certificates must have been valid; by default at the time that the token names. */
  readonly at?: Instant;
}

export interface VerifiedTimestamp {
  /** When the authority signed, by its own clock; its accuracy is for its policy to say. */
  readonly genTime: Instant;
  /** Serial number of the token, hex in lower case. */
  readonly serial: string;
  /** Object id of the policy under which it was made. */
  readonly policy: string;
}

export const TOKEN_BYTES_MAX = 64 * 1024;

/** Everything that {@link verifyTimestamp} checks, with the whole token for whoever asked for it. */
export async function verifyToken(input: TimestampVerification): Promise<ReadToken> {
  const { token, sha256, authorityPem, at } = input;
  invariant(sha256.length === 32, 'a SHA-256 has 32 bytes');
  const { authority } = await readAuthority(authorityPem);
  const malformed = 'This is not a time-stamp token with one signer and its certificate (RFC 3161).';
  const read = await orRefuse('timestamp.malformed', malformed, () => {
    if (token.length > TOKEN_BYTES_MAX) throw new Error('too large');
    return readToken(token);
  });
  const { signer, certificates: others, genTime } = read;
  const forged = await faultOf(() => signatureFault(read), 'its signed attributes cannot be read');
  if (forged !== null) refuse('timestamp.signature-invalid', `The time stamp is not genuine: ${forged}.`);
  const unknown = await faultOf(
    () => chainFault({ signer, others, authority, at: at ?? genTime }),
    'a certificate cannot be read',
  );
  if (unknown !== null) refuse('timestamp.authority-untrusted', `The time stamp is not trusted: ${unknown}.`);
  const { hashAlgorithm, hashedMessage } = read.info.messageImprint;
  const isSame = bytesEqual(new Uint8Array(hashedMessage.getValue()), sha256);
  if (hashAlgorithm.algorithmId !== id_sha256 || !isSame)
    refuse('timestamp.other-content', 'The time stamp is for something else.');
  return read;
}

function readAuthority(pem: string): Promise<{ authority: Certificate; der: ArrayBuffer }> {
  const message = 'The certificate of the time-stamp authority is not one X.509 certificate in PEM form.';
  return orRefuse('certificate.malformed', message, () => {
    const der = pemToDer(pem, 'CERTIFICATE');
    return { authority: new Certificate({ schema: parseAsn1(new Uint8Array(der)) }), der };
  });
}

/**
 * SHA-256 over a certificate's DER, hex, as of `certificateSha256` but for keys of any kind, as time-stamp authorities
 * have them. Throws `certificate.malformed`.
 */
export async function timestampAuthoritySha256(pem: string): Promise<string> {
  const { der } = await readAuthority(pem);
  return toHex(new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', der)));
}

async function faultOf(check: () => Promise<string | null>, otherwise: string): Promise<string | null> {
  try {
    return await check();
  } catch {
    return otherwise;
  }
}

/**
 * Returns only if a time-stamp authority whose certificate leads to the given one signed that these 32 bytes existed
 * at `genTime`: one signer, content type, digest and certificate among the signed attributes, SHA-2 throughout, a
 * certificate for time stamps alone. Accuracy, ordering and revocation are not judged.
 *
 * Throws `timestamp.malformed`, `timestamp.signature-invalid`, `timestamp.authority-untrusted`,
 * `timestamp.other-content`, and `certificate.malformed` for the authority's.
 */
export async function verifyTimestamp(input: TimestampVerification): Promise<VerifiedTimestamp> {
  const { genTime, serial, info } = await verifyToken(input);
  return { genTime, serial, policy: info.policy };
}
