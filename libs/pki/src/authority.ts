import { instantToMs, invariant, type Instant } from '#kernel';
import { SIGNING_ALGORITHM } from './algorithm.js';
import { readCertificateRequest } from './certificate-request.js';
import { createKeyPair, exportPrivateKey } from './key-pair.js';
import { parseCertificate } from './parse-certificate.js';
import { derToPem } from './pem.js';
import { authorityName, subjectName, type CertificateSubject } from './subject.js';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from './x509.js';

export interface Validity {
  /** Both ends included; X.509 keeps whole seconds, a fraction is cut off. */
  readonly validFrom: Instant;
  readonly validTo: Instant;
  /** Positive, in hex, at most 20 bytes (RFC 5280 §4.1.2.2); unique for the authority, which the caller ensures. */
  readonly serial: string;
}

export interface Authority {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

function checkedValidity({ validFrom, validTo, serial }: Validity) {
  invariant(/^(?:[0-9a-f]{2}){1,20}$/.test(serial) && !/^0+$/.test(serial), `not a serial number: ${serial}`);
  invariant(serial.length < 40 || serial < '8', 'a serial number fits in 20 bytes with its sign bit');
  const [notBefore, notAfter] = [new Date(instantToMs(validFrom)), new Date(instantToMs(validTo))];
  invariant(notBefore < notAfter, 'a certificate is valid from before it ends');
  return { serialNumber: serial, notBefore, notAfter, signingAlgorithm: SIGNING_ALGORITHM };
}

/** A new self-signed authority that certifies holders directly (path length 0). */
export async function createAuthority(parts: { readonly commonName: string } & Validity): Promise<Authority> {
  const keys = await createKeyPair();
  const certificate = await X509CertificateGenerator.createSelfSigned(
    {
      ...checkedValidity(parts),
      name: authorityName(parts.commonName),
      keys,
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
        await SubjectKeyIdentifierExtension.create(keys.publicKey, false, globalThis.crypto),
      ],
    },
    globalThis.crypto,
  );
  return {
    certificatePem: derToPem(certificate.rawData, 'CERTIFICATE'),
    privateKeyPem: await exportPrivateKey(keys.privateKey),
  };
}

export interface IssueParts extends Validity {
  readonly authority: { readonly certificatePem: string; readonly privateKey: CryptoKey };
  readonly requestPem: string;
  /** Decided by the authority; the name in the request is ignored. */
  readonly subject: CertificateSubject;
}

/**
 * Certifies the key of a request for the named subject, for signatures only (digitalSignature, not a CA).
 * Throws `certificate.request-invalid` unless the request is signed by its own P-256 key.
 */
export async function issueCertificate(parts: IssueParts): Promise<string> {
  const publicKey = await readCertificateRequest(parts.requestPem);
  const issuer = await parseCertificate(parts.authority.certificatePem);
  const certificate = await X509CertificateGenerator.create(
    {
      ...checkedValidity(parts),
      subject: subjectName(parts.subject),
      issuer: issuer.subjectName,
      publicKey,
      signingKey: parts.authority.privateKey,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        await SubjectKeyIdentifierExtension.create(publicKey, false, globalThis.crypto),
        await AuthorityKeyIdentifierExtension.create(issuer.publicKey, false, globalThis.crypto),
      ],
    },
    globalThis.crypto,
  );
  return derToPem(certificate.rawData, 'CERTIFICATE');
}
