import { bytesEqual, fromUtf8, jcsBytes } from '#kernel';
import { refuse } from '../refuse.js';
import {
  isManifestName,
  malformed,
  manifestName,
  MEMBERS,
  onePem,
  OPTIONAL_MEMBERS,
  RECEIPT_LIMITS,
} from './receipt-members.js';
import { checkSums } from './receipt-sums.js';
import { type ReceiptReveal, type ReceiptSummary, summaryOf, summaryText } from './receipt-summary.js';
import { unpackStored } from './stored-zip.js';

/** A receipt file whose form holds. Nothing that it says is proven by its form. */
export interface ReceiptFile {
  readonly summary: ReceiptSummary;
  /** In the order of `summary.envelopes`. */
  readonly manifests: readonly { readonly member: string; readonly jws: string }[];
  readonly promise: string;
  readonly entry: Uint8Array;
  readonly reveal: ReceiptReveal;
  readonly proof: string;
  /** Without its newline. */
  readonly ledgerKey: string;
  /** Canonical JSON; its shape is for `checkDescriptor` to judge. */
  readonly descriptor: unknown;
  readonly authorityPem: string;
  readonly platformPem: string;
  readonly timestamp: { readonly token: Uint8Array; readonly authorityPem: string } | null;
}

/**
 * Reads a file of `writeReceiptFile` and nothing else: its one ZIP form, exactly the files that belong in it, each
 * with its listed hash and in its one spelling, and a summary that follows from the event. Throws
 * `receipt.too-large` and `receipt.malformed`, with the name of the file inside as `member`.
 */
export function readReceiptFile(bytes: Uint8Array): ReceiptFile {
  if (bytes.length > RECEIPT_LIMITS.fileBytesMax) {
    const bytesMax = RECEIPT_LIMITS.fileBytesMax;
    refuse('receipt.too-large', `A receipt has at most ${bytesMax} bytes.`, { bytesMax, member: null });
  }
  const files = unpackStored(bytes);
  const text = (name: string): string => textOf(files, name);
  requireMembers(files);
  checkSums(files, text(MEMBERS.sums));
  const reveal = canonical(files, MEMBERS.reveal) as ReceiptReveal;
  const summary = summaryOf(reveal);
  if (text(MEMBERS.summary) !== summaryText(summary)) {
    malformed(MEMBERS.summary, 'It says something else than the event.');
  }
  const ledgerKey = text(MEMBERS.ledgerKey);
  if (!ledgerKey.endsWith('\n')) malformed(MEMBERS.ledgerKey, 'It is not one line.');
  const token = files.get(MEMBERS.timestamp);
  return {
    summary,
    manifests: manifestsOf(files, summary),
    promise: text(MEMBERS.promise),
    entry: files.get(MEMBERS.entry)!,
    reveal,
    proof: text(MEMBERS.proof),
    ledgerKey: ledgerKey.slice(0, -1),
    descriptor: canonical(files, MEMBERS.descriptor),
    authorityPem: pemOf(files, MEMBERS.authority),
    platformPem: pemOf(files, MEMBERS.platform),
    timestamp: token ? { token, authorityPem: pemOf(files, MEMBERS.timestampAuthority) } : null,
  };
}

type Files = ReadonlyMap<string, Uint8Array>;

function requireMembers(files: Files): void {
  const needed = Object.values(MEMBERS).filter((name) => !OPTIONAL_MEMBERS.includes(name));
  const missing = needed.find((name) => !files.has(name));
  if (missing) malformed(missing, 'It is missing.');
  if (files.has(MEMBERS.timestamp) !== files.has(MEMBERS.timestampAuthority)) {
    malformed(MEMBERS.timestamp, 'A time stamp and the certificate of its authority come together.');
  }
}

function textOf(files: Files, name: string): string {
  try {
    return fromUtf8(files.get(name)!);
  } catch {
    return malformed(name, 'It is not text in UTF-8.');
  }
}

function canonical(files: Files, name: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(textOf(files, name));
    if (!bytesEqual(jcsBytes(value), files.get(name)!)) throw new Error('another form');
  } catch {
    return malformed(name, 'It is not JSON in canonical form (RFC 8785).');
  }
  if (typeof value !== 'object' || value === null) malformed(name, 'It is no object.');
  return value;
}

function pemOf(files: Files, name: string): string {
  const pem = textOf(files, name);
  let form = '';
  try {
    form = onePem(pem);
  } catch {
    // Told below, as for any other text that is not this one form.
  }
  return form === pem ? pem : malformed(name, 'It is not one certificate in PEM form.');
}

function manifestsOf(files: Files, summary: ReceiptSummary): ReceiptFile['manifests'] {
  const expected = summary.envelopes.map(({ envelopeId }) => manifestName(envelopeId));
  const extra = [...files.keys()].find((name) => isManifestName(name) && !expected.includes(name));
  if (extra) malformed(extra, 'The event names no such manifest.');
  const missing = expected.find((name) => !files.has(name));
  if (missing) malformed(missing, 'It is missing.');
  return expected.map((member) => ({ member, jws: textOf(files, member) }));
}
