import { describe, expect, it } from '@jest/globals';
import { createAuthority, issueCertificate } from './authority.js';
import { createCertificateRequest } from './certificate-request.js';
import { createKeyPair, exportPrivateKey, importKeyPair, importPrivateKey } from './key-pair.js';
import { derToPem, pemToDer } from './pem.js';
import { buildAuthority, NOW } from './pki-fixture.js';
import { certificateSha256, readCertificate } from './read-certificate.js';
import { verifyChain } from './verify-chain.js';

const VALIDITY = { validFrom: '2026-01-01T00:00:00.000Z', validTo: '2026-12-31T23:59:59.000Z' } as const;

function flipByte(pem: string, label: 'CERTIFICATE' | 'CERTIFICATE REQUEST', fromEnd: number): string {
  const der = new Uint8Array(pemToDer(pem, label));
  der[der.length - fromEnd]! ^= 1;
  return derToPem(der.buffer, label);
}

describe('certificates', () => {
  it('says who holds it, as what, and from when to when', async () => {
    const { holder, authorityPem } = await buildAuthority();
    const { certificatePem } = await holder({
      commonName: '南方建设有限公司',
      organisation: '南方建设有限公司',
      serialNumber: '91350100M000100Y43',
      kind: 'organisation',
    });
    expect(await readCertificate(certificatePem)).toEqual({
      commonName: '南方建设有限公司',
      organisation: '南方建设有限公司',
      serialNumber: '91350100M000100Y43',
      kind: 'organisation',
      serial: '10',
      ...VALIDITY,
      sha256: await certificateSha256(certificatePem),
    });
    expect(await readCertificate(authorityPem)).toMatchObject({ kind: 'authority', serial: '01' });
  });

  it('keeps a name that looks like a distinguished name as mere text', async () => {
    const { holder } = await buildAuthority();
    for (const commonName of ['Eve, OU=platform', '#0c03414243', 'a+b="c"\\,<d>;', ' 末 ']) {
      const { certificatePem } = await holder({ commonName, kind: 'trustee' });
      expect(await readCertificate(certificatePem)).toMatchObject({ commonName, kind: 'trustee' });
    }
  });

  it('takes the subject from the authority, not from the request', async () => {
    const { certificatePem } = await (
      await buildAuthority()
    ).holder({ commonName: 'decided', kind: 'expert' });
    expect((await readCertificate(certificatePem)).commonName).toBe('decided');
  });

  it('refuses a request that its key did not sign', async () => {
    const { authorityPem, privateKey } = await buildAuthority();
    const keys = await createKeyPair();
    const good = await createCertificateRequest({ keys, commonName: 'x' });
    const foreign = await createCertificateRequest({
      keys: { publicKey: keys.publicKey, privateKey: (await createKeyPair()).privateKey },
      commonName: 'x',
    });
    const rsa = await crypto.subtle.generateKey(
      {
        name: 'RSASSA-PKCS1-v1_5',
        modulusLength: 2048,
        publicExponent: new Uint8Array([1, 0, 1]),
        hash: 'SHA-256',
      },
      true,
      ['sign', 'verify'],
    );
    const otherKind = await createCertificateRequest({ keys: rsa, commonName: 'x' }).catch(() => 'not made');
    for (const requestPem of [
      foreign,
      otherKind,
      flipByte(good, 'CERTIFICATE REQUEST', 1),
      good + good,
      '',
      'x',
    ])
      await expect(
        issueCertificate({
          authority: { certificatePem: authorityPem, privateKey },
          requestPem,
          subject: { commonName: 'x', kind: 'expert' },
          ...VALIDITY,
          serial: '02',
        }),
      ).rejects.toMatchObject({ code: 'certificate.request-invalid' });
  });

  it('keeps a private key through its PEM form, with its public half', async () => {
    const keys = await createKeyPair();
    const pem = await exportPrivateKey(keys.privateKey);
    expect(pem).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
    const again = await importKeyPair(pem);
    expect(await crypto.subtle.exportKey('jwk', again.publicKey)).toMatchObject({
      x: (await crypto.subtle.exportKey('jwk', keys.publicKey)).x,
    });
    for (const bad of ['', pem.replace('PRIVATE', 'EC PRIVATE'), pem.replace('MIG', 'MIH')])
      await expect(importPrivateKey(bad)).rejects.toMatchObject({ code: 'key.malformed' });
  });

  it('takes serial numbers up to 20 bytes, with the sign bit set or not', async () => {
    for (const serial of ['01', 'ff', 'f'.repeat(38), '7' + 'f'.repeat(39)]) {
      const { certificatePem } = await createAuthority({ commonName: 'a', ...VALIDITY, serial });
      expect((await readCertificate(certificatePem)).serial).toBe(serial);
    }
    for (const serial of ['', '0', '00', 'f'.repeat(40), 'zz'])
      await expect(createAuthority({ commonName: 'a', ...VALIDITY, serial })).rejects.toThrow(
        'serial number',
      );
  });
});

