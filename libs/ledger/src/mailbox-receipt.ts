import { type Instant, isDomainError, isInstant } from '#kernel';
import { checkReveal, type Reveal } from './commitment.js';
import { encodeEntry } from './entry.js';
import { verifierFromKey } from './note-signer.js';
import { verifyProofFile } from './proof-file.js';
import { refusal } from './refusal.js';

export const MAILBOX_EVENT = 'mailbox.manifests-received';

/** What proves, apart from the platform, that manifests were handed in and when. */
export interface MailboxReceipt {
  readonly receivedAt: Instant;
  readonly manifestSha256: readonly string[];
  /** Salt and event that open the commitment in the log. */
  readonly reveal: Reveal;
  /** The entry's bytes, as text. */
  readonly entry: string;
  /** c2sp.org/tlog-proof with the signed checkpoint. */
  readonly proof: string;
  readonly verifierKey: string;
}

/** The part of a receipt that proves it; all else follows from it. */
export type MailboxProof = Pick<MailboxReceipt, 'reveal' | 'proof'>;

/** What the mailbox's log holds, by its own clock. */
export interface MailboxTestimony {
  readonly receivedAt: Instant;
  readonly tid: string;
  readonly seq: number;
  readonly bidderCertSha256: string;
  readonly manifestSha256: readonly string[];
  /** The commitment, which names the entry. */
  readonly sealed: string;
  readonly index: number;
  /** Entries that the signed checkpoint covers. */
  readonly size: number;
}

const SHA256_HEX = /^[0-9a-f]{64}$/;
const PROOF_CHARS_MAX = 16_384;
const MANIFESTS_MAX = 4;

const invalid = (message: string) => refusal('mailbox.receipt-invalid', message);

/**
 * Returns only if the log of this mailbox holds a commitment to these manifests and this time: reveal, entry and
 * inclusion proof lead to a checkpoint under `verifierKey`, which is known beforehand and never taken from the receipt.
 * The time is the mailbox's own word. Whatever the value is, it passes or is refused with `mailbox.receipt-invalid`.
 */
export function verifyMailboxProof(untrusted: unknown, verifierKey: string): MailboxTestimony {
  const { reveal, proof } = proofOf(untrusted);
  try {
    checkReveal(reveal);
    const entry = encodeEntry({ v: 1, sealed: reveal.sealed });
    const verifier = verifierFromKey(verifierKey);
    const { index, checkpoint } = verifyProofFile(entry, proof, [verifier]);
    return { ...testimonyOf(reveal), sealed: reveal.sealed, index, size: checkpoint.size };
  } catch (error) {
    if (!isDomainError(error) || error.code === 'mailbox.receipt-invalid') throw error;
    throw invalid(`It does not hold under the key of the mailbox: ${error.message}`);
  }
}

/** As {@link verifyMailboxProof}, for a receipt as the mailbox gives it: its other members say the same. */
export function verifyMailboxReceipt(untrusted: unknown, verifierKey: string): MailboxTestimony {
  const testimony = verifyMailboxProof(untrusted, verifierKey);
  const { receivedAt, manifestSha256, entry, verifierKey: named } = untrusted as Record<string, unknown>;
  const isSame =
    named === verifierKey &&
    receivedAt === testimony.receivedAt &&
    Array.isArray(manifestSha256) &&
    manifestSha256.join() === testimony.manifestSha256.join() &&
    entry === `{"sealed":"${testimony.sealed}","v":1}`;
  if (!isSame) throw invalid('It says something else than it proves.');
  return testimony;
}

function proofOf(untrusted: unknown): MailboxProof {
  const { reveal, proof } = objectOf(untrusted);
  const { sealed, salt, event } = objectOf(reveal);
  const isText = typeof proof === 'string' && proof.length <= PROOF_CHARS_MAX;
  if (!isText || typeof sealed !== 'string' || typeof salt !== 'string' || !SHA256_HEX.test(sealed))
    throw invalid('It is no receipt of a mailbox.');
  return { proof, reveal: { sealed, salt, event: objectOf(event) as Reveal['event'] } };
}

function objectOf(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalid('It is no receipt of a mailbox.');
  return value as Record<string, unknown>;
}

function testimonyOf({ event }: Reveal): Omit<MailboxTestimony, 'sealed' | 'index' | 'size'> {
  const { v, type, at, data } = event;
  const { tid, seq, bidderCertSha256, manifestSha256 } = objectOf(data);
  const isHash = (value: unknown): value is string => typeof value === 'string' && SHA256_HEX.test(value);
  const isSound =
    v === 1 &&
    type === MAILBOX_EVENT &&
    typeof at === 'string' &&
    isInstant(at) &&
    isHash(tid) &&
    isHash(bidderCertSha256) &&
    Number.isSafeInteger(seq) &&
    Array.isArray(manifestSha256) &&
    manifestSha256.length >= 1 &&
    manifestSha256.length <= MANIFESTS_MAX &&
    manifestSha256.every(isHash);
  if (!isSound) throw invalid('Its event is not that of manifests handed in.');
  return { receivedAt: at, tid, seq: seq as number, bidderCertSha256, manifestSha256 };
}
