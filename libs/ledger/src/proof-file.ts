import { fromBase64, invariant, toBase64 } from '#kernel';
import { openCheckpoint, type OpenedCheckpoint } from './checkpoint.js';
import { defaultSha256, HASH_LENGTH, leafHash, type Sha256 } from './hashing.js';
import type { NoteVerifier } from './note-key.js';
import { refusal } from './refusal.js';
import { isTreeSize } from './tree-shape.js';
import { verifyInclusion } from './verify-inclusion.js';

/** Offline proof that an entry is in a log (c2sp.org/tlog-proof, file extension `.tlog-proof`). */
export interface ProofFile {
  readonly index: number;
  /** Inclusion proof, sibling of the leaf first. */
  readonly proof: readonly Uint8Array[];
  /** Signed checkpoint, verbatim. */
  readonly checkpoint: string;
  /** Opaque and not authenticated by anything. */
  readonly extra?: Uint8Array;
}

const HEADER = 'c2sp.org/tlog-proof@v1';
const INDEX = /^index (0|[1-9]\d{0,15})$/;
const PROOF_MAX = 64;
const malformed = (message: string) => refusal('proof.malformed', message);

export function formatProofFile({ index, proof, checkpoint, extra }: ProofFile): string {
  invariant(isTreeSize(index), 'an index is a safe integer');
  const lines = [HEADER];
  if (extra) lines.push(`extra ${toBase64(extra)}`);
  lines.push(`index ${index}`, ...proof.map(toBase64), '', checkpoint);
  return lines.join('\n');
}

/** Reads the one spelling that {@link formatProofFile} writes; refuses others with `proof.malformed`. */
export function parseProofFile(text: string): ProofFile {
  const split = text.indexOf('\n\n');
  if (split < 0) throw malformed('a proof is lines, a blank line and a checkpoint');
  const [header, ...lines] = text.slice(0, split).split('\n');
  const checkpoint = text.slice(split + 2);
  if (header !== HEADER) throw malformed(`a proof begins with ${HEADER}`);
  if (checkpoint.length === 0) throw malformed('proof holds no checkpoint');

  const extra = lines[0]?.startsWith('extra ') ? decode(lines.shift()!.slice('extra '.length)) : undefined;
  const indexText = INDEX.exec(lines.shift() ?? '')?.[1];
  const index = indexText === undefined ? NaN : parseInt(indexText, 10);
  if (!isTreeSize(index)) throw malformed('the index is not a canonical decimal up to 2^53 − 1');
  if (lines.length > PROOF_MAX) throw malformed(`a path has at most ${PROOF_MAX} hashes`);
  const proof = lines.map(decode);
  if (proof.some((hash) => hash.length !== HASH_LENGTH)) throw malformed('a hash does not have 32 bytes');
  return extra === undefined ? { index, proof, checkpoint } : { index, proof, checkpoint, extra };
}

function decode(text: string): Uint8Array {
  try {
    return fromBase64(text);
  } catch {
    throw malformed('a line is not canonical base64');
  }
}

export interface ProvenInclusion {
  readonly index: number;
  readonly checkpoint: OpenedCheckpoint;
}

/**
 * Returns only if these bytes are entry `index` of the log whose checkpoint the file carries, signed as
 * {@link openCheckpoint} demands. How many witnesses must be among `checkpoint.signatures` is for the caller to
 * say. Refuses with `proof.malformed`, `proof.invalid` or a code of {@link openCheckpoint}.
 */
export function verifyProofFile(
  entry: Uint8Array,
  proofFile: string,
  verifiers: readonly NoteVerifier[],
  sha256: Sha256 = defaultSha256,
): ProvenInclusion {
  const { index, proof, checkpoint: note } = parseProofFile(proofFile);
  const checkpoint = openCheckpoint(note, verifiers);
  const { size, root } = checkpoint;
  verifyInclusion({ index, size, leafHash: leafHash(entry, sha256), proof, root }, sha256);
  return { index, checkpoint };
}
