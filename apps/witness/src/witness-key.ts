import { createPrivateKey, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { Decrypter, Encrypter } from 'age-encryption';
import { fromBase64, fromBase64Url, fromUtf8, toBase64 } from '#kernel';
import { refuseKey } from './witness-refusals.js';

const SEED_BYTES = 32;
const SCRYPT_LOG_N = 16;

/**
 * Seed of the witness's Ed25519 key: from a PKCS#8 PEM as `openssl genpkey -algorithm ed25519` writes it, or from a file
 * that `age -p` encrypted under the passphrase and that holds the seed in base64. Refuses with `witness.key-malformed`.
 */
export async function readWitnessSeed(file: string, passphrase: string | undefined): Promise<Uint8Array> {
  const bytes = await readFile(file);
  const text = bytes.toString('latin1');
  if (text.startsWith('-----BEGIN ')) return seedOfPem(file, text);
  if (passphrase === undefined) throw refuseKey(file, 'It is no PEM, and no passphrase file was given.');
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  let seed: Uint8Array;
  try {
    seed = fromBase64(fromUtf8(await decrypter.decrypt(bytes)).trim());
  } catch {
    throw refuseKey(file, 'It does not open with this passphrase to a seed in base64.');
  }
  if (seed.length !== SEED_BYTES) throw refuseKey(file, `A seed has ${SEED_BYTES} bytes.`);
  return seed;
}

/** A new seed as an age file under a passphrase. Never overwrites a file. */
export async function writeWitnessSeed(file: string, passphrase: string): Promise<void> {
  if (passphrase.length === 0) throw refuseKey(file, 'The passphrase is empty.');
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(SCRYPT_LOG_N);
  encrypter.setPassphrase(passphrase);
  const secret = await encrypter.encrypt(`${toBase64(randomBytes(SEED_BYTES))}\n`);
  await writeFile(file, secret, { mode: 0o600, flag: 'wx' });
}

function seedOfPem(file: string, pem: string): Uint8Array {
  try {
    const { crv, d } = createPrivateKey(pem).export({ format: 'jwk' });
    if (crv === 'Ed25519' && d !== undefined) return fromBase64Url(d);
  } catch {
    // Told below, without what the parser says of a secret.
  }
  throw refuseKey(file, 'It is no Ed25519 private key in PKCS#8 PEM without a passphrase.');
}
