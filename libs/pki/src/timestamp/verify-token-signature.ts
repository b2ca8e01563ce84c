import { Integer, OctetString, Sequence } from 'asn1js';
import { AlgorithmIdentifier, type Certificate, id_eContentType_TSTInfo, type SignerInfo } from 'pkijs';
import { bytesEqual } from '#kernel';
import { engine, parseAsn1, strongHash } from './pkijs-engine.js';
import { isObjectId, type ReadToken, signedAttribute } from './read-token.js';

const CONTENT_TYPE = '1.2.840.113549.1.9.3';
const MESSAGE_DIGEST = '1.2.840.113549.1.9.4';
const SIGNING_CERTIFICATE = '1.2.840.113549.1.9.16.2.12';
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';
const ECDSA = /^1\.2\.840\.10045\.4\./;
const RSA_ENCRYPTION = '1.2.840.113549.1.1.1';

const digest = async (hash: string, bytes: Uint8Array | ArrayBuffer): Promise<Uint8Array> =>
  new Uint8Array(await globalThis.crypto.subtle.digest(hash, Uint8Array.from(new Uint8Array(bytes))));

/**
 * Why the token is not signed by its signer, or null: the signed attributes name content type, digest of the
 * content and the signer's certificate (RFC 5652 §11, RFC 5035, RFC 5816), and the signature is over them. Any
 * hash but SHA-2 is refused, with one exception: a certificate may be named by SHA-1 as in RFC 3161, because the
 * signature itself is over a stronger hash. May throw an Error on attributes that cannot be read.
 */
export async function signatureFault({ signerInfo, signer, content }: ReadToken): Promise<string | null> {
  const hash = strongHash(signerInfo.digestAlgorithm);
  if (!hash) return 'its hash is not of the SHA-2 family';
  if (!isObjectId(signedAttribute(signerInfo, CONTENT_TYPE), id_eContentType_TSTInfo))
    return 'it is signed as something else';
  const signedDigest = signedAttribute(signerInfo, MESSAGE_DIGEST);
  if (!isOctets(signedDigest, await digest(hash, content))) return 'the content was changed';
  if (!(await namesCertificate(signerInfo, signer))) return 'it was signed for another certificate';
  return (await isSigned(signerInfo, signer, hash)) ? null : 'the signature does not match';
}

const isOctets = (value: unknown, bytes: Uint8Array): boolean =>
  value instanceof OctetString && bytesEqual(new Uint8Array(value.getValue()), bytes);

/** The first certificate of the signing-certificate attribute is the signer's; version 2 counts where both are. */
async function namesCertificate(signerInfo: SignerInfo, signer: Certificate): Promise<boolean> {
  const has = (type: string): boolean =>
    signerInfo.signedAttrs?.attributes.some((attribute) => attribute.type === type) ?? false;
  const isV2 = has(SIGNING_CERTIFICATE_V2);
  const attribute = signedAttribute(signerInfo, isV2 ? SIGNING_CERTIFICATE_V2 : SIGNING_CERTIFICATE);
  const [named, ...rest] = membersOf(membersOf(membersOf(attribute)[0])[0]);
  const der = signer.toSchema().toBER();
  if (!isV2) return isOctets(named, await digest('SHA-1', der));
  // ESSCertIDv2: hashAlgorithm DEFAULT SHA-256, certHash, issuerSerial OPTIONAL.
  if (named instanceof OctetString) return isOctets(named, await digest('SHA-256', der));
  const hash = strongHash(new AlgorithmIdentifier({ schema: named }));
  return hash !== undefined && isOctets(rest[0], await digest(hash, der));
}

/** An ECDSA signature is two integers in DER, which the library does not ask for. */
function isPair(bytes: Uint8Array): boolean {
  const members = membersOf(parseAsn1(bytes));
  return members.length === 2 && members.every((member) => member instanceof Integer);
}

function membersOf(value: unknown): readonly unknown[] {
  if (!(value instanceof Sequence)) throw new Error('not a sequence');
  return value.valueBlock.value;
}

/** With plain `rsaEncryption` the hash is the one of the digest; every other algorithm names its own. */
async function isSigned(signerInfo: SignerInfo, signer: Certificate, digestHash: string): Promise<boolean> {
  const { signatureAlgorithm, signature, signedAttrs } = signerInfo;
  const isPlainRsa = signatureAlgorithm.algorithmId === RSA_ENCRYPTION;
  const hash = isPlainRsa ? digestHash : engine.getHashAlgorithm(signatureAlgorithm);
  if (!/^SHA-(?:256|384|512)$/.test(hash)) return false;
  if (ECDSA.test(signatureAlgorithm.algorithmId) && !isPair(new Uint8Array(signature.getValue())))
    return false;
  return engine.verifyWithPublicKey(
    signedAttrs!.encodedValue,
    signature,
    signer.subjectPublicKeyInfo,
    signatureAlgorithm,
    ...(isPlainRsa ? [hash] : []),
  );
}
