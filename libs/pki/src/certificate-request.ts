import { isP256, SIGNING_ALGORITHM } from './algorithm.js';
import { derToPem, pemToDer } from './pem.js';
import { orRefuse, refuse } from './refuse.js';
import { authorityName } from './subject.js';
import { Pkcs10CertificateRequest, Pkcs10CertificateRequestGenerator } from './x509.js';

export interface RequestParts {
  readonly keys: CryptoKeyPair;
  /** A proposal only: what the certificate says is decided by the authority. */
  readonly commonName: string;
}

/** A PKCS#10 request (RFC 2986) in PEM, signed by the key it asks a certificate for. */
export async function createCertificateRequest({ keys, commonName }: RequestParts): Promise<string> {
  const request = await Pkcs10CertificateRequestGenerator.create(
    { name: authorityName(commonName), keys, signingAlgorithm: SIGNING_ALGORITHM },
    globalThis.crypto,
  );
  return derToPem(request.rawData, 'CERTIFICATE REQUEST');
}

const INVALID = 'The certificate request is not a PKCS#10 request for a P-256 key, signed by that key.';

/**
 * The public key of a request whose sender has shown to hold the private key. Throws
 * `certificate.request-invalid` for anything else, also for other algorithms.
 */
export async function readCertificateRequest(pem: string): Promise<Pkcs10CertificateRequest['publicKey']> {
  const { publicKey, isGenuine } = await orRefuse('certificate.request-invalid', INVALID, async () => {
    const request = new Pkcs10CertificateRequest(pemToDer(pem, 'CERTIFICATE REQUEST'));
    const isOurs = isP256(request.publicKey.algorithm);
    return { publicKey: request.publicKey, isGenuine: isOurs && (await request.verify(globalThis.crypto)) };
  });
  return isGenuine ? publicKey : refuse('certificate.request-invalid', INVALID);
}
