import { Decrypter, Encrypter } from 'age-encryption';
import { fromUtf8 } from '#kernel';

/** As the command line: a guess stays dear, and a person waits about a second. */
const SCRYPT_LOG_N = 16;

/** The passphrase does not open the file. */
export class WrongPassphrase extends Error {}

/** A secret as a passphrase-protected age file, which `age -d` and `sunseal` open too. */
export async function protect(secret: string, passphrase: string): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(SCRYPT_LOG_N);
  encrypter.setPassphrase(passphrase);
  return encrypter.encrypt(secret);
}

/** Reads what {@link protect} wrote. Throws {@link WrongPassphrase}. */
export async function unprotect(file: Uint8Array, passphrase: string): Promise<string> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  try {
    return fromUtf8(await decrypter.decrypt(file));
  } catch (error) {
    throw new WrongPassphrase('the file does not open with this passphrase', { cause: error });
  }
}
