import { fromBase64, fromUtf8, invariant, toBase64 } from '#kernel';
import { parseCheckpoint, parseSize, type Checkpoint } from './checkpoint.js';
import { HASH_LENGTH } from './hashing.js';
import { refusal } from './refusal.js';
import { parseNote } from './signed-note.js';
import { isTreeSize } from './tree-shape.js';

/** What a log sends to a witness: POST `<submission prefix>/add-checkpoint` of c2sp.org/tlog-witness. */
export interface AddCheckpoint {
  /** Size of the checkpoint that the witness cosigned last; 0 if it never did. */
  readonly oldSize: number;
  /** RFC 6962 consistency proof from `oldSize` to the checkpoint's size. */
  readonly proof: readonly Uint8Array[];
  /** Signed checkpoint, verbatim. */
  readonly checkpoint: string;
}

/** A request that was read. Nothing of it is to be believed before `decideAddCheckpoint`. */
export interface ReadAddCheckpoint extends AddCheckpoint {
  /** What the checkpoint claims to be; its origin says whose state to load. */
  readonly claimed: Checkpoint;
}

/** Longest body that is read; room for 63 hashes and a checkpoint with many signatures. */
export const ADD_CHECKPOINT_BYTES_MAX = 65_536;
const PROOF_MAX = 63;
const OLD = 'old ';

const malformed = (message: string) => refusal('witness.request-malformed', message);

/** Body of the request. A proof of more than 63 hashes is none of any log and a bug of the caller. */
export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): string {
  invariant(isTreeSize(oldSize) && proof.length <= PROOF_MAX, 'an old size and at most 63 hashes');
  return [`${OLD}${oldSize}`, ...proof.map(toBase64), '', checkpoint].join('\n');
}

/**
 * Reads the body. Refuses with `witness.request-malformed`, which the witness answers with 400: a body above
 * 65,536 bytes, one that is not UTF-8, any other spelling of a line, more than 63 hashes, and a checkpoint that is
 * no signed note or has extension lines, which no log of ours writes.
 */
export function parseAddCheckpoint(body: Uint8Array): ReadAddCheckpoint {
  if (body.length > ADD_CHECKPOINT_BYTES_MAX) {
    throw malformed(`a request has at most ${ADD_CHECKPOINT_BYTES_MAX} bytes`);
  }
  const text = textOf(body);
  const split = text.indexOf('\n\n');
  if (split < 0) throw malformed('a request is lines, an empty line and a checkpoint');
  const [old, ...hashes] = text.slice(0, split).split('\n');
  const oldSize = old?.startsWith(OLD) ? parseSize(old.slice(OLD.length)) : undefined;
  if (oldSize === undefined) throw malformed('the first line is "old" and a canonical decimal');
  if (hashes.length > PROOF_MAX) throw malformed(`a proof has at most ${PROOF_MAX} hashes`);
  const checkpoint = text.slice(split + 2);
  return { oldSize, proof: hashes.map(hashOf), checkpoint, claimed: claimOf(checkpoint) };
}

function textOf(body: Uint8Array): string {
  try {
    return fromUtf8(body);
  } catch {
    throw malformed('the request is not UTF-8');
  }
}

function hashOf(line: string): Uint8Array {
  let hash: Uint8Array;
  try {
    hash = fromBase64(line);
  } catch {
    throw malformed('a line of the proof is not canonical base64');
  }
  if (hash.length !== HASH_LENGTH) throw malformed('a hash does not have 32 bytes');
  return hash;
}

function claimOf(checkpoint: string): Checkpoint {
  try {
    return parseCheckpoint(parseNote(checkpoint).text);
  } catch (error) {
    throw malformed(error instanceof Error ? error.message : 'not a checkpoint');
  }
}
