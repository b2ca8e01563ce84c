import { bytesEqual, instantToMs, type Instant } from '#kernel';
import { isEs256, isP256 } from './algorithm.js';
import { parseCertificate } from './parse-certificate.js';
import { refuse } from './refuse.js';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectKeyIdentifierExtension,
  type X509Certificate,
} from './x509.js';

/** basicConstraints, keyUsage and the two key identifiers: all that is understood here (RFC 5280 §6.1.5 f). */
const UNDERSTOOD = new Set(['2.5.29.14', '2.5.29.15', '2.5.29.19', '2.5.29.35']);

function allows(certificate: X509Certificate, usage: KeyUsageFlags): boolean {
  return ((certificate.getExtension(KeyUsagesExtension)?.usages ?? 0) & usage) !== 0;
}

/** Why this certificate cannot be the root of trust, or null. */
function authorityFault(authority: X509Certificate): string | null {
  if (!authority.getExtension(BasicConstraintsExtension)?.ca)
    return 'the issuer is not a certificate authority';
  if (!allows(authority, KeyUsageFlags.keyCertSign)) return 'the issuer may not sign certificates';
  if (!isP256(authority.publicKey.algorithm)) return 'the authority has a key of another kind';
  return null;
}

function leafFault(leaf: X509Certificate, authority: X509Certificate): string | null {
  const [issuer, subject] = [leaf.issuerName.toArrayBuffer(), authority.subjectName.toArrayBuffer()];
  if (!bytesEqual(new Uint8Array(issuer), new Uint8Array(subject))) return 'another authority issued it';
  const keyId = leaf.getExtension(AuthorityKeyIdentifierExtension)?.keyId;
  if (keyId !== undefined && keyId !== authority.getExtension(SubjectKeyIdentifierExtension)?.keyId)
    return 'another key of the authority issued it';
  if (!isEs256(leaf.signatureAlgorithm) || !isP256(leaf.publicKey.algorithm)) return 'algorithm is not ES256';
  if (leaf.getExtension(BasicConstraintsExtension)?.ca) return 'an authority cannot stand for a holder';
  if (!allows(leaf, KeyUsageFlags.digitalSignature)) return 'its key is not for signatures';
  if (leaf.extensions.some(({ critical, type }) => critical && !UNDERSTOOD.has(type)))
    return 'it has a critical extension that is not understood';
  return null;
}

/** Who issued a certificate does not change, while its time and its standing do: only this is remembered. */
const issued = new WeakMap<X509Certificate, WeakMap<X509Certificate, Promise<boolean>>>();

function isSignedBy(leaf: X509Certificate, authority: X509Certificate): Promise<boolean> {
  const byAuthority = issued.get(leaf) ?? new WeakMap<X509Certificate, Promise<boolean>>();
  const known = byAuthority.get(authority) ?? verifySignature(leaf, authority);
  issued.set(leaf, byAuthority.set(authority, known));
  return known;
}

async function verifySignature(leaf: X509Certificate, authority: X509Certificate): Promise<boolean> {
  try {
    return await leaf.verify({ publicKey: authority.publicKey, signatureOnly: true }, globalThis.crypto);
  } catch {
    return false;
  }
}

function faultOf(leaf: X509Certificate, authority: X509Certificate): string | null {
  try {
    return authorityFault(authority) ?? leafFault(leaf, authority);
  } catch {
    return 'an extension cannot be read';
  }
}

export async function verifyParsed(
  leaf: X509Certificate,
  authority: X509Certificate,
  at: Instant,
): Promise<void> {
  const fault = faultOf(leaf, authority);
  if (fault !== null) refuse('certificate.untrusted', `The certificate is not trusted: ${fault}.`);
  if (!(await isSignedBy(leaf, authority)))
    refuse('certificate.untrusted', 'The certificate is not trusted: the authority did not sign it.');
  const time = instantToMs(at);
  const details = { at, validFrom: leaf.notBefore.toISOString(), validTo: leaf.notAfter.toISOString() };
  if (time < authority.notBefore.getTime() || time > authority.notAfter.getTime())
    refuse('certificate.untrusted', 'The certificate of the authority itself was not valid then.', details);
  if (time < leaf.notBefore.getTime())
    refuse('certificate.not-yet-valid', `The certificate is valid only from ${details.validFrom}.`, details);
  if (time > leaf.notAfter.getTime())
    refuse('certificate.expired', `The certificate ended at ${details.validTo}; ask for a new one.`, details);
}

export interface ChainParts {
  readonly certificatePem: string;
  /** The root of trust, known beforehand and never taken from the sender. */
  readonly authorityPem: string;
  /** The time of the act that is judged, not of the judging. */
  readonly at: Instant;
}

/**
 * Returns only if the authority issued the certificate directly, for signatures, and both were valid at `at`
 * (RFC 5280 §6 for a path of one; both ends of the validity belong to it). Revocation is not checked: that is
 * the registration's answer. Throws `certificate.malformed`, `certificate.untrusted`, `certificate.expired`,
 * `certificate.not-yet-valid`.
 */
export async function verifyChain({ certificatePem, authorityPem, at }: ChainParts): Promise<void> {
  await verifyParsed(await parseCertificate(certificatePem), await parseCertificate(authorityPem), at);
}
