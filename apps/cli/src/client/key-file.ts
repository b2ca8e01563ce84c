import { readFile, writeFile } from 'node:fs/promises';
import { Decrypter, Encrypter } from 'age-encryption';
import { fromUtf8 } from '#kernel';

/** age's own default is a second and more on a small machine; 2^16 keeps a guess dear and a person patient. */
const SCRYPT_LOG_N = 16;

/** Keeps a secret as a passphrase-protected age file, which `age -d` opens too. Never overwrites a file. */
export async function writeKeyFile(file: string, secret: string, passphrase: string): Promise<void> {
  if (passphrase.length === 0) throw new Error('the passphrase is empty');
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(SCRYPT_LOG_N);
  encrypter.setPassphrase(passphrase);
  await writeFile(file, await encrypter.encrypt(secret), { mode: 0o600, flag: 'wx' });
}

/** Reads what {@link writeKeyFile} or `age -p` wrote. */
export async function readKeyFile(file: string, passphrase: string): Promise<string> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  const bytes = await readFile(file);
  try {
    return fromUtf8(await decrypter.decrypt(bytes));
  } catch (error) {
    throw new Error(`${file} does not open with this passphrase`, { cause: error });
  }
}
