import { bytesEqual, invariant, isDomainError } from '#kernel';
import { openCheckpoint, type OpenedCheckpoint } from './checkpoint.js';
import type { Cosigner } from './cosignature.js';
import { defaultSha256, emptyRoot, type Sha256 } from './hashing.js';
import type { NoteVerifier } from './note-key.js';
import { formatSignatureLine } from './signed-note.js';
import { verifyConsistency } from './verify-consistency.js';
import { isTreeSize } from './tree-shape.js';
import type { ReadAddCheckpoint } from './witness-request.js';

/** The latest checkpoint of one origin that a witness cosigned: all that it must remember. */
export interface WitnessState {
  readonly size: number;
  readonly root: Uint8Array;
}

export interface WitnessAnswer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422;
  readonly contentType: 'text/plain; charset=utf-8' | 'text/x.tlog.size';
  readonly body: string;
}

export interface WitnessDecision {
  readonly answer: WitnessAnswer;
  /** There only with 200, and to be stored durably before the answer leaves. */
  readonly state?: WitnessState;
}

export interface WitnessQuestion {
  /** Read by `parseAddCheckpoint`; what that refuses is answered with 400. */
  readonly request: ReadAddCheckpoint;
  /** State of `request.claimed.origin`, or undefined if no checkpoint of it was ever cosigned. */
  readonly stored: WitnessState | undefined;
  /** Every log key that this witness trusts; a key's name is the origin it speaks for. */
  readonly verifiers: readonly NoteVerifier[];
  /** Keys of this witness, one or more. */
  readonly cosigners: readonly Cosigner[];
  /** Time of the cosignatures, above 0. */
  readonly unixSeconds: number;
  readonly sha256?: Sha256;
}

/** Content type of a 409 whose body is the size that the witness knows. */
export const SIZE_CONTENT_TYPE = 'text/x.tlog.size';

/**
 * What a witness answers to `add-checkpoint` (c2sp.org/tlog-witness), checks in the order of the specification:
 * 404 unknown origin; 403 no signature of a trusted key, or one that fails; 400 old size above the checkpoint's;
 * 409 with the known size where the old size is not that of `stored`; 409 another root for the same size; 422 a
 * proof that does not lead from one to the other; else 200 with a cosignature of each key.
 *
 * Between loading `stored` and storing `state` nobody else may store for this origin (one transaction with a lock,
 * or compare-and-swap on the size), otherwise a witness can be rolled back.
 */
export function decideAddCheckpoint(question: WitnessQuestion): WitnessDecision {
  const { request, stored, verifiers, cosigners, unixSeconds, sha256 = defaultSha256 } = question;
  invariant(cosigners.length > 0, 'a witness has a key');
  invariant(Number.isSafeInteger(unixSeconds) && unixSeconds > 0, 'a cosignature has a time');
  const known = stored ?? { size: 0, root: emptyRoot(sha256) };
  invariant(isTreeSize(known.size), 'a tree size is a safe integer');
  const { oldSize, proof, claimed } = request;

  const trusted = verifiers.filter(({ name }) => name === claimed.origin);
  if (trusted.length === 0) return refuse(404, 'the origin is unknown');
  const opened = openTrusted(request.checkpoint, trusted);
  if (typeof opened === 'string') return refuse(403, opened);
  const { size, root, text } = opened;
  if (oldSize > size) return refuse(400, 'the old size is above that of the checkpoint');
  if (oldSize !== known.size) {
    return { answer: { status: 409, contentType: SIZE_CONTENT_TYPE, body: `${known.size}\n` } };
  }
  if (oldSize === size && !bytesEqual(known.root, root)) {
    return refuse(409, 'another root was cosigned for this size');
  }
  try {
    verifyConsistency({ oldSize, oldRoot: known.root, size, root, proof }, sha256);
  } catch (error) {
    if (isDomainError(error)) return refuse(422, error.message);
    throw error;
  }
  const lines = cosigners.map((cosigner) => `${formatSignatureLine(cosigner.sign(text, unixSeconds))}\n`);
  return { answer: { status: 200, contentType: TEXT, body: lines.join('') }, state: { size, root } };
}

const TEXT = 'text/plain; charset=utf-8';

function refuse(status: 400 | 403 | 404 | 409 | 422, reason: string): WitnessDecision {
  return { answer: { status, contentType: TEXT, body: `${reason}\n` } };
}

/** The checkpoint, or why no trusted key stands for it. */
function openTrusted(note: string, trusted: readonly NoteVerifier[]): OpenedCheckpoint | string {
  try {
    return openCheckpoint(note, trusted);
  } catch (error) {
    if (isDomainError(error) && error.code === 'checkpoint.signature-invalid') return error.message;
    throw error;
  }
}
