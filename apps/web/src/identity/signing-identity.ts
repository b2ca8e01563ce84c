import {
  certificateSha256,
  createCertificateRequest,
  createKeyPair,
  exportPrivateKey,
  importPrivateKey,
  signJson,
} from '#pki';
import { call } from '../api/call.js';
import { protect, unprotect } from './key-file.js';
import { keep, readKept } from '../storage/kept.js';

/** A key that never left this browser, and the certificate that the platform's authority gave it. */
export interface SigningIdentity {
  readonly privateKey: CryptoKey;
  readonly certificatePem: string;
  readonly certificateSha256: string;
}

/** As it lies in this browser and in a backup: the key under a passphrase. */
export interface KeptIdentity {
  readonly keyFile: Uint8Array;
  readonly certificatePem: string;
}

const nameOf = (personId: string): string => `identity ${personId}`;

export const readKeptIdentity = (personId: string): Promise<KeptIdentity | undefined> =>
  readKept<KeptIdentity>(nameOf(personId));

export const keepIdentity = (personId: string, kept: KeptIdentity): Promise<void> =>
  keep(nameOf(personId), kept);

/** Makes a key here, has it certified for the signed-in person, and keeps it under the passphrase. */
export async function makeIdentity(
  personId: string,
  commonName: string,
  passphrase: string,
): Promise<SigningIdentity> {
  const keys = await createKeyPair();
  const keyFile = await protect(await exportPrivateKey(keys.privateKey), passphrase);
  const certificateRequestPem = await createCertificateRequest({ keys, commonName });
  const { certificatePem, certificateSha256: digest } = await call('issueCertificate', {
    certificateRequestPem,
  });
  await keepIdentity(personId, { keyFile, certificatePem });
  return { privateKey: keys.privateKey, certificatePem, certificateSha256: digest };
}

/** Throws `WrongPassphrase`, `key.malformed`. */
export async function unlockIdentity(
  { keyFile, certificatePem }: KeptIdentity,
  passphrase: string,
): Promise<SigningIdentity> {
  const privateKey = await importPrivateKey(await unprotect(keyFile, passphrase));
  return { privateKey, certificatePem, certificateSha256: await certificateSha256(certificatePem) };
}

export const sign = (
  { privateKey, certificatePem }: SigningIdentity,
  payload: object,
  typ: string,
): Promise<string> => signJson(payload, { privateKey, certificatePem, typ });
