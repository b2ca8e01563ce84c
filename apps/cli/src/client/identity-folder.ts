import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { certificateSha256, exportPrivateKey, importPrivateKey } from '#pki';
import type { SigningIdentity } from './identity.js';
import { readKeyFile, writeKeyFile } from './key-file.js';

const KEY = 'signing.key.age';
const CERTIFICATE = 'certificate.pem';

/** Keeps a person's signing key, protected by a passphrase, and its certificate in a folder. */
export async function writeIdentity(
  folder: string,
  { privateKey, certificatePem }: SigningIdentity,
  passphrase: string,
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeKeyFile(join(folder, KEY), await exportPrivateKey(privateKey), passphrase);
  await writeFile(join(folder, CERTIFICATE), certificatePem, { flag: 'wx' });
}

export async function readIdentity(folder: string, passphrase: string): Promise<SigningIdentity> {
  const certificatePem = await readFile(join(folder, CERTIFICATE), 'utf8');
  const privateKey = await importPrivateKey(await readKeyFile(join(folder, KEY), passphrase));
  return { privateKey, certificatePem, certificateSha256: await certificateSha256(certificatePem) };
}
