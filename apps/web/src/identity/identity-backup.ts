import { strToU8, unzipSync, zipSync } from 'fflate';
import type { KeptIdentity } from './signing-identity.js';

const KEY = 'signing.key.age';
const CERTIFICATE = 'certificate.pem';
const BACKUP_BYTES_MAX = 64 * 1024;

/** A ZIP with the two files of an identity; unpacked, it is a folder for `sunseal --identity`. */
export function writeBackup({ keyFile, certificatePem }: KeptIdentity): Uint8Array {
  return zipSync({ [KEY]: keyFile, [CERTIFICATE]: strToU8(certificatePem) }, { level: 0 });
}

/** Reads what {@link writeBackup} wrote; undefined where the file is none. */
export function readBackup(file: Uint8Array): KeptIdentity | undefined {
  if (file.length > BACKUP_BYTES_MAX) return undefined;
  try {
    const members = unzipSync(file, { filter: ({ originalSize }) => originalSize <= BACKUP_BYTES_MAX });
    const [keyFile, certificate] = [members[KEY], members[CERTIFICATE]];
    if (!keyFile || !certificate) return undefined;
    return { keyFile, certificatePem: new TextDecoder().decode(certificate) };
  } catch {
    return undefined;
  }
}
