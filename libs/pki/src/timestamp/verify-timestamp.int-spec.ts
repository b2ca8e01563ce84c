import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toHex } from '#kernel';
import { AUTHORITY, OpensslTimestamps, SIGNER, STAMPS_ALONE } from '../../test-support/openssl-timestamps.js';
import { readToken } from './read-token.js';
import { verifyTimestamp } from './verify-timestamp.js';

const sha256 = new Uint8Array(createHash('sha256').update('a promise').digest());
const refused = (code: string, reason = '') => ({ code, message: expect.stringContaining(reason) });
const UNTRUSTED = 'timestamp.authority-untrusted';
const FORGED = 'timestamp.signature-invalid';

describe('a time stamp of OpenSSL', () => {
  let openssl: OpensslTimestamps;
  let authorityPem: string;
  let token: Uint8Array;
  const verify = (other: Uint8Array, changes: Partial<Parameters<typeof verifyTimestamp>[0]> = {}) =>
    verifyTimestamp({ token: other, sha256, authorityPem, ...changes });

  beforeAll(() => {
    openssl = new OpensslTimestamps();
    authorityPem = openssl.pem('root');
    token = openssl.token(sha256);
  });
  afterAll(() => openssl.close());

  it('tells when, under which policy and number it was made', async () => {
    const { genTime, serial, policy } = await verify(token);
    expect(policy).toBe('1.2.3.4.1');
    expect(serial).toBe('0b');
    expect(Math.abs(Date.parse(genTime) - Date.now())).toBeLessThan(60_000);
  });

  it('is verified by OpenSSL alike', () => {
    const file = openssl.write('same.tst', token);
    const verified = (digest: Uint8Array) =>
      openssl.openssl(
        'ts',
        '-verify',
        '-token_in',
        '-in',
        file,
        '-digest',
        toHex(digest),
        '-CAfile',
        'root.pem',
      );
    expect(verified(sha256)).toContain('Verification: OK');
    expect(() => verified(new Uint8Array(32))).toThrow();
  });

  it.each(['p384', 'rsa'] as const)('is accepted from a signer with a key %s', async (key) => {
    openssl.certify(key, { issuer: 'root', key });
    await expect(verify(openssl.token(sha256, { signer: key }))).resolves.toMatchObject({ serial: '0b' });
  });

  it.each([
    { signer_digest: 'sha512' },
    { ess_cert_id_alg: 'sha1' },
    { ess_cert_id_alg: 'sha512' },
    { ordering: 'no', tsa_name: 'no' },
    { clock_precision_digits: '6' },
  ])('is accepted with the setting %j', async (settings) => {
    await expect(verify(openssl.token(sha256, { settings }))).resolves.toMatchObject({ policy: '1.2.3.4.1' });
  });

  it('is accepted through an authority between, and refused without it', async () => {
    openssl.certify('middle', { issuer: 'root', extensions: AUTHORITY });
    openssl.certify('below', { issuer: 'middle' });
    const whole = openssl.token(sha256, { signer: 'below', chain: 'middle.pem' });
    await expect(verify(whole)).resolves.toMatchObject({ serial: '0b' });
    await expect(verify(whole, { authorityPem: openssl.pem('middle') })).resolves.toBeDefined();
    await expect(verify(openssl.token(sha256, { signer: 'below' }))).rejects.toMatchObject(
      refused(UNTRUSTED, 'another authority'),
    );
  });

  it('is refused through an authority that may not certify others, or not so far', async () => {
    const forStampsNot = [...AUTHORITY, 'extendedKeyUsage=serverAuth'];
    const cases: [string, readonly string[]][] = [
      ['leaf', [...SIGNER]],
      ['unsigning', ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,cRLSign']],
      ['web', forStampsNot],
      ['strange', [...AUTHORITY, '1.2.3.4=critical,ASN1:NULL']],
    ];
    for (const [name, extensions] of cases) {
      openssl.certify(name, { issuer: 'root', extensions });
      openssl.certify(`${name}-tsa`, { issuer: name });
      const stamped = openssl.token(sha256, { signer: `${name}-tsa`, chain: `${name}.pem` });
      await expect(verify(stamped)).rejects.toMatchObject(refused(UNTRUSTED, 'an authority between'));
    }
    openssl.certify('short', { extensions: ['basicConstraints=critical,CA:TRUE,pathlen:0'] });
    openssl.certify('long', { issuer: 'short', extensions: AUTHORITY });
    openssl.certify('long-tsa', { issuer: 'long' });
    const stamped = openssl.token(sha256, { signer: 'long-tsa', chain: 'long.pem' });
    await expect(verify(stamped, { authorityPem: openssl.pem('short') })).rejects.toMatchObject(
      refused(UNTRUSTED, 'not so far'),
    );
  });

  it('is refused for other content', async () => {
    await expect(verify(token, { sha256: new Uint8Array(32) })).rejects.toMatchObject(
      refused('timestamp.other-content'),
    );
    const other = createHash('sha512').update('a promise').digest();
    openssl.openssl(
      'ts',
      '-query',
      '-sha512',
      '-digest',
      other.toString('hex'),
      '-cert',
      '-out',
      'sha512.tsq',
    );
  });

  it('is refused under another authority, also one of the same name', async () => {
    const other = new OpensslTimestamps();
    try {
      await expect(verify(token, { authorityPem: other.pem('root') })).rejects.toMatchObject(
        refused(UNTRUSTED, 'another authority'),
      );
      await expect(verify(token, { authorityPem: openssl.pem('tsa') })).rejects.toMatchObject(
        refused(UNTRUSTED),
      );
      await expect(verify(token, { authorityPem: 'none' })).rejects.toMatchObject({
        code: 'certificate.malformed',
      });
    } finally {
      other.close();
    }
  });

  it('is refused from a signer who is not for time stamps alone', async () => {
    const cases: [string, readonly string[], string][] = [
      ['no-purpose', SIGNER, 'not for time stamps alone'],
      ['uncritical', [...SIGNER, 'extendedKeyUsage=timeStamping'], 'not for time stamps alone'],
      [
        'mixed',
        [...SIGNER, 'extendedKeyUsage=critical,timeStamping,codeSigning'],
        'not for time stamps alone',
      ],
      ['other', [...SIGNER, 'extendedKeyUsage=critical,serverAuth'], 'not for time stamps alone'],
      ['strange-leaf', [...SIGNER, STAMPS_ALONE, '1.2.3.4=critical,ASN1:NULL'], 'not understood'],
      ['authority', [...AUTHORITY, STAMPS_ALONE], 'an authority for certificates'],
      ['agreeing', ['keyUsage=critical,keyAgreement', STAMPS_ALONE], 'not for signatures'],
    ];
    for (const [name, extensions, reason] of cases) {
      openssl.certify(name, { issuer: 'root', extensions });
      await expect(verify(openssl.resigned(token, name))).rejects.toMatchObject(refused(UNTRUSTED, reason));
    }
    openssl.certify('good', { issuer: 'root' });
    await expect(verify(openssl.resigned(token, 'good'))).resolves.toBeDefined();
    openssl.certify('short-rsa', { issuer: 'root', key: 'shortRsa' });
    await expect(verify(openssl.resigned(token, 'short-rsa'))).rejects.toMatchObject(
      refused(UNTRUSTED, '2048'),
    );
  });

  it('is refused where a certificate was not valid when it was made, or at the time asked for', async () => {
    openssl.certify('expired', { issuer: 'root', to: '20250101000000Z' });
    openssl.certify('early', { issuer: 'root', from: '20980101000000Z' });
    for (const name of ['expired', 'early'])
      await expect(verify(openssl.resigned(token, name))).rejects.toMatchObject(
        refused(UNTRUSTED, 'not valid'),
      );
    const expired = openssl.resigned(token, 'expired');
    await expect(verify(expired, { at: '2025-01-01T00:00:00.000Z' })).resolves.toBeDefined();
    await expect(verify(expired, { at: '2025-01-01T00:00:00.001Z' })).rejects.toMatchObject(
      refused(UNTRUSTED),
    );
    await expect(verify(token, { at: '2019-12-31T23:59:59.999Z' })).rejects.toMatchObject(refused(UNTRUSTED));
    openssl.certify('old', { extensions: AUTHORITY, to: '20250101000000Z' });
    openssl.certify('old-tsa', { issuer: 'old' });
    const underOld = openssl.token(sha256, { signer: 'old-tsa' });
    await expect(verify(underOld, { authorityPem: openssl.pem('old') })).rejects.toMatchObject(
      refused(UNTRUSTED, 'the authority was not valid'),
    );
  });

  it('is refused where it is signed with SHA-1, without its certificate, by two, or as something else', async () => {
    openssl.certify('signer', { issuer: 'root' });
    openssl.certify('second', { issuer: 'root' });
    const both = openssl.resigned(token, 'signer', '-signer', 'second.pem', '-inkey', 'second.key');
    const bare = openssl.resigned(token, 'signer', '-nocerts');
    const byKeyId = openssl.resigned(token, 'signer', '-keyid');
    const data = openssl.resigned(token, 'signer', '-econtent_type', '1.2.3.4');
    for (const each of [both, bare, byKeyId, data])
      await expect(verify(each)).rejects.toMatchObject(refused('timestamp.malformed'));
    const weak = openssl.resigned(token, 'signer', '-md', 'sha1');
    await expect(verify(weak)).rejects.toMatchObject(refused(FORGED, 'SHA-2'));
    const plain = openssl.resigned(token, 'signer', '-noattr');
    await expect(verify(plain)).rejects.toMatchObject(refused(FORGED));
  });

  it('is refused as malformed where it is no token', async () => {
    for (const each of [
      new Uint8Array(),
      Uint8Array.of(0x30, 0),
      Uint8Array.of(0x30, 0x80, 0, 0),
      new Uint8Array(100).fill(0x30),
      new Uint8Array([...token, 0]),
      token.subarray(0, -1),
      new Uint8Array(64 * 1024 + 1),
    ])
      await expect(verify(each)).rejects.toMatchObject({ code: 'timestamp.malformed' });
  });

  it('is refused with any byte of what was signed changed, and of the signature', async () => {
    const signed = new Set<number>();
    const mark = (part: Uint8Array): void => {
      const from = Buffer.from(token).indexOf(part);
      expect(from).toBeGreaterThan(0);
      for (let at = from; at < from + part.length; at++) signed.add(at);
    };
    const { content, signer, signerInfo } = readToken(token);
    mark(content);
    mark(new Uint8Array(signerInfo.signedAttrs!.encodedValue).slice(1));
    mark(new Uint8Array(signerInfo.signature.getValue()));
    mark(new Uint8Array(signer.toSchema().toBER()));
    const accepted: number[] = [];
    for (let at = 0; at < token.length; at++) {
      const changed = Uint8Array.from(token);
      changed[at]! ^= 0x01;
      const code = await verify(changed).then(
        () => 'accepted',
        ({ code: refusal }: { code?: string }) => refusal ?? 'no code',
      );
      expect(code).toMatch(
        /^(accepted|timestamp\.(malformed|signature-invalid|authority-untrusted|other-content))$/,
      );
      if (code === 'accepted') accepted.push(at);
    }
    expect(accepted.filter((at) => signed.has(at))).toEqual([]);
    // What is left is not signed: whether the parameters of a hash are written as NULL.
    expect(accepted.length).toBeLessThanOrEqual(2);
  });
});
