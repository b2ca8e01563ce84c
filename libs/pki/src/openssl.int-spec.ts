import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { issueCertificate } from './authority.js';
import { createCertificateRequest } from './certificate-request.js';
import { exportPrivateKey, importKeyPair } from './key-pair.js';
import { signJson, verifyJson } from './json-signature.js';
import { buildAuthority, NOW } from './pki-fixture.js';
import { certificateSha256 } from './read-certificate.js';

describe('with OpenSSL', () => {
  let folder: string;
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const openssl = (...args: string[]): string =>
    execFileSync('openssl', args, { encoding: 'utf8', stdio: 'pipe' });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'pki-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('verifies a chain, strictly, and refuses it under another authority', async () => {
    const { authorityPem, holder } = await buildAuthority();
    const leaf = file('leaf.pem', (await holder()).certificatePem);
    const root = file('root.pem', authorityPem);
    const other = file('other.pem', (await buildAuthority()).authorityPem);
    const at = String(Date.parse(NOW) / 1000);
    expect(openssl('verify', '-x509_strict', '-attime', at, '-CAfile', root, leaf)).toContain('leaf.pem: OK');
    expect(() => openssl('verify', '-attime', at, '-CAfile', other, leaf)).toThrow();
  });

  it('reads subject and fingerprint alike', async () => {
    const { holder } = await buildAuthority();
    const { certificatePem } = await holder({
      commonName: '王芳',
      organisation: '甲',
      serialNumber: 'P-1',
      kind: 'trustee',
    });
    const leaf = file('subject.pem', certificatePem);
    const shown = openssl('x509', '-in', leaf, '-noout', '-subject', '-nameopt', 'RFC2253,utf8,-esc_msb');
    expect(shown.trim()).toBe('subject=CN=王芳,serialNumber=P-1,OU=trustee,O=甲');
    const fingerprint = openssl('x509', '-in', leaf, '-noout', '-fingerprint', '-sha256');
    expect(fingerprint.trim().split('=')[1]!.replaceAll(':', '').toLowerCase()).toBe(
      await certificateSha256(certificatePem),
    );
  });

  it('makes keys and requests that are accepted here, and accepts ours', async () => {
    const { authorityPem, privateKey } = await buildAuthority();
    const keyPem = openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256');
    const requestPem = openssl('req', '-new', '-key', file('key.pem', keyPem), '-subj', '/CN=x');
    const certificatePem = await issueCertificate({
      authority: { certificatePem: authorityPem, privateKey },
      requestPem,
      subject: { commonName: 'from outside', kind: 'organisation' },
      validFrom: '2026-01-01T00:00:00.000Z',
      validTo: '2027-01-01T00:00:00.000Z',
      serial: '05',
    });
    const keys = await importKeyPair(keyPem);
    const jws = await signJson({ a: 1 }, { privateKey: keys.privateKey, certificatePem });
    await expect(verifyJson(jws, { authorityPem, at: NOW, typ: 'sunseal+json' })).resolves.toMatchObject({
      payload: { a: 1 },
    });

    const ours = file('ours.csr', await createCertificateRequest({ keys, commonName: '甲' }));
    expect(openssl('req', '-in', ours, '-noout', '-verify', '-subject')).toContain('CN');
    expect(
      openssl('pkey', '-in', file('ours.key', await exportPrivateKey(keys.privateKey)), '-check', '-noout'),
    ).toContain('valid');
  });

  it('refuses keys and requests on another curve', async () => {
    const { authorityPem, privateKey } = await buildAuthority();
    const keyPem = openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-384');
    await expect(importKeyPair(keyPem)).rejects.toMatchObject({ code: 'key.malformed' });
    const issuing = issueCertificate({
      authority: { certificatePem: authorityPem, privateKey },
      requestPem: openssl('req', '-new', '-key', file('p384.pem', keyPem), '-subj', '/CN=x'),
      subject: { commonName: 'x', kind: 'expert' },
      validFrom: '2026-01-01T00:00:00.000Z',
      validTo: '2027-01-01T00:00:00.000Z',
      serial: '06',
    });
    await expect(issuing).rejects.toMatchObject({ code: 'certificate.request-invalid' });
  });
});
