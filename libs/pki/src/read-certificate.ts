import { instantFromMs, toHex, type Instant } from '#kernel';
import { parseCertificate } from './parse-certificate.js';
import { orRefuse } from './refuse.js';
import { isSubjectKind, subjectField, type SubjectKind } from './subject.js';
import { BasicConstraintsExtension, type X509Certificate } from './x509.js';

export interface CertificateInfo {
  readonly commonName: string;
  readonly organisation: string | null;
  /** Credit code or id of a person. */
  readonly serialNumber: string | null;
  readonly kind: SubjectKind | 'authority';
  /** Serial number of the certificate, hex in lower case without leading zero bytes. */
  readonly serial: string;
  readonly validFrom: Instant;
  readonly validTo: Instant;
  /** SHA-256 over DER, hex. */
  readonly sha256: string;
}

const infos = new WeakMap<X509Certificate, Promise<CertificateInfo>>();

/** As {@link readCertificate}, of a certificate that was parsed already. */
export function infoOf(certificate: X509Certificate): Promise<CertificateInfo> {
  const info = infos.get(certificate) ?? readInfo(certificate);
  infos.set(certificate, info);
  return info;
}

async function readInfo(certificate: X509Certificate): Promise<CertificateInfo> {
  const digest = await globalThis.crypto.subtle.digest('SHA-256', certificate.rawData);
  return orRefuse(
    'certificate.malformed',
    'The certificate lacks parts that every certificate here has.',
    () => {
      const isAuthority = certificate.getExtension(BasicConstraintsExtension)?.ca ?? false;
      const commonName = subjectField(certificate, 'CN');
      const unit = subjectField(certificate, 'OU');
      const kind = isAuthority ? 'authority' : isSubjectKind(unit) ? unit : null;
      if (commonName === null || kind === null) throw new Error('no name or no kind');
      return {
        commonName,
        organisation: subjectField(certificate, 'O'),
        serialNumber: subjectField(certificate, 'serialNumber'),
        kind,
        serial: certificate.serialNumber.toLowerCase().replace(/^(?:00)+(?=..)/, ''),
        validFrom: instantFromMs(certificate.notBefore.getTime()),
        validTo: instantFromMs(certificate.notAfter.getTime()),
        sha256: toHex(new Uint8Array(digest)),
      };
    },
  );
}

/**
 * What a certificate says, without judging it: use {@link verifyChain} for that. Throws `certificate.malformed`
 * on anything that this platform's authority would not have written.
 */
export const readCertificate = async (pem: string): Promise<CertificateInfo> =>
  infoOf(await parseCertificate(pem));

/** SHA-256 over the certificate's DER, hex: its name in descriptors, manifests and statements. */
export async function certificateSha256(pem: string): Promise<string> {
  const { rawData } = await parseCertificate(pem);
  return toHex(new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', rawData)));
}
