import { GeneralizedTime, ObjectIdentifier, OctetString } from 'asn1js';
import {
  Certificate,
  ContentInfo,
  id_ContentType_SignedData,
  id_eContentType_TSTInfo,
  IssuerAndSerialNumber,
  SignedData,
  type SignerInfo,
  TSTInfo,
} from 'pkijs';
import { fromUtf8, isInstant, toHex, type Instant } from '#kernel';
import { parseAsn1 } from './pkijs-engine.js';

/** What the authority signed, read and not yet verified (RFC 3161 §2.4.2, RFC 5652 §5). */
export interface ReadToken {
  readonly signerInfo: SignerInfo;
  /** The certificate that the token names as the signer's. */
  readonly signer: Certificate;
  /** All certificates in the token. */
  readonly certificates: readonly Certificate[];
  /** Bytes of the TSTInfo, over which the signed digest goes. */
  readonly content: Uint8Array;
  readonly info: TSTInfo;
  /** A fraction below a millisecond is cut off. */
  readonly genTime: Instant;
  /** Hex, lower case, without leading zero bytes. */
  readonly serial: string;
}

/** Reads the DER of a TimeStampToken with exactly one signer. Throws an Error on anything else. */
export function readToken(token: Uint8Array): ReadToken {
  const { contentType, content: inner } = new ContentInfo({ schema: parseAsn1(token) });
  if (contentType !== id_ContentType_SignedData) throw new Error('not signed data');
  const signed = new SignedData({ schema: inner });
  const [signerInfo, second] = signed.signerInfos;
  if (signed.version !== 3 || !signerInfo || second) throw new Error('one signer, version 3');
  const { algorithmId } = signerInfo.digestAlgorithm;
  if (!signed.digestAlgorithms.some((each) => each.algorithmId === algorithmId))
    throw new Error('the signer’s hash is announced');
  const { eContentType, eContent } = signed.encapContentInfo;
  if (eContentType !== id_eContentType_TSTInfo || !(eContent instanceof OctetString))
    throw new Error('the content is no time stamp');
  const content = new Uint8Array(eContent.getValue());
  const info = new TSTInfo({ schema: parseAsn1(content) });
  if (info.version !== 1 || info.extensions?.some(({ critical }) => critical))
    throw new Error('a version or an extension that is not understood');
  const certificates = (signed.certificates ?? []).filter((each) => each instanceof Certificate);
  return {
    signerInfo,
    signer: signerOf(signerInfo, certificates),
    certificates,
    content,
    info,
    genTime: genTimeOf(content),
    serial: toHex(info.serialNumber.valueBlock.valueHexView).replace(/^(?:00)+(?=..)/, ''),
  };
}

function signerOf({ sid, version }: SignerInfo, certificates: readonly Certificate[]): Certificate {
  if (!(sid instanceof IssuerAndSerialNumber) || version !== 1)
    throw new Error('the signer is named by issuer and serial number');
  const found = certificates.filter(
    ({ issuer, serialNumber }) => issuer.isEqual(sid.issuer) && serialNumber.isEqual(sid.serialNumber),
  );
  if (found.length !== 1) throw new Error('the signer’s certificate is in the token, once');
  return found[0]!;
}

const GEN_TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d*[1-9]))?Z$/;

/** From its text (RFC 3161 §2.4.2), because the library moves 30 February on and counts fractions in floats. */
function genTimeOf(content: Uint8Array): Instant {
  const { value } = parseAsn1(content).valueBlock as unknown as { readonly value: readonly unknown[] };
  const time = value.find((each) => each instanceof GeneralizedTime);
  const parts = time && GEN_TIME.exec(fromUtf8(time.valueBlock.valueHexView));
  if (!parts) throw new Error('genTime is not in its form');
  const [, year, month, day, hour, minute, second, fraction = ''] = parts;
  const ms = fraction.padEnd(3, '0').slice(0, 3);
  const instant = `${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`;
  if (!isInstant(instant)) throw new Error('genTime is no moment');
  return instant;
}

/** The one value of the one signed attribute of this type. Throws an Error where it is missing or repeated. */
export function signedAttribute({ signedAttrs }: SignerInfo, type: string): unknown {
  const found = (signedAttrs?.attributes ?? []).filter((attribute) => attribute.type === type);
  if (found.length !== 1 || found[0]!.values.length !== 1) throw new Error(`one attribute ${type}`);
  return found[0]!.values[0];
}

export const isObjectId = (value: unknown, id: string): boolean =>
  value instanceof ObjectIdentifier && value.valueBlock.toString() === id;
