import { sha256 } from '@noble/hashes/sha2.js';
import { fromBase64Url, invariant, jcsBytes, toHex, utf8 } from '#kernel';
import { manifestName, MEMBERS, onePem, RECEIPT_LIMITS } from './receipt-members.js';
import { receiptReadme } from './receipt-readme.js';
import { sumsOf } from './receipt-sums.js';
import { type ReceiptReveal, type ReceiptSummary, summaryOf, summaryText } from './receipt-summary.js';
import { packStored } from './stored-zip.js';

/** Everything that proves one act of a bidder. The rest of the file follows from it. */
export interface ReceiptParts {
  /** Descriptor of the tender; names the key of the ledger. */
  readonly descriptor: { readonly ledgerKey: string };
  /** The bidder's signed manifests (JWS), in any order. */
  readonly manifests: readonly string[];
  /** The platform's signed promise (JWS). */
  readonly promise: string;
  /** Bytes of the ledger's entry. */
  readonly entry: Uint8Array;
  readonly reveal: ReceiptReveal;
  /** Text of the entry's proof, c2sp.org/tlog-proof. */
  readonly proof: string;
  readonly authorityPem: string;
  readonly platformPem: string;
  /** DER of the TimeStampToken over SHA-256 of the promise's text, and the root of the authority that made it. */
  readonly timestamp?: { readonly token: Uint8Array; readonly authorityPem: string };
}

/**
 * The receipt as one ZIP, for the bidder to keep and to show: the same parts give the same bytes. It is not
 * verified here; a receipt of parts that do not belong together is found by whoever checks it. Throws
 * `receipt.malformed` where the reveal is not that of a bid; parts that cannot be named are an invariant.
 */
export function writeReceiptFile(parts: ReceiptParts): Uint8Array {
  const { descriptor, promise, entry, reveal, proof, timestamp } = parts;
  const summary = summaryOf(reveal);
  const files = new Map<string, Uint8Array>([
    [MEMBERS.readme, utf8(receiptReadme(summary, descriptor.ledgerKey, timestamp !== undefined))],
    [MEMBERS.summary, utf8(summaryText(summary))],
    [MEMBERS.promise, utf8(promise)],
    [MEMBERS.entry, entry],
    [MEMBERS.reveal, jcsBytes({ sealed: reveal.sealed, salt: reveal.salt, event: reveal.event })],
    [MEMBERS.proof, utf8(proof)],
    [MEMBERS.ledgerKey, utf8(`${descriptor.ledgerKey}\n`)],
    [MEMBERS.descriptor, jcsBytes(descriptor)],
    [MEMBERS.authority, utf8(onePem(parts.authorityPem))],
    [MEMBERS.platform, utf8(onePem(parts.platformPem))],
    ...namedManifests(summary, parts.manifests),
  ]);
  if (timestamp) {
    files.set(MEMBERS.timestamp, timestamp.token);
    files.set(MEMBERS.timestampAuthority, utf8(onePem(timestamp.authorityPem)));
  }
  files.set(MEMBERS.sums, utf8(sumsOf(files)));
  const bytes = packStored(files);
  invariant(bytes.length <= RECEIPT_LIMITS.fileBytesMax, 'a receipt is small');
  return bytes;
}

/** A manifest is named by the event through the hash of its payload, whatever order they come in. */
function namedManifests(summary: ReceiptSummary, manifests: readonly string[]): [string, Uint8Array][] {
  const byDigest = new Map(manifests.map((jws) => [payloadDigest(jws), jws]));
  invariant(manifests.length === summary.envelopes.length, 'one manifest for each that the event names');
  return summary.envelopes.map(({ envelopeId, manifestSha256 }) => {
    const jws = byDigest.get(manifestSha256);
    invariant(jws !== undefined, `the manifest ${manifestSha256} is missing`);
    return [manifestName(envelopeId), utf8(jws)];
  });
}

const payloadDigest = (jws: string): string => toHex(sha256(fromBase64Url(jws.split('.')[1] ?? '')));