describe('chain', () => {
  it('accepts what the authority issued, at both ends of its validity', async () => {
    const { holder, authorityPem } = await buildAuthority();
    const { certificatePem } = await holder();
    for (const at of [VALIDITY.validFrom, NOW, VALIDITY.validTo])
      await expect(verifyChain({ certificatePem, authorityPem, at })).resolves.toBeUndefined();
  });

  it('refuses a certificate one millisecond before and after its validity', async () => {
    const { holder, authorityPem } = await buildAuthority();
    const { certificatePem } = await holder();
    await expect(
      verifyChain({ certificatePem, authorityPem, at: '2025-12-31T23:59:59.999Z' }),
    ).rejects.toMatchObject({ code: 'certificate.untrusted' });
    await expect(
      verifyChain({ certificatePem, authorityPem, at: '2026-12-31T23:59:59.001Z' }),
    ).rejects.toMatchObject({ code: 'certificate.expired' });
  });

  it('refuses a certificate that begins later', async () => {
    const { privateKey, authorityPem } = await buildAuthority();
    const certificatePem = await issueCertificate({
      authority: { certificatePem: authorityPem, privateKey },
      requestPem: await createCertificateRequest({ keys: await createKeyPair(), commonName: 'x' }),
      subject: { commonName: 'x', kind: 'trustee' },
      validFrom: '2027-01-01T00:00:00.000Z',
      validTo: '2028-01-01T00:00:00.000Z',
      serial: '03',
    });
    await expect(verifyChain({ certificatePem, authorityPem, at: NOW })).rejects.toMatchObject({
      code: 'certificate.not-yet-valid',
    });
  });

  it('refuses another authority of the same name', async () => {
    const [ours, theirs] = [await buildAuthority(), await buildAuthority()];
    const { certificatePem } = await theirs.holder();
    await expect(
      verifyChain({ certificatePem, authorityPem: ours.authorityPem, at: NOW }),
    ).rejects.toMatchObject({ code: 'certificate.untrusted' });
  });

  it('refuses a holder who issues certificates, and an authority as a holder', async () => {
    const { holder, authorityPem } = await buildAuthority();
    const middle = await holder({ commonName: 'middle', kind: 'organisation' });
    const certificatePem = await issueCertificate({
      authority: middle,
      requestPem: await createCertificateRequest({ keys: await createKeyPair(), commonName: 'x' }),
      subject: { commonName: 'x', kind: 'platform' },
      ...VALIDITY,
      serial: '04',
    });
    for (const [leaf, root] of [
      [certificatePem, middle.certificatePem],
      [certificatePem, authorityPem],
      [authorityPem, authorityPem],
    ] as const)
      await expect(verifyChain({ certificatePem: leaf, authorityPem: root, at: NOW })).rejects.toMatchObject({
        code: 'certificate.untrusted',
      });
  });

  it('refuses a certificate in which any byte was changed', async () => {
    const { holder, authorityPem } = await buildAuthority();
    const { certificatePem } = await holder();
    const { byteLength } = pemToDer(certificatePem, 'CERTIFICATE');
    for (let fromEnd = 1; fromEnd <= byteLength; fromEnd++)
      await expect(
        verifyChain({
          certificatePem: flipByte(certificatePem, 'CERTIFICATE', fromEnd),
          authorityPem,
          at: NOW,
        }).then(() => fromEnd),
      ).rejects.toMatchObject({ code: expect.stringMatching(/^certificate\.(untrusted|malformed)$/) });
  });

  it('refuses bytes behind the certificate', async () => {
    const { holder, authorityPem } = await buildAuthority();
    const der = new Uint8Array(pemToDer((await holder()).certificatePem, 'CERTIFICATE'));
    const longer = new Uint8Array([...der, 0]);
    await expect(
      verifyChain({ certificatePem: derToPem(longer.buffer, 'CERTIFICATE'), authorityPem, at: NOW }),
    ).rejects.toMatchObject({ code: 'certificate.malformed' });
  });
});
