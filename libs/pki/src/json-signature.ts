import { CompactSign, compactVerify } from 'jose';
import { fromBase64Url, fromUtf8, jcs, jcsBytes, toBase64, type Instant } from '#kernel';
import { certificateFromBase64, parseCertificate } from './parse-certificate.js';
import { infoOf, type CertificateInfo } from './read-certificate.js';
import { orRefuse, refuse } from './refuse.js';
import { verifyParsed } from './verify-chain.js';
import type { X509Certificate } from './x509.js';

export const DEFAULT_TYP = 'sunseal+json';
const ALG = 'ES256';
const OPTIONS = { algorithms: [ALG] };

export interface Signer {
  readonly privateKey: CryptoKey;
  readonly certificatePem: string;
  /** Names the kind of document, so that a signature for one is none for another; default `sunseal+json`. */
  readonly typ?: string;
}

/**
 * A compact JWS (RFC 7515): protected header `{alg:"ES256", typ, x5c:[DER of the certificate]}`, payload = JCS
 * bytes of the value (RFC 8785). Throws `signature.key-mismatch` if the certificate is for another key,
 * `certificate.malformed`.
 */
export async function signJson(payload: object, signer: Signer): Promise<string> {
  const { privateKey, certificatePem, typ = DEFAULT_TYP } = signer;
  const certificate = await parseCertificate(certificatePem);
  const jws = await new CompactSign(jcsBytes(payload))
    .setProtectedHeader({ alg: ALG, typ, x5c: [toBase64(new Uint8Array(certificate.rawData))] })
    .sign(privateKey);
  await orRefuse('signature.key-mismatch', 'The private key does not belong to the certificate.', async () =>
    compactVerify(jws, await publicKeyOf(certificate), OPTIONS),
  );
  return jws;
}

const publicKeys = new WeakMap<X509Certificate, Promise<CryptoKey>>();

function publicKeyOf(certificate: X509Certificate): Promise<CryptoKey> {
  const known = publicKeys.get(certificate);
  if (known) return known;
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const key = certificate.publicKey.export(algorithm, ['verify'], globalThis.crypto);
  publicKeys.set(certificate, key);
  return key;
}

/** Parsed text of a part, refused unless it is written in the only form that {@link signJson} writes. */
function canonicalJson(part: string | undefined): unknown {
  const text = fromUtf8(fromBase64Url(part ?? ''));
  const value: unknown = JSON.parse(text);
  if (jcs(value) !== text) throw new Error('not in JCS form');
  return value;
}

interface Header {
  readonly alg: string;
  readonly typ: string;
  readonly x5c: readonly [string];
}

function isHeader(value: unknown): value is Header {
  if (typeof value !== 'object' || value === null) return false;
  const { alg, typ, x5c, ...rest } = value as Record<string, unknown>;
  const isOneCertificate = Array.isArray(x5c) && x5c.length === 1 && typeof x5c[0] === 'string';
  return (
    typeof alg === 'string' && typeof typ === 'string' && isOneCertificate && Object.keys(rest).length === 0
  );
}

interface ParsedJws {
  readonly header: Header;
  readonly payload: unknown;
  readonly certificate: X509Certificate;
}

function parse(jws: string): ParsedJws {
  const parts = jws.split('.');
  if (parts.length !== 3) throw new Error('a compact JWS has three parts');
  const header = canonicalJson(parts[0]);
  if (!isHeader(header)) throw new Error('the header has exactly alg, typ and x5c');
  // A second spelling of the same signature bytes would be a second document with the same meaning.
  if (fromBase64Url(parts[2] ?? '').length !== 64) throw new Error('an ES256 signature has 64 bytes');
  return { header, payload: canonicalJson(parts[1]), certificate: certificateFromBase64(header.x5c[0]) };
}

export interface JsonVerification {
  /** The root of trust, known beforehand. */
  readonly authorityPem: string;
  /** The time of the act that is judged. */
  readonly at: Instant;
  /** The one type accepted. */
  readonly typ: string;
}

export interface VerifiedJson {
  /** Who signed is known; the shape is not: parse it with the contract's schema. */
  readonly payload: unknown;
  readonly certificate: CertificateInfo;
}

/**
 * The payload and the signer of a JWS that {@link signJson} made. Accepts ES256 only, exactly the header
 * `{alg, typ, x5c}`, the given type, and a payload that is its own JCS form, so that one document has one text
 * (only the ECDSA signature bytes can differ: name a document by the hash of its payload).
 *
 * Throws `signature.malformed`, `signature.type-wrong`, `signature.invalid`, and what `verifyChain` throws.
 */
export async function verifyJson(jws: string, options: JsonVerification): Promise<VerifiedJson> {
  const { authorityPem, at, typ } = options;
  const { header, payload, certificate } = await orRefuse(
    'signature.malformed',
    'This is not a signed document in the form of this platform.',
    () => parse(jws),
  );
  if (header.alg !== ALG)
    refuse('signature.invalid', `Only ${ALG} signatures are accepted.`, { alg: header.alg });
  if (header.typ !== typ)
    refuse('signature.type-wrong', `Expected a document of type ${typ}, not ${header.typ}.`, {
      typ: header.typ,
    });
  await verifyParsed(certificate, await parseCertificate(authorityPem), at);
  await orRefuse('signature.invalid', 'The signature does not match the document.', async () =>
    compactVerify(jws, await publicKeyOf(certificate), OPTIONS),
  );
  return { payload, certificate: await infoOf(certificate) };
}
