import { createAuthority, issueCertificate } from './authority.js';
import { createCertificateRequest } from './certificate-request.js';
import { createKeyPair, importPrivateKey } from './key-pair.js';
import type { CertificateSubject } from './subject.js';

/** For specs: an authority of 2026 to 2035 that issues certificates for the year 2026. */
export async function buildAuthority(commonName = 'Sunseal test authority') {
  const authority = await createAuthority({
    commonName,
    validFrom: '2026-01-01T00:00:00.000Z',
    validTo: '2035-12-31T23:59:59.000Z',
    serial: '01',
  });
  const privateKey = await importPrivateKey(authority.privateKeyPem);
  let serial = 0x10;
  return {
    authorityPem: authority.certificatePem,
    privateKey,
    async holder(subject: CertificateSubject = { commonName: '王芳', kind: 'expert' }) {
      const keys = await createKeyPair();
      const certificatePem = await issueCertificate({
        authority: { certificatePem: authority.certificatePem, privateKey },
        requestPem: await createCertificateRequest({ keys, commonName: 'proposal' }),
        subject,
        validFrom: '2026-01-01T00:00:00.000Z',
        validTo: '2026-12-31T23:59:59.000Z',
        serial: (serial++).toString(16),
      });
      return { certificatePem, privateKey: keys.privateKey, keys };
    },
  };
}

export const NOW = '2026-06-01T12:00:00.000Z';
