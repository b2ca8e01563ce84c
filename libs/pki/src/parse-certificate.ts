import { p256 } from '@noble/curves/nist.js';
import { bytesEqual, fromBase64 } from '#kernel';
import { isEs256 } from './algorithm.js';
import { pemToDer } from './pem.js';
import { RecentlyUsed } from './recently-used.js';
import { orRefuse } from './refuse.js';
import { X509Certificate } from './x509.js';

/** Writes the parsed structure anew, which the library shows to subclasses only. */
class ReencodedCertificate extends X509Certificate {
  reencoded(): Uint8Array {
    return new Uint8Array(new X509Certificate(this.asn).rawData);
  }
}

/**
 * A certificate from its bytes. Throws an Error where they are not the one DER encoding of what they say: the
 * parser is lenient about trailing bytes and parts outside the signature, and each leniency would give one
 * certificate a second hash.
 */
export function certificateFromDer(der: ArrayBuffer): X509Certificate {
  const certificate = new ReencodedCertificate(der);
  if (!bytesEqual(certificate.reencoded(), new Uint8Array(der))) throw new Error('not in DER');
  // The signature is an encoding within the encoding; this reader of ECDSA-Sig-Value is a strict one.
  if (isEs256(certificate.signatureAlgorithm))
    p256.Signature.fromBytes(new Uint8Array(certificate.signature), 'der');
  return certificate;
}

const CERTIFICATES_KEPT = 1_024;
const byDer = new RecentlyUsed<string, X509Certificate>(CERTIFICATES_KEPT);
const byPem = new RecentlyUsed<string, Promise<X509Certificate>>(CERTIFICATES_KEPT);

/** As {@link certificateFromDer} for base64; the same text gives the same object as long as it is remembered. */
export const certificateFromBase64 = (text: string): X509Certificate =>
  byDer.get(text, () => certificateFromDer(Uint8Array.from(fromBase64(text)).buffer));

/** Throws `certificate.malformed` unless the text is one PEM certificate. Says nothing about trust. */
export async function parseCertificate(pem: string): Promise<X509Certificate> {
  return byPem.get(pem, () =>
    orRefuse('certificate.malformed', 'This is not one X.509 certificate in PEM form.', () =>
      certificateFromDer(pemToDer(pem, 'CERTIFICATE')),
    ),
  );
}
