import { fromBase64Url, jcs, toBase64Url } from '#kernel';
import type { TrusteeKey } from '#sealing';
import { readKeyFile, writeKeyFile } from './key-file.js';

interface Kept {
  readonly tenderId: string;
  readonly publicKey: string;
  readonly secretKey: string;
}

/** Keeps the key of one tender as an age file under a passphrase. Without it the trustee cannot open. */
export function writeTrusteeKey(
  file: string,
  tenderId: string,
  { publicKey, secretKey }: TrusteeKey,
  passphrase: string,
): Promise<void> {
  const kept: Kept = {
    tenderId,
    publicKey: toBase64Url(publicKey),
    secretKey: toBase64Url(secretKey),
  };
  return writeKeyFile(file, jcs(kept), passphrase);
}

/** Throws where the file holds the key of another tender. */
export async function readTrusteeKey(
  file: string,
  tenderId: string,
  passphrase: string,
): Promise<TrusteeKey> {
  const kept = JSON.parse(await readKeyFile(file, passphrase)) as Kept;
  if (kept.tenderId !== tenderId) throw new Error(`${file} holds the key of tender ${kept.tenderId}`);
  return { publicKey: fromBase64Url(kept.publicKey), secretKey: fromBase64Url(kept.secretKey) };
}
