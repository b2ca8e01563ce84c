import { KEY_ALGORITHM } from './algorithm.js';
import { derToPem, pemToDer } from './pem.js';
import { orRefuse } from './refuse.js';

const { subtle } = globalThis.crypto;

/** A new ECDSA P-256 pair, made by the platform's WebCrypto and extractable so that its owner can keep it. */
export async function createKeyPair(): Promise<CryptoKeyPair> {
  return subtle.generateKey(KEY_ALGORITHM, true, ['sign', 'verify']);
}

/** PKCS#8 PEM, unencrypted (RFC 5958): the caller encrypts it before it is stored. */
export async function exportPrivateKey(key: CryptoKey): Promise<string> {
  return derToPem(await subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

/** Reads what {@link exportPrivateKey} wrote. Throws `key.malformed` on anything but a P-256 key. */
export async function importPrivateKey(pem: string): Promise<CryptoKey> {
  return orRefuse('key.malformed', 'This is not an ECDSA P-256 private key in PKCS#8 PEM form.', () =>
    subtle.importKey('pkcs8', pemToDer(pem, 'PRIVATE KEY'), KEY_ALGORITHM, true, ['sign']),
  );
}

/** The private key of the PEM with its public half, for a certificate request. Throws `key.malformed`. */
export async function importKeyPair(pem: string): Promise<CryptoKeyPair> {
  const privateKey = await importPrivateKey(pem);
  const { kty, crv, x, y } = await subtle.exportKey('jwk', privateKey);
  return orRefuse('key.malformed', 'The private key does not contain its public half.', async () => ({
    privateKey,
    publicKey: await subtle.importKey(
      'jwk',
      { ...(kty && { kty }), ...(crv && { crv }), ...(x && { x }), ...(y && { y }) },
      KEY_ALGORITHM,
      true,
      ['verify'],
    ),
  }));
}
