import { Integer, OctetString } from 'asn1js';
import {
  AlgorithmIdentifier,
  id_sha256,
  MessageImprint,
  PKIStatus,
  TimeStampReq,
  TimeStampResp,
} from 'pkijs';
import { orRefuse, refuse } from '../refuse.js';
import { parseAsn1 } from './pkijs-engine.js';

/** Positive and without leading zeros, so that every encoder writes the same bytes. */
export function newNonce(): Uint8Array<ArrayBuffer> {
  const nonce = globalThis.crypto.getRandomValues(new Uint8Array(16));
  nonce[0] = (nonce[0]! & 0x3f) | 0x40;
  return nonce;
}

/** DER of a request for a stamp over SHA-256, with the certificate in the answer (RFC 3161 §2.4.1). */
export function timestampRequest(
  sha256: Uint8Array,
  nonce: Uint8Array<ArrayBuffer>,
  policy?: string,
): Uint8Array<ArrayBuffer> {
  const request = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: id_sha256 }),
      hashedMessage: new OctetString({ valueHex: Uint8Array.from(sha256).buffer }),
    }),
    nonce: new Integer({ valueHex: nonce.buffer }),
    certReq: true,
    ...(policy === undefined ? {} : { reqPolicy: policy }),
  });
  return new Uint8Array(request.toSchema().toBER());
}

/**
 * DER of the token in an answer with the status `granted` (RFC 3161 §2.4.2). Throws `timestamp.malformed`, and
 * `timestamp.refused` with the authority's own words.
 */
export async function tokenOfAnswer(answer: Uint8Array): Promise<Uint8Array> {
  const { status, timeStampToken } = await orRefuse(
    'timestamp.malformed',
    'The answer is not that of a time-stamp authority (RFC 3161).',
    () => new TimeStampResp({ schema: parseAsn1(answer) }),
  );
  if (status.status !== PKIStatus.granted) {
    const words = (status.statusStrings ?? []).map((text) => text.valueBlock.value.slice(0, 200)).join(' ');
    refuse('timestamp.refused', 'The time-stamp authority refused the request.', {
      status: status.status,
      words: words.slice(0, 400),
    });
  }
  if (!timeStampToken) refuse('timestamp.malformed', 'The answer grants a time stamp and holds none.');
  return new Uint8Array(timeStampToken.toSchema().toBER());
}
