import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CompactSign } from 'jose';
import { fromBase64Url, jcs, jcsBytes, toBase64, toBase64Url, utf8 } from '#kernel';
import { signJson, verifyJson } from './json-signature.js';
import { pemToDer } from './pem.js';
import { buildAuthority, NOW } from './pki-fixture.js';

const TYP = 'sunseal+json';
const PAYLOAD = { v: 1, score: '89.9', note: '同意' };

async function setUp() {
  const { authorityPem, holder } = await buildAuthority();
  const signer = await holder();
  const jws = await signJson(PAYLOAD, signer);
  const x5c = [toBase64(new Uint8Array(pemToDer(signer.certificatePem, 'CERTIFICATE')))];
  const verify = (text: string, typ = TYP, at = NOW) => verifyJson(text, { authorityPem, at, typ });
  return { authorityPem, holder, signer, jws, x5c, verify };
}

describe('signed JSON', () => {
  it('gives back the payload and who signed it', async () => {
    const { jws, verify } = await setUp();
    expect(await verify(jws)).toMatchObject({
      payload: PAYLOAD,
      certificate: { commonName: '王芳', kind: 'expert' },
    });
  });

  it('refuses a document changed in any one character', async () => {
    const { jws, verify } = await setUp();
    const code = expect.stringMatching(/^(signature|certificate)\./);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(jws.length - 1),
        fc.constantFrom('A', 'b', '9', '_', '.', '='),
        async (at, other) => {
          fc.pre(jws[at] !== other);
          await expect(verify(jws.slice(0, at) + other + jws.slice(at + 1))).rejects.toMatchObject({ code });
        },
      ),
      { numRuns: 200 },
    );
  });

  it('refuses another payload under the same signature', async () => {
    const { jws, verify } = await setUp();
    const [header, , signature] = jws.split('.');
    const forged = `${header}.${toBase64Url(jcsBytes({ ...PAYLOAD, score: '99.9' }))}.${signature}`;
    await expect(verify(forged)).rejects.toMatchObject({ code: 'signature.invalid' });
  });

  it('refuses alg none and symmetric algorithms', async () => {
    const { jws, x5c, verify } = await setUp();
    const [, payload, signature] = jws.split('.');
    for (const alg of ['none', 'HS256', 'ES384', 'es256'])
      for (const tail of ['', signature]) {
        const text = `${toBase64Url(jcsBytes({ alg, typ: TYP, x5c }))}.${payload}.${tail}`;
        await expect(verify(text)).rejects.toMatchObject({
          code: /^$/.test(tail!) ? 'signature.malformed' : 'signature.invalid',
        });
      }
  });

  it('refuses a document of one type where another is expected', async () => {
    const { signer, jws, verify } = await setUp();
    await expect(verify(jws, 'sunseal-manifest+json')).rejects.toMatchObject({
      code: 'signature.type-wrong',
    });
    const manifest = await signJson(PAYLOAD, { ...signer, typ: 'sunseal-manifest+json' });
    await expect(verify(manifest)).rejects.toMatchObject({ code: 'signature.type-wrong' });
    await expect(verify(manifest, 'sunseal-manifest+json')).resolves.toMatchObject({ payload: PAYLOAD });
  });

  it('refuses a payload that is not in its one form, though genuinely signed', async () => {
    const { signer, x5c, verify } = await setUp();
    for (const text of [
      '{"b":1,"a":2}',
      '{ "a":1}',
      '{"a":1,"a":1}',
      '{"a":1.0}',
      'no json',
      '\ufeff{"a":1}',
    ]) {
      const jws = await new CompactSign(utf8(text))
        .setProtectedHeader({ alg: 'ES256', typ: TYP, x5c })
        .sign(signer.privateKey);
      await expect(verify(jws)).rejects.toMatchObject({ code: 'signature.malformed' });
    }
  });

  it('refuses any header but alg, typ and one certificate', async () => {
    const { signer, x5c, verify } = await setUp();
    const jwk = await crypto.subtle.exportKey('jwk', signer.keys.publicKey);
    for (const header of [
      { x5c: [...x5c, ...x5c] },
      { x5c: [] },
      { x5c, jwk: { kty: 'EC', crv: 'P-256', x: jwk.x!, y: jwk.y! } },
      { x5c, kid: 'a' },
      {},
    ]) {
      const jws = await new CompactSign(jcsBytes(PAYLOAD))
        .setProtectedHeader({ alg: 'ES256', typ: TYP, ...header })
        .sign(signer.privateKey);
      await expect(verify(jws)).rejects.toMatchObject({ code: 'signature.malformed' });
    }
  });

  it('refuses the certificate of another authority and one that has expired', async () => {
    const { jws, authorityPem, verify } = await setUp();
    const other = await (await buildAuthority()).holder();
    const foreign = await signJson(PAYLOAD, other);
    await expect(verify(foreign)).rejects.toMatchObject({ code: 'certificate.untrusted' });
    await expect(verify(jws, TYP, '2027-01-01T00:00:00.000Z')).rejects.toMatchObject({
      code: 'certificate.expired',
    });
    const itself = verifyJson(foreign, { authorityPem: other.certificatePem, at: NOW, typ: TYP });
    await expect(itself).rejects.toMatchObject({ code: 'certificate.untrusted' });
    expect(authorityPem).toContain('CERTIFICATE');
  });

  it('refuses to sign with a key that is not the certificate’s', async () => {
    const { holder, signer } = await setUp();
    const { privateKey } = await holder();
    await expect(signJson(PAYLOAD, { ...signer, privateKey })).rejects.toMatchObject({
      code: 'signature.key-mismatch',
    });
  });

  it('writes a header that is in its one form too', async () => {
    const { jws } = await setUp();
    const text = new TextDecoder().decode(fromBase64Url(jws.split('.')[0]!));
    expect(jcs(JSON.parse(text))).toBe(text);
  });
});
