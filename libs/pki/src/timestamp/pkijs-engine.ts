import { fromBER } from 'asn1js';
import { type AlgorithmIdentifier, CryptoEngine } from 'pkijs';
import { bytesEqual } from '#kernel';

/** WebCrypto of the platform, never the global that the library may have picked. */
export const engine = new CryptoEngine({ name: 'webcrypto', crypto: globalThis.crypto });

export type Asn1 = ReturnType<typeof fromBER>['result'];

/**
 * The one ASN.1 value in these bytes, in DER. Throws an Error where there is none, where something follows it, or
 * where writing it anew gives other bytes: the reader takes lengths that disagree with what they enclose.
 */
export function parseAsn1(bytes: Uint8Array): Asn1 {
  const { offset, result } = fromBER(bytes);
  if (offset !== bytes.length || result.error !== '') throw new Error('not one ASN.1 value');
  if (!bytesEqual(new Uint8Array(result.toBER()), bytes)) throw new Error('not in DER');
  return result;
}

const STRONG_HASHES: ReadonlyMap<string, string> = new Map([
  ['2.16.840.1.101.3.4.2.1', 'SHA-256'],
  ['2.16.840.1.101.3.4.2.2', 'SHA-384'],
  ['2.16.840.1.101.3.4.2.3', 'SHA-512'],
]);

/** Name of a hash of the SHA-2 family, undefined for any other. */
export const strongHash = ({ algorithmId }: AlgorithmIdentifier): string | undefined =>
  STRONG_HASHES.get(algorithmId);
