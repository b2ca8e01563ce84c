import { fromBase64Url, jcs, toBase64Url } from '#kernel';
import type { TrusteeKey } from '#sealing';
import { protect, unprotect } from '../identity/key-file.js';
import { keep, readKept } from '../storage/kept.js';

/** As the program writes it, so that either opens what the other made. */
interface KeyText {
  readonly tenderId: string;
  readonly publicKey: string;
  readonly secretKey: string;
}

export const KEY_FILE_BYTES_MAX = 64 * 1024;
const KEY_BYTES = 32;

/** The file opens, and is no key of this tender. */
export class NotThisKey extends Error {
  constructor(readonly reason: 'noKeyFile' | 'otherTender') {
    super(reason);
  }
}

/** A trustee's key of one tender as a passphrase-protected age file. */
export const writeTrusteeKey = (tenderId: string, key: TrusteeKey, passphrase: string): Promise<Uint8Array> =>
  protect(keyText(tenderId, key), passphrase);

/** Reads what {@link writeTrusteeKey} or the program wrote. Throws `WrongPassphrase`, {@link NotThisKey}. */
export async function readTrusteeKey(
  file: Uint8Array,
  tenderId: string,
  passphrase: string,
): Promise<TrusteeKey> {
  return keyOfText(await unprotect(file, passphrase), tenderId);
}

export function keyText(tenderId: string, { publicKey, secretKey }: TrusteeKey): string {
  const text: KeyText = {
    tenderId,
    publicKey: toBase64Url(publicKey),
    secretKey: toBase64Url(secretKey),
  };
  return jcs(text);
}

/** Throws {@link NotThisKey}. */
export function keyOfText(text: string, tenderId: string): TrusteeKey {
  const kept = parse(text);
  if (kept.tenderId !== tenderId) throw new NotThisKey('otherTender');
  return { publicKey: kept.publicKey, secretKey: kept.secretKey };
}

function parse(text: string): TrusteeKey & { readonly tenderId: string } {
  try {
    const { tenderId, publicKey, secretKey } = JSON.parse(text) as KeyText;
    const key = { tenderId, publicKey: fromBase64Url(publicKey), secretKey: fromBase64Url(secretKey) };
    if (key.publicKey.length === KEY_BYTES && key.secretKey.length === KEY_BYTES) return key;
  } catch {
    // Said below, in the reader's language.
  }
  throw new NotThisKey('noKeyFile');
}

const nameOf = (personId: string, tenderId: string): string => `trustee-key ${personId} ${tenderId}`;

/** The encrypted file, as this browser keeps it. */
export const readKeptKey = (personId: string, tenderId: string): Promise<Uint8Array | undefined> =>
  readKept<Uint8Array>(nameOf(personId, tenderId));

export const keepKey = (personId: string, tenderId: string, file: Uint8Array): Promise<void> =>
  keep(nameOf(personId, tenderId), file);

export const keyFileName = (tenderId: string): string => `sunseal-trustee-${tenderId.slice(0, 8)}.key.age`;
