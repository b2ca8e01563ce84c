import { issueCertificate } from '#contracts';
import { createCertificateRequest, createKeyPair, signJson } from '#pki';
import type { ApiClient } from './api-client.js';

/** A key that never left this machine, and the certificate that the platform's authority gave it. */
export interface SigningIdentity {
  readonly privateKey: CryptoKey;
  readonly certificatePem: string;
  readonly certificateSha256: string;
}

/** Makes a key here and has it certified for the signed-in person. */
export async function createIdentity(api: ApiClient, commonName: string): Promise<SigningIdentity> {
  const keys = await createKeyPair();
  const certificateRequestPem = await createCertificateRequest({ keys, commonName });
  const { certificatePem, certificateSha256 } = await api.call(issueCertificate, { certificateRequestPem });
  return { privateKey: keys.privateKey, certificatePem, certificateSha256 };
}

export const sign = (
  { privateKey, certificatePem }: SigningIdentity,
  payload: object,
  typ: string,
): Promise<string> => signJson(payload, { privateKey, certificatePem, typ });
