import { fromBase64, invariant, isDomainError, toBase64 } from '#kernel';
import { HASH_LENGTH } from './hashing.js';
import { ED25519_TYPE, type NoteVerifier } from './note-key.js';
import { signNote, type NoteSigner } from './note-signer.js';
import { refusal } from './refusal.js';
import { verifyNote, type VerifiedSignature } from './signed-note.js';
import { isTreeSize } from './tree-shape.js';

/** What a log signs: these leaves, in this order, and no others. */
export interface Checkpoint {
  /** Identity of the log, e.g. `ledger.example.org/hangzhou`. */
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

const malformed = (message: string) => refusal('checkpoint.malformed', message);
const SIZE = /^(?:0|[1-9]\d{0,15})$/;

/** Note text of c2sp.org/tlog-checkpoint: origin, size and root, each on its line; no extension lines. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  invariant(isTreeSize(size) && root.length === HASH_LENGTH, 'a checkpoint has a size and a 32-byte root');
  invariant(/^[^\n]+$/.test(origin), 'an origin is one line');
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** A tree size in canonical decimal, up to 2^53 − 1; undefined for any other text. */
export function parseSize(text: string): number | undefined {
  const size = SIZE.test(text) ? parseInt(text, 10) : NaN;
  return isTreeSize(size) ? size : undefined;
}

/** Reads the one spelling that {@link formatCheckpoint} writes; refuses others with `checkpoint.malformed`. */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin, sizeText, rootText, last, ...rest] = text.split('\n');
  if (!origin || sizeText === undefined || rootText === undefined || last !== '' || rest.length > 0) {
    throw malformed('a checkpoint has three lines: origin, size, root');
  }
  const size = parseSize(sizeText);
  if (size === undefined) throw malformed('size is not a canonical decimal up to 2^53 − 1');
  let root: Uint8Array;
  try {
    root = fromBase64(rootText);
  } catch {
    throw malformed('root is not canonical base64');
  }
  if (root.length !== HASH_LENGTH) throw malformed('root does not have 32 bytes');
  return { origin, size, root };
}

/** Signed checkpoint, as served under `checkpoint`. The signer's name must be the origin. */
export function signCheckpoint(checkpoint: Checkpoint, signer: NoteSigner): string {
  invariant(signer.name === checkpoint.origin, 'a log signs under its origin');
  return signNote(formatCheckpoint(checkpoint), [signer]);
}

export interface OpenedCheckpoint extends Checkpoint {
  /** Note text, which cosignatures and consistency proofs speak about. */
  readonly text: string;
  /** Every line of a known key, the log's among them; `cosignedAt` gives the time of a witness's line. */
  readonly signatures: readonly VerifiedSignature[];
}

/**
 * Opens a signed checkpoint. Among the verifiers there must be one of the log itself: named as the origin,
 * Ed25519 type 0x01, and its line must be there; witnesses alone do not make a checkpoint. Refuses with
 * `note.malformed`, `checkpoint.malformed` or `checkpoint.signature-invalid`.
 */
export function openCheckpoint(note: string, verifiers: readonly NoteVerifier[]): OpenedCheckpoint {
  const { text, signatures } = verifySignatures(note, verifiers);
  const checkpoint = parseCheckpoint(text);
  const byLog = signatures.some(
    ({ verifier }) => verifier.type === ED25519_TYPE && verifier.name === checkpoint.origin,
  );
  if (!byLog) {
    const { origin } = checkpoint;
    throw refusal('checkpoint.signature-invalid', `checkpoint is not signed by ${origin}`, { origin });
  }
  return { ...checkpoint, text, signatures };
}

function verifySignatures(note: string, verifiers: readonly NoteVerifier[]) {
  try {
    return verifyNote(note, verifiers);
  } catch (error) {
    if (isDomainError(error) && error.code === 'note.signature-invalid') {
      throw refusal('checkpoint.signature-invalid', error.message, error.details);
    }
    throw error;
  }
}
